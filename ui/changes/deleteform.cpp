#include "ui/changes/deleteform.h"

#include "app/base/visible.h"
#include "app/messages/deletions.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QComboBox>
#include <QGridLayout>

namespace ui {

DeleteForm::DeleteForm(bool makesAgain, QWidget* parent)
    : ChangeForm(parent),
      m_makesAgain(makesAgain),
      m_label(new PlainLabel),
      m_how(new QComboBox),
      m_words(new PlainLabel)
{
    m_how->setObjectName(QStringLiteral("change.propagation"));
    m_label->setBuddy(m_how);
    m_words->setObjectName(QStringLiteral("change.words"));
    m_words->setWordWrap(true);
    m_words->setColorId(ColorId::Muted);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(grid::Gap);
    grid->addWidget(m_label, 0, 0);
    grid->addWidget(m_how, 0, 1);
    grid->addWidget(m_words, 1, 0, 1, 3);
    grid->setColumnStretch(2, 1);
    setFocusProxy(m_how);
    for (int i = 0; i < 3; ++i)
        m_how->addItem(QString());
    connect(m_how, &QComboBox::currentIndexChanged, this, [this] {
        retranslate();
        Q_EMIT edited();
    });
}

change::Propagation DeleteForm::propagation() const
{
    return static_cast<change::Propagation>(std::max(0, m_how->currentIndex()));
}

QString DeleteForm::actText(const std::vector<change::Doomed>& objects) const
{
    if (m_makesAgain)
        return tr("Delete %1 and create it again", "the name of an object")
            .arg(base::visible(objects.front().target.name));
    if (objects.size() == 1)
        return tr("Delete %1", "the name of an object").arg(base::visible(objects.front().target.name));
    return tr("Delete %1 %2", "how many, of what kind in the plural: 3 pods")
        .arg(objects.size())
        .arg(objects.front().target.resource.resource);
}

QString DeleteForm::name() const
{
    return m_makesAgain ? tr("Delete and create again") : tr("Delete");
}

void DeleteForm::retranslate()
{
    m_label->setText(tr("What it owns:"));
    m_how->setAccessibleName(tr("What becomes of what it owns"));
    for (int i = 0; i < 3; ++i)
        m_how->setItemText(i, messages::propagationName(static_cast<change::Propagation>(i)));
    m_words->setText(messages::propagationSentence(propagation()));
}

} // namespace ui
