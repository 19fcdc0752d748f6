#include "ui/volumes/hostpathfields.h"

#include "app/messages/hostpath.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QComboBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui {
namespace {

Sign signUnderField(const change::Hazard& hazard)
{
    // What is not filled in yet is asked for, not complained about.
    if (hazard.id.endsWith(QLatin1String("Missing")) && hazard.detail.isEmpty())
        return Sign::None;
    return signOf(hazard.severity);
}

} // namespace

HostPathFields::HostPathFields(HostPathForm::Mode mode, QWidget* parent)
    : QStackedWidget(parent),
      m_hasTemplate(mode == HostPathForm::Mode::New),
      m_object(new PlainLabel),
      m_name(new QLineEdit),
      m_namespace(new QComboBox),
      m_image(new QLineEdit),
      m_container(new QComboBox),
      m_path(new QLineEdit),
      m_type(new QComboBox),
      m_volume(new QLineEdit),
      m_mount(new QLineEdit),
      m_subPath(new QLineEdit),
      m_readOnly(new QRadioButton),
      m_readWrite(new QRadioButton),
      m_console(new PlainLabel)
{
    using enum HostPathField;
    setObjectName(QStringLiteral("hostpath.pages"));
    m_form.mode = mode;
    std::array<QVBoxLayout*, 3> pages{};
    for (std::size_t i = 0; i < pages.size(); ++i) {
        auto* page = new QWidget;
        page->setObjectName(QStringLiteral("hostpath.page.%1").arg(i));
        pages[i] = new QVBoxLayout(page);
        pages[i]->setContentsMargins(0, 0, 0, 0);
        pages[i]->setSpacing(grid::Unit);
        addWidget(page);
    }
    m_object->setObjectName(QStringLiteral("hostpath.object"));
    m_object->setWordWrap(true);
    m_console->setObjectName(QStringLiteral("hostpath.console"));
    m_console->setWordWrap(true);
    m_console->setColorId(ColorId::Muted);
    m_namespace->setEditable(true);
    m_type->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (QWidget* each : std::initializer_list<QWidget*>{m_name, m_namespace, m_image, m_container, m_path, m_volume,
                                                         m_mount, m_subPath})
        each->setFont(fixedFont(font()));
    pages[0]->addWidget(m_object);
    pages[0]->addSpacing(grid::Gap);
    add(pages[0], Name, "name", m_name);
    add(pages[0], Namespace, "namespace", m_namespace);
    add(pages[0], Image, "image", m_image);
    add(pages[0], Container, "container", m_container);
    add(pages[1], Path, "path", m_path);
    add(pages[1], Type, "type", m_type);
    add(pages[2], Volume, "volume", m_volume);
    add(pages[2], Mount, "mount", m_mount);
    add(pages[2], SubPath, "subPath", m_subPath);
    auto* access = new QWidget;
    auto* choices = new QVBoxLayout(access);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(grid::Unit);
    m_readOnly->setObjectName(QStringLiteral("hostpath.readOnly"));
    m_readWrite->setObjectName(QStringLiteral("hostpath.readWrite"));
    m_readOnly->setChecked(true);
    for (QWidget* each : std::initializer_list<QWidget*>{m_readOnly, m_readWrite, m_console})
        choices->addWidget(each);
    add(pages[2], Access, "access", access);
    for (QVBoxLayout* page : pages)
        page->addStretch(1);

    const bool isNew = mode == HostPathForm::Mode::New;
    const auto offer = [this](HostPathField which, bool offered) {
        row(which).label->setVisible(offered);
        row(which).field->setVisible(offered);
    };
    offer(Name, mode != HostPathForm::Mode::Mount);
    offer(Namespace, isNew);
    offer(Image, isNew);
    offer(Container, !isNew);
    for (const QString& type : change::hostPathTypes())
        m_type->addItem({}, type);

    for (QLineEdit* each : {m_name, m_image, m_path, m_mount, m_subPath})
        connect(each, &QLineEdit::textChanged, this, &HostPathFields::take);
    connect(m_volume, &QLineEdit::textEdited, this, [this] { m_ownVolume = true; });
    connect(m_volume, &QLineEdit::textChanged, this, &HostPathFields::take);
    connect(m_namespace, &QComboBox::currentTextChanged, this, &HostPathFields::take);
    connect(m_container, &QComboBox::currentIndexChanged, this, &HostPathFields::take);
    connect(m_type, &QComboBox::currentIndexChanged, this, &HostPathFields::take);
    connect(m_readOnly, &QRadioButton::toggled, this, &HostPathFields::take);
    retranslate();
}

void HostPathFields::add(QVBoxLayout* page, HostPathField which, const char* name, QWidget* field)
{
    field->setObjectName(QStringLiteral("hostpath.") + QLatin1String(name));
    auto* label = new PlainLabel;
    label->setBuddy(field);
    auto* lines = new SignLines(field->objectName() + QStringLiteral(".hazards"));
    row(which) = {label, field, lines};
    page->addWidget(label);
    page->addWidget(field);
    page->addWidget(lines);
    page->addSpacing(grid::Gap);
}

void HostPathFields::setTemplate(const kube::Json& podTemplate)
{
    m_template = podTemplate;
    m_hasTemplate = true;
    const QStringList containers = change::containersOf(podTemplate);
    {
        const QSignalBlocker quiet(m_container);
        m_container->clear();
        m_container->addItems(containers);
    }
    take();
}

void HostPathFields::setName(const QString& name)
{
    m_name->setText(name);
}

