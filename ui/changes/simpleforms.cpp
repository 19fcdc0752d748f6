#include "ui/changes/simpleforms.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/messages/changes.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>

namespace ui {
namespace {

constexpr int MostReplicas = 1'000'000;

} // namespace

ActForm::ActForm(Act act, QWidget* parent)
    : ChangeForm(parent),
      m_act(act),
      m_when(QDateTime::currentDateTimeUtc()),
      m_words(new PlainLabel)
{
    m_words->setObjectName(QStringLiteral("change.words"));
    m_words->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_words);
}

change::IntentPtr ActForm::intentFor(const change::Target& target) const
{
    switch (m_act) {
    case Act::Cordon:
    case Act::Uncordon:
        return change::cordon(target.name, m_act == Act::Cordon);
    case Act::Restart:
        return change::restart(target, m_when);
    case Act::Suspend:
    case Act::Resume:
        return change::suspend(target, m_act == Act::Suspend);
    }
    return nullptr;
}

QString ActForm::actText(const std::vector<change::Doomed>& objects) const
{
    const int count = static_cast<int>(objects.size());
    switch (m_act) {
    case Act::Cordon:
        return tr("Cordon %n nodes", nullptr, count);
    case Act::Uncordon:
        return tr("Uncordon %n nodes", nullptr, count);
    case Act::Restart:
        return tr("Restart %n workloads", nullptr, count);
    case Act::Suspend:
        return tr("Suspend %n objects", nullptr, count);
    case Act::Resume:
        return tr("Resume %n objects", nullptr, count);
    }
    return {};
}

QString ActForm::name() const
{
    switch (m_act) {
    case Act::Cordon:
        return tr("Cordon");
    case Act::Uncordon:
        return tr("Uncordon");
    case Act::Restart:
        return tr("Restart");
    case Act::Suspend:
        return tr("Suspend");
    case Act::Resume:
        return tr("Resume");
    }
    return {};
}

QString ActForm::sentence() const
{
    switch (m_act) {
    case Act::Cordon:
        return tr("No new pods are placed on the node. Those that run there stay.");
    case Act::Uncordon:
        return tr("New pods may be placed on the node again.");
    case Act::Restart:
        return tr("All pods are replaced, with the same template.");
    case Act::Suspend:
        return tr("It starts nothing more until it is resumed.");
    case Act::Resume:
        return tr("It goes on from now.");
    }
    return {};
}

void ActForm::retranslate()
{
    m_words->setText(sentence());
}

ScaleForm::ScaleForm(QWidget* parent)
    : ChangeForm(parent),
      m_label(new PlainLabel),
      m_replicas(new QSpinBox),
      m_now(new PlainLabel)
{
    m_replicas->setObjectName(QStringLiteral("change.replicas"));
    m_replicas->setRange(0, MostReplicas);
    m_replicas->setMinimumWidth(96);
    m_label->setBuddy(m_replicas);
    m_now->setObjectName(QStringLiteral("change.replicasNow"));
    m_now->setColorId(ColorId::Muted);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(grid::Gap);
    row->addWidget(m_label);
    row->addWidget(m_replicas);
    row->addWidget(m_now, 1);
    setFocusProxy(m_replicas);
    connect(m_replicas, &QSpinBox::valueChanged, this, &ChangeForm::edited);
}

void ScaleForm::setLive(const kube::Json& live)
{
    m_is = change::replicasOf(live);
    m_replicas->setValue(static_cast<int>(std::clamp<qint64>(m_is.value_or(1), 0, MostReplicas)));
    m_replicas->selectAll();
    retranslate();
}

change::IntentPtr ScaleForm::intentFor(const change::Target& target) const
{
    return change::scale(target, m_replicas->value());
}

QString ScaleForm::actText(const std::vector<change::Doomed>& objects) const
{
    if (objects.size() == 1)
        return tr("Scale to %1").arg(m_replicas->value());
    return tr("Scale %n workloads to %1", nullptr, static_cast<int>(objects.size())).arg(m_replicas->value());
}

QString ScaleForm::name() const
{
    return tr("Scale");
}

bool ScaleForm::isDangerous() const
{
    return m_replicas->value() < m_is.value_or(0);
}

void ScaleForm::retranslate()
{
    m_label->setText(tr("Number of pods:"));
    m_replicas->setAccessibleName(tr("Number of pods"));
    m_now->setText(m_is ? tr("%1 now").arg(*m_is) : QString());
}

void ScaleForm::changeEvent(QEvent* event)
{
    ChangeForm::changeEvent(event);
    if (event->type() == QEvent::EnabledChange)
        m_now->setVisible(isEnabled()); // once it is written it is so no more
}

ImageForm::ImageForm(kube::ApiResource resource, QWidget* parent)
    : ChangeForm(parent),
      m_resource(std::move(resource)),
      m_containerLabel(new PlainLabel),
      m_container(new QComboBox),
      m_imageLabel(new PlainLabel),
      m_image(new QLineEdit)
{
    m_container->setObjectName(QStringLiteral("change.container"));
    m_image->setObjectName(QStringLiteral("change.image"));
    m_image->setFont(fixedFont(font()));
    auto* rows = new QFormLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(grid::Gap);
    rows->addRow(m_containerLabel, m_container);
    rows->addRow(m_imageLabel, m_image);
    setFocusProxy(m_image);
    connect(m_container, &QComboBox::currentIndexChanged, this, [this] {
        if (const auto* container = chosen())
            m_image->setText(base::visible(container->image));
        Q_EMIT edited();
    });
    connect(m_image, &QLineEdit::textChanged, this, &ChangeForm::edited);
}

void ImageForm::setLive(const kube::Json& live)
{
    m_images = change::imagesOf(m_resource, live);
    fill();
    if (const auto* container = chosen())
        m_image->setText(base::visible(container->image));
    m_image->selectAll();
}

void ImageForm::fill()
{
    const int at = std::max(0, m_container->currentIndex());
    const QSignalBlocker quiet(m_container);
    m_container->clear();
    for (const change::ContainerImage& image : m_images)
        m_container->addItem(image.isInit ? tr("%1 (init container)").arg(base::visible(image.name))
                                          : base::visible(image.name));
    m_container->setCurrentIndex(m_images.empty() ? -1 : std::min<int>(at, m_container->count() - 1));
}

const change::ContainerImage* ImageForm::chosen() const
{
    const int at = m_container->currentIndex();
    return at >= 0 && at < static_cast<int>(m_images.size()) ? &m_images[static_cast<std::size_t>(at)] : nullptr;
}

QString ImageForm::problem() const
{
    return chosen() ? messages::imageSentence(change::imageProblem(m_image->text())) : QString();
}

change::IntentPtr ImageForm::intentFor(const change::Target& target) const
{
    const auto* container = chosen();
    return container ? change::setImage(target, container->name, container->isInit, m_image->text()) : nullptr;
}

QString ImageForm::actText(const std::vector<change::Doomed>&) const
{
    const auto* container = chosen();
    return container ? tr("Update image of %1").arg(base::visible(container->name)) : name();
}

QString ImageForm::name() const
{
    return tr("Update image");
}

void ImageForm::retranslate()
{
    m_containerLabel->setText(tr("Container:"));
    m_container->setAccessibleName(tr("Container"));
    m_imageLabel->setText(tr("Image:"));
    m_image->setAccessibleName(tr("Image"));
    fill();
}

} // namespace ui
