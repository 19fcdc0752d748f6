#include "ui/signin/signinbar.h"

#include "app/base/visible.h"
#include "app/config/consents.h"
#include "app/messages/errors.h"
#include "app/store/clusters.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr qsizetype MostShown = 2000; // of a command line: more fills the window, and the end of it says least

QString shown(const QString& text)
{
    const QString visible = base::visible(text);
    return visible.size() > MostShown ? visible.left(MostShown) + QStringLiteral("…") : visible;
}

/// The command with its arguments, each in quotation marks where a space in it could mislead.
QString commandLine(const config::PluginCall& call)
{
    QStringList words;
    for (const auto& [name, value] : call.environment)
        words += name + QLatin1Char('=') + value;
    words += call.program;
    words += call.arguments;
    for (QString& word : words)
        if (word.isEmpty() || word.contains(QLatin1Char(' ')))
            word = QLatin1Char('"') + word + QLatin1Char('"');
    return shown(words.join(QLatin1Char(' ')));
}

} // namespace

SignInBar::SignInBar(config::PluginConsents* consents, store::Clusters* clusters)
    : m_consents(consents),
      m_clusters(clusters),
      m_text(new PlainLabel),
      m_details(new PlainLabel(PlainLabel::Selectable::Yes))
{
    setObjectName(QStringLiteral("signIn"));
    m_text->setObjectName(QStringLiteral("signIn.text"));
    m_text->setWordWrap(true);
    m_details->setObjectName(QStringLiteral("signIn.details"));
    m_details->setWordWrap(true);
    m_details->setFont(fixedFont(font()));
    m_once = addButton("signIn.once", Choice::Once);
    m_always = addButton("signIn.always", Choice::Always);
    m_no = addButton("signIn.no", Choice::No);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    for (QPushButton* button : {m_no, m_once, m_always})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(2 * grid::Gap + grid::Icon, grid::Gap, grid::Gap, grid::Gap);
    rows->setSpacing(grid::Unit);
    rows->addWidget(m_text);
    rows->addWidget(m_details);
    rows->addLayout(buttons);
    connect(m_consents, &config::PluginConsents::questionsChanged, this, &SignInBar::refresh);
    connect(m_clusters, &store::Clusters::loaded, this, &SignInBar::watchClusters);
    connect(m_clusters, &store::Clusters::updated, this, &SignInBar::watchClusters);
    connect(m_clusters, &store::Clusters::removed, this, &SignInBar::refresh);
    watchClusters();
}

QPushButton* SignInBar::addButton(const char* name, Choice choice)
{
    auto* button = new QPushButton;
    button->setObjectName(QLatin1String(name));
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this, choice] { choose(choice); });
    return button;
}

void SignInBar::watchClusters()
{
    for (int i = 0; i < m_clusters->size(); ++i)
        connect(m_clusters->at(i), &store::Cluster::stateChanged, this, &SignInBar::refresh, Qt::UniqueConnection);
    refresh();
}

void SignInBar::choose(Choice choice)
{
    if (m_cluster) {
        store::Cluster* cluster = m_cluster;
        if (choice == Choice::No)
            m_refused += m_cluster;
        m_cluster = nullptr;
        if (choice != Choice::No)
            cluster->allowInsecureToken();
        refresh();
        return;
    }
    if (m_consents->questions().empty())
        return;
    using Answer = config::PluginConsents::Answer;
    const config::PluginCall call = m_consents->questions().front();
    const auto kept =
        m_consents->answer(call, choice == Choice::No ? Answer::Refused : Answer::Allowed, choice == Choice::Always);
    if (!kept)
        emit failed(messages::sentence(kept.error()));
}

void SignInBar::refresh()
{
    m_cluster = nullptr;
    for (int i = 0; i < m_clusters->size() && m_consents->questions().empty(); ++i) {
        store::Cluster* cluster = m_clusters->at(i);
        const bool asks =
            cluster->error().kind == base::ErrorKind::Tls && cluster->error().reason == QLatin1String("insecureToken");
        if (asks && !m_refused.contains(cluster)) {
            m_cluster = cluster;
            break;
        }
    }
    setVisible(m_cluster || !m_consents->questions().empty());
    m_always->setVisible(!m_cluster);
    if (m_cluster) {
        m_text->setText(tr("The token of “%1” would go to %2, and nobody checks who answers there: whoever does could "
                           "act with it.")
                            .arg(base::visible(m_cluster->context().name), m_cluster->address()));
        m_details->clear();
        m_once->setText(tr("Send the token"));
        m_no->setText(tr("Do not send it"));
    } else if (!m_consents->questions().empty()) {
        const config::PluginCall& call = m_consents->questions().front();
        m_text->setText(tr("To sign in, the kubeconfig %1 wants this program to be run with your rights:")
                            .arg(base::visible(call.file)));
        m_details->setText(commandLine(call));
        m_once->setText(tr("Run once"));
        m_always->setText(tr("Always run this"));
        m_no->setText(tr("Do not run"));
    }
    m_details->setVisible(!m_cluster);
    setAccessibleName(tr("Before signing in"));
    setAccessibleDescription(m_text->text());
    for (QPushButton* button : {m_once, m_always, m_no})
        button->setAccessibleName(button->text());
}

void SignInBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

void SignInBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(ColorId::WarningArea, palette()));
    painter.fillRect(0, height() - 1, width(), 1, color(ColorId::Hairline, palette()));
    themeIcon(Icon::Lock, ColorId::Warning).paint(&painter, grid::Gap, grid::Gap, grid::Icon, grid::Icon);
}

} // namespace ui