void HostPathFields::setNamespaces(const QStringList& names, const QString& chosen)
{
    const QString typed = m_namespace->currentText();
    {
        const QSignalBlocker quiet(m_namespace);
        m_namespace->clear();
        m_namespace->addItems(names);
        m_namespace->setCurrentText(typed.isEmpty() ? chosen : typed);
    }
    take();
}

void HostPathFields::take()
{
    if (m_taking)
        return;
    m_taking = true;
    change::HostPathDraft& draft = m_form.draft;
    draft.path = m_path->text().trimmed();
    draft.type = m_type->currentData().toString();
    if (!m_ownVolume)
        m_volume->setText(draft.path.isEmpty() ? QString() : change::suggestedVolume(draft.path, m_template));
    draft.volume = m_volume->text().trimmed();
    draft.container = m_container->currentText();
    draft.mountPath = m_mount->text().trimmed();
    draft.subPath = m_subPath->text().trimmed();
    draft.readOnly = m_readOnly->isChecked();
    m_form.name = m_name->text().trimmed();
    m_form.nameSpace = m_namespace->currentText().trimmed();
    m_form.image = m_image->text().trimmed();
    if (m_form.mode == HostPathForm::Mode::New)
        draft.container = m_form.name;
    m_taking = false;
    judge();
    Q_EMIT changed();
}

void HostPathFields::judge()
{
    m_hazards = change::hazardsOf(m_form.draft, m_template);
    std::array<std::vector<SignLine>, Fields> lines;
    for (const change::Hazard& hazard : m_hazards)
        if (const HostPathField field = fieldOf(hazard); field != HostPathField::None)
            lines[static_cast<std::size_t>(field)].push_back({signUnderField(hazard), messages::sentence(hazard)});
    for (const HostPathField field : {HostPathField::Name, HostPathField::Namespace, HostPathField::Image}) {
        const QString typed = field == HostPathField::Name        ? m_form.name
                              : field == HostPathField::Namespace ? m_form.nameSpace
                                                                  : m_form.image;
        if (const QString problem = problemOf(m_form, field); !problem.isEmpty())
            lines[static_cast<std::size_t>(field)].push_back({typed.isEmpty() ? Sign::None : Sign::Error, problem});
    }
    if (!m_hasTemplate)
        lines[static_cast<std::size_t>(HostPathField::Container)].clear();
    for (std::size_t i = 0; i < Fields; ++i) {
        m_rows[i].lines->setLines(lines[i]);
        m_rows[i].field->setAccessibleDescription(m_rows[i].lines->text());
    }
}

bool HostPathFields::isComplete(int page) const
{
    if (!m_hasTemplate)
        return false;
    for (const change::Hazard& hazard : m_hazards)
        if (hazard.severity == base::Severity::Error && pageOf(fieldOf(hazard)) == page)
            return false;
    for (const HostPathField field : {HostPathField::Name, HostPathField::Namespace, HostPathField::Image})
        if (pageOf(field) == page && !problemOf(m_form, field).isEmpty())
            return false;
    return true;
}

QString HostPathFields::titleOf(int page) const
{
    switch (page) {
    case 0:
        return m_form.mode == HostPathForm::Mode::New ? tr("The Deployment") : tr("The workload and its container");
    case 1:
        return tr("The path on the node");
    case 2:
        return tr("The place in the container");
    default:
        return tr("What will happen");
    }
}

void HostPathFields::focusFirst()
{
    if (currentIndex() == 1)
        m_path->setFocus();
    else if (currentIndex() == 2)
        m_mount->setFocus();
    else if (m_form.mode == HostPathForm::Mode::Mount)
        m_container->setFocus();
    else
        m_name->setFocus();
}

void HostPathFields::retranslate()
{
    using enum HostPathField;
    const std::pair<HostPathField, QString> labels[] = {
        {Name, tr("Name")},           {Namespace, tr("Namespace")}, {Image, tr("Image")},
        {Container, tr("Container")}, {Path, tr("Host path")},      {Type, tr("Check type")},
        {Volume, tr("Volume name")},  {Mount, tr("Mount point")},   {SubPath, tr("Sub path (may stay empty)")},
        {Access, tr("Access")},
    };
    for (const auto& [field, text] : labels) {
        row(field).label->setText(text);
        row(field).field->setAccessibleName(text);
    }
    m_object->setText(
        m_form.mode == HostPathForm::Mode::New
            ? tr("A Deployment of one replica is made, as the console's form makes it.")
        : m_form.mode == HostPathForm::Mode::Copy
            ? tr("%1 is there already, and its volumes cannot be changed any more. A copy of it gets the volume.")
                  .arg(m_objectWords)
            : tr("%1 gets one volume and one mount; all others stay as they are.").arg(m_objectWords));
    m_path->setPlaceholderText(QStringLiteral("/data/shared"));
    m_mount->setPlaceholderText(QStringLiteral("/data"));
    m_image->setPlaceholderText(QStringLiteral("nginx:1.25"));
    m_readOnly->setText(tr("Read-&only"));
    m_readWrite->setText(tr("Read-&write"));
    m_readOnly->setAccessibleName(tr("Read-only"));
    m_readWrite->setAccessibleName(tr("Read-write"));
    m_console->setText(tr("The console's form starts with read-write. Here it is read-only until you choose."));
    for (int i = 0; i < m_type->count(); ++i)
        m_type->setItemText(i, messages::hostPathTypeHint(m_type->itemData(i).toString()));
    judge();
}

} // namespace ui
