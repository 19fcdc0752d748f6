#include "ui/connections/credentialdialog.h"

#include "app/config/kubeconfigtext.h"
#include "app/messages/connections.h"
#include "app/messages/errors.h"
#include "ui/connections/connections.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSaveFile>
#include <QTimer>
#include <QToolButton>

namespace ui {
namespace {

template <typename T> T* named(T* widget, const QString& name)
{
    widget->setObjectName(QStringLiteral("credential.") + name);
    return widget;
}

QToolButton* tool(const QString& name, Icon icon)
{
    auto* button = named(new QToolButton, name);
    button->setIcon(themeIcon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void setWords(QAbstractButton* button, const QString& text, const QString& name)
{
    button->setText(text);
    button->setAccessibleName(name);
}

/// The length of a token is none of a looker-on's business.
const QString Mask = QString(24, QChar(0x2022));

QString withType(const config::KnownAddress& address)
{
    const QString url = address.url.toDisplayString();
    return address.type == config::AddressType::Manual ? url
                                                       : QStringLiteral("%1 (%2)").arg(url, config::idOf(address.type));
}

} // namespace

CredentialDialog::CredentialDialog(Connections* connections, const config::Context& context,
                                   std::vector<config::KnownAddress> addresses, QWidget* parent)
    : QDialog(parent),
      m_connections(connections),
      m_context(context),
      m_addresses(std::move(addresses)),
      m_remask(new QTimer(this))
{
    setObjectName(QStringLiteral("credentialDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    if (m_addresses.empty())
        m_addresses = context.addresses;
    if (m_addresses.empty())
        m_addresses.push_back({config::AddressType::Manual, context.cluster.server});
    m_remask->setObjectName(QStringLiteral("credential.remask"));
    m_remask->setSingleShot(true);
    m_remask->setInterval(10'000);
    connect(m_remask, &QTimer::timeout, this, [this] { reveal(false); });
    build();
    retranslate();
    reveal(false);
}

void CredentialDialog::build()
{
    m_insecure = named(new PlainLabel, QStringLiteral("insecure"));
    m_insecure->setColorId(ColorId::Error);
    m_insecure->setWordWrap(true);
    m_insecure->setVisible(m_context.cluster.insecureSkipTlsVerify ||
                           m_context.cluster.server.scheme() == QLatin1String("http"));
    m_said = named(new PlainLabel(PlainLabel::Selectable::Yes), QStringLiteral("said"));
    m_said->setWordWrap(true);
    m_close = named(new QPushButton, QStringLiteral("close"));
    m_close->setDefault(true);
    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);

    auto* foot = new QHBoxLayout;
    foot->addWidget(m_said, 1);
    foot->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addWidget(m_insecure);
    column->addWidget(addressRows());
    column->addWidget(tokenRow());
    column->addWidget(caRows(), 1);
    column->addWidget(kubeconfigRow());
    column->addLayout(foot);
    resize(680, 560);
}

QWidget* CredentialDialog::addressRows()
{
    auto* part = new QWidget;
    auto* grid = new QGridLayout(part);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(grid::Unit);
    grid->setColumnStretch(0, 1);
    m_addressTitle = named(new PlainLabel, QStringLiteral("addressTitle"));
    grid->addWidget(m_addressTitle, 0, 0, 1, 2);
    for (std::size_t i = 0; i < m_addresses.size(); ++i) {
        const int row = static_cast<int>(i) + 1;
        auto* text = named(new PlainLabel(PlainLabel::Selectable::Yes), QStringLiteral("address%1").arg(i));
        text->setFont(fixedFont(font()));
        text->setText(withType(m_addresses[i]));
        auto* copy = tool(QStringLiteral("copyAddress%1").arg(i), Icon::Copy);
        connect(copy, &QToolButton::clicked, this, [this, url = m_addresses[i].url.toString()] {
            QGuiApplication::clipboard()->setText(url);
            say(tr("%1 is in the clipboard.").arg(url));
        });
        m_copyAddress << copy;
        grid->addWidget(text, row, 0);
        grid->addWidget(copy, row, 1);
    }
    return part;
}

QWidget* CredentialDialog::tokenRow()
{
    auto* part = new QWidget;
    auto* grid = new QGridLayout(part);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(grid::Unit);
    grid->setColumnStretch(0, 1);
    m_tokenTitle = named(new PlainLabel, QStringLiteral("tokenTitle"));
    m_token = named(new QLineEdit, QStringLiteral("token"));
    m_token->setReadOnly(true);
    m_token->setFont(fixedFont(font()));
    m_tokenNote = named(new PlainLabel, QStringLiteral("tokenNote"));
    m_tokenNote->setWordWrap(true);
    m_tokenNote->setColorId(ColorId::Muted);
    m_reveal = tool(QStringLiteral("reveal"), Icon::Details);
    m_reveal->setCheckable(true);
    m_copyToken = tool(QStringLiteral("copyToken"), Icon::Copy);
    grid->addWidget(m_tokenTitle, 0, 0, 1, 3);
    grid->addWidget(m_token, 1, 0);
    grid->addWidget(m_reveal, 1, 1);
    grid->addWidget(m_copyToken, 1, 2);
    grid->addWidget(m_tokenNote, 2, 0, 1, 3);
    const config::AuthKind kind = m_context.user.authKind();
    const bool hasToken = kind == config::AuthKind::Token || kind == config::AuthKind::TokenFile;
    for (QWidget* each :
         {static_cast<QWidget*>(m_token), static_cast<QWidget*>(m_reveal), static_cast<QWidget*>(m_copyToken)})
        each->setVisible(hasToken);
    connect(m_reveal, &QToolButton::clicked, this, &CredentialDialog::reveal);
    connect(m_copyToken, &QToolButton::clicked, this, [this] {
        withUser([this](const config::UserEntry& user) {
            m_connections->clipboard()->copy(user.token);
            say(tr("The token is in the clipboard for ten seconds."));
        });
    });
    return part;
}

QWidget* CredentialDialog::caRows()
{
    auto* part = new QWidget;
    auto* grid = new QGridLayout(part);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(grid::Unit);
    grid->setColumnStretch(0, 1);
    m_caTitle = named(new PlainLabel, QStringLiteral("caTitle"));
    m_ca = named(new QPlainTextEdit, QStringLiteral("ca"));
    m_ca->setReadOnly(true);
    m_ca->setTabChangesFocus(true);
    m_ca->setFont(fixedFont(font()));
    m_ca->setPlainText(QString::fromUtf8(m_context.cluster.certificateAuthority));
    m_copyCa = tool(QStringLiteral("copyCa"), Icon::Copy);
    m_saveCa = tool(QStringLiteral("saveCa"), Icon::Csv);
    grid->addWidget(m_caTitle, 0, 0);
    grid->addWidget(m_copyCa, 0, 1);
    grid->addWidget(m_saveCa, 0, 2);
    grid->addWidget(m_ca, 1, 0, 1, 3);
    const bool hasCa = !m_context.cluster.certificateAuthority.isEmpty();
    for (QWidget* each :
         {static_cast<QWidget*>(m_ca), static_cast<QWidget*>(m_copyCa), static_cast<QWidget*>(m_saveCa)})
        each->setVisible(hasCa);
    connect(m_copyCa, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_ca->toPlainText());
        say(tr("The CA certificate is in the clipboard."));
    });
    connect(m_saveCa, &QToolButton::clicked, this, [this] {
        saveAs(m_context.clusterName + QStringLiteral("-ca.crt"), m_context.cluster.certificateAuthority);
    });
    return part;
}

QWidget* CredentialDialog::kubeconfigRow()
{
    auto* part = new QWidget;
    auto* grid = new QGridLayout(part);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(grid::Unit);
    grid->setColumnStretch(0, 1);
    m_kubeconfigTitle = named(new PlainLabel, QStringLiteral("kubeconfigTitle"));
    m_address = named(new QComboBox, QStringLiteral("address"));
    int chosen = 0;
    for (const config::KnownAddress& address : m_addresses) {
        // As the console does: the first Advertise, else the first.
        if (address.type == config::AddressType::Advertise && chosen == 0)
            chosen = m_address->count();
        m_address->addItem(withType(address));
    }
    m_address->setCurrentIndex(chosen);
    m_copyKubeconfig = tool(QStringLiteral("copyKubeconfig"), Icon::Copy);
    m_saveKubeconfig = tool(QStringLiteral("saveKubeconfig"), Icon::Csv);
    grid->addWidget(m_kubeconfigTitle, 0, 0, 1, 3);
    grid->addWidget(m_address, 1, 0);
    grid->addWidget(m_copyKubeconfig, 1, 1);
    grid->addWidget(m_saveKubeconfig, 1, 2);
    connect(m_copyKubeconfig, &QToolButton::clicked, this, [this] {
        withUser([this](const config::UserEntry& user) {
            m_connections->clipboard()->copy(
                QString::fromUtf8(config::kubeconfigText(m_context, user, chosenAddress())));
            say(tr("The kubeconfig, credentials and all, is in the clipboard for ten seconds."));
        });
    });
    connect(m_saveKubeconfig, &QToolButton::clicked, this, [this] {
        withUser([this](const config::UserEntry& user) {
            saveAs(m_context.clusterName + QStringLiteral(".kubeconfig"),
                   config::kubeconfigText(m_context, user, chosenAddress()));
        });
    });
    return part;
}

QUrl CredentialDialog::chosenAddress() const
{
    return m_addresses[static_cast<std::size_t>(m_address->currentIndex())].url;
}

void CredentialDialog::withUser(std::function<void(const config::UserEntry&)> then)
{
    say({});
    m_connections->userOf(m_context).future.then(
        [self = QPointer(this), this, then = std::move(then)](const base::Result<config::UserEntry>& answer) {
            if (!self)
                return;
            if (!answer) {
                say(messages::sentenceWithAdvice(answer.error()), true);
                m_reveal->setChecked(false);
                return;
            }
            config::UserEntry user = *answer;
            // The file wins over the token, as it does when the server is asked.
            if (QFile file(user.tokenFile); !user.tokenFile.isEmpty() && file.open(QFile::ReadOnly))
                user.token = QString::fromUtf8(file.read(1 << 20)).trimmed();
            then(user);
        });
}

void CredentialDialog::reveal(bool shown)
{
    m_remask->stop();
    m_reveal->setChecked(shown);
    if (!shown) {
        m_token->setText(Mask);
        retranslate();
        return;
    }
    withUser([this](const config::UserEntry& user) {
        if (!m_reveal->isChecked())
            return;
        m_token->setText(user.token);
        m_token->setCursorPosition(0);
        m_remask->start();
        retranslate();
    });
}

void CredentialDialog::say(const QString& sentence, bool isError)
{
    m_said->setColorId(isError ? std::optional(ColorId::Error) : std::nullopt);
    m_said->setText(sentence);
}

void CredentialDialog::saveAs(const QString& name, const QByteArray& text)
{
    QString file = name;
    file.replace(QLatin1Char('/'), QLatin1Char('-'));
    auto* dialog = new QFileDialog(this, tr("Save"), QString(), QString());
    dialog->setObjectName(QStringLiteral("credential.saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(file);
    connect(dialog, &QFileDialog::fileSelected, this, [this, text](const QString& path) {
        QSaveFile out(path);
        if (out.open(QIODevice::WriteOnly) && out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
            out.write(text) == text.size() && out.commit())
            say(tr("Saved as %1, for its owner alone.").arg(path));
        else
            say(tr("The file %1 cannot be written: %2").arg(path, out.errorString()), true);
    });
    dialog->open();
}

void CredentialDialog::retranslate()
{
    setWindowTitle(tr("Cluster credential: %1").arg(m_context.name));
    m_insecure->setText(messages::verificationSentence(m_context.cluster));
    m_addressTitle->setText(tr("API server addresses"));
    for (qsizetype i = 0; i < m_copyAddress.size(); ++i)
        setWords(m_copyAddress[i], tr("Copy"),
                 tr("Copy %1").arg(m_addresses[static_cast<std::size_t>(i)].url.toDisplayString()));
    m_tokenTitle->setText(tr("Token"));
    m_token->setAccessibleName(tr("Token"));
    setWords(m_reveal, m_reveal->isChecked() ? tr("Hide") : tr("Show"),
             m_reveal->isChecked() ? tr("Hide the token") : tr("Show the token"));
    setWords(m_copyToken, tr("Copy"), tr("Copy the token"));
    const config::AuthKind kind = m_context.user.authKind();
    if (!m_context.user.secretId.isEmpty() && kind == config::AuthKind::Token)
        m_tokenNote->setText(tr("It lies in the system's keychain."));
    else if (kind == config::AuthKind::Token || kind == config::AuthKind::TokenFile)
        m_tokenNote->setText(
            tr("It stands in %1.").arg(m_context.user.tokenFile.isEmpty() ? m_context.file : m_context.user.tokenFile));
    else
        m_tokenNote->setText(tr("This context has no token. It signs in otherwise: %1.").arg(messages::authName(kind)));
    m_caTitle->setText(
        m_context.cluster.certificateAuthority.isEmpty()
            ? tr("Cluster CA certificate: none. %1").arg(messages::verificationSentence(m_context.cluster))
            : tr("Cluster CA certificate"));
    m_ca->setAccessibleName(tr("Cluster CA certificate"));
    setWords(m_copyCa, tr("Copy"), tr("Copy the CA certificate"));
    setWords(m_saveCa, tr("Save…"), tr("Save the CA certificate"));
    m_kubeconfigTitle->setText(tr("Kubeconfig for this address"));
    m_address->setAccessibleName(tr("Address of the kubeconfig"));
    m_address->view()->setAccessibleName(tr("Addresses"));
    m_address->view()->setObjectName(QStringLiteral("credential.addresses"));
    setWords(m_copyKubeconfig, tr("Copy"), tr("Copy the kubeconfig"));
    setWords(m_saveKubeconfig, tr("Save…"), tr("Save the kubeconfig"));
    setWords(m_close, tr("Close"), tr("Close"));
}

void CredentialDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace ui
