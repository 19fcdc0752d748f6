#include "ui/connections/clusterdialog.h"

#include "app/messages/connections.h"
#include "app/messages/errors.h"
#include "app/messages/pasted.h"
#include "app/store/clusters.h"
#include "ui/connections/addresslines.h"
#include "ui/connections/connections.h"
#include "ui/connections/connectiontest.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/signs.h"
#include "ui/widgets/plainlabel.h"

#include <QCheckBox>
#include <QEvent>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <algorithm>

namespace ui {
namespace {

template <typename T> T* named(T* widget, const char* name)
{
    widget->setObjectName(QLatin1String("cluster.") + QLatin1String(name));
    return widget;
}

QPlainTextEdit* textField(const char* name, int lines)
{
    auto* edit = named(new QPlainTextEdit, name);
    edit->setTabChangesFocus(true);
    edit->setFont(fixedFont(edit->font()));
    edit->setMinimumHeight(edit->fontMetrics().lineSpacing() * lines + 4 * grid::Unit);
    return edit;
}

} // namespace

ClusterDialog::ClusterDialog(Connections* connections, const std::optional<config::Profile>& edited, QWidget* parent)
    : QDialog(parent),
      m_connections(connections),
      m_edited(edited),
      m_id(edited ? edited->id : config::Profile::newId()),
      m_test(new ConnectionTest(connections->clusters()->journal(), this))
{
    setObjectName(QStringLiteral("clusterDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    if (m_edited) {
        m_name->setText(m_edited->name);
        m_addresses->setPlainText(linesOf(m_edited->addresses));
        m_ca->setPlainText(QString::fromUtf8(m_edited->certificateAuthority));
        m_nameSpace->setText(m_edited->nameSpace);
        m_serverName->setText(m_edited->tlsServerName);
        m_insecure->setChecked(m_edited->insecureSkipTlsVerify);
        m_production->setChecked(m_edited->marks.production);
        m_readOnly->setChecked(m_edited->marks.isReadOnly());
        m_certificate = m_edited->clientCertificate;
    }
    for (auto* field : {m_name, m_token, m_nameSpace, m_serverName})
        connect(field, &QLineEdit::textChanged, this, &ClusterDialog::validate);
    for (auto* field : {m_addresses, m_ca})
        connect(field, &QPlainTextEdit::textChanged, this, &ClusterDialog::validate);
    connect(m_insecure, &QCheckBox::toggled, this, &ClusterDialog::validate);
    connect(m_production, &QCheckBox::toggled, m_readOnly, &QCheckBox::setChecked);
    connect(m_paste, &QPlainTextEdit::textChanged, this, &ClusterDialog::takePasted);
    connect(m_testButton, &QPushButton::clicked, this, &ClusterDialog::test);
    connect(m_save, &QPushButton::clicked, this, &ClusterDialog::save);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_test, &ConnectionTest::answered, this, [this](const QString& version, int ms) {
        setBusy(false);
        m_result->setText(tr("It answered: Kubernetes %1, in %2 ms.").arg(version).arg(ms));
    });
    connect(m_test, &ConnectionTest::failed, this, &ClusterDialog::showError);
    retranslate();
    validate();
    (m_edited ? static_cast<QWidget*>(m_name) : m_paste)->setFocus();
}

ClusterDialog::~ClusterDialog() = default;

void ClusterDialog::build()
{
    m_wrong = named(new PlainLabel, "wrong");
    m_wrong->setWordWrap(true);
    m_wrong->setColorId(ColorId::Muted);
    m_result = named(new PlainLabel(PlainLabel::Selectable::Yes), "result");
    m_result->setWordWrap(true);
    m_testButton = named(new QPushButton, "test");
    m_testButton->setAutoDefault(false);
    m_save = named(new QPushButton, "save");
    m_save->setDefault(true);
    m_cancel = named(new QPushButton, "cancel");
    m_cancel->setAutoDefault(false);

    auto* sides = new QHBoxLayout;
    sides->setSpacing(24);
    sides->addWidget(pasteSide(), 2);
    sides->addWidget(fieldSide(), 3);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    buttons->addWidget(m_testButton);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Margin);
    column->addLayout(sides, 1);
    column->addWidget(m_wrong);
    column->addWidget(m_result);
    column->addLayout(buttons);
    resize(920, 600);
}

QWidget* ClusterDialog::pasteSide()
{
    auto* side = new QWidget;
    m_heading = named(new PlainLabel, "heading");
    m_heading->setWordWrap(true);
    m_paste = textField("paste", 6);
    m_findings = new QVBoxLayout;
    m_findings->setSpacing(grid::Unit);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Gap);
    column->addWidget(m_heading);
    column->addWidget(m_paste, 1);
    column->addLayout(m_findings);
    return side;
}

QWidget* ClusterDialog::fieldSide()
{
    auto* side = new QWidget;
    m_name = named(new QLineEdit, "name");
    m_addresses = textField("addresses", 3);
    m_token = named(new QLineEdit, "token");
    m_token->setEchoMode(QLineEdit::Password);
    m_certificateWords = named(new PlainLabel, "certificateWords");
    m_certificateWords->setColorId(ColorId::Muted);
    m_certificateWords->setWordWrap(true);
    m_ca = textField("ca", 4);
    m_nameSpace = named(new QLineEdit, "namespace");
    m_serverName = named(new QLineEdit, "serverName");
    m_insecure = named(new QCheckBox, "insecure");
    m_insecureWords = named(new PlainLabel, "insecureWords");
    m_insecureWords->setColorId(ColorId::Error);
    m_insecureWords->setWordWrap(true);
    m_production = named(new QCheckBox, "production");
    m_readOnly = named(new QCheckBox, "readOnly");

    auto* form = new QFormLayout(side);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(grid::Gap);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    const auto add = [this, form](QWidget* field) {
        auto* label = new PlainLabel;
        label->setObjectName(field->objectName() + QStringLiteral(".label"));
        label->setBuddy(field);
        form->addRow(label, field);
        m_fields.append({label, field});
    };
    add(m_name);
    add(m_addresses);
    add(m_token);
    form->addRow(nullptr, m_certificateWords);
    add(m_ca);
    form->addRow(nullptr, m_insecure);
    form->addRow(nullptr, m_insecureWords);
    add(m_serverName);
    add(m_nameSpace);
    form->addRow(nullptr, m_production);
    form->addRow(nullptr, m_readOnly);
    return side;
}

void ClusterDialog::takePasted()
{
    m_pasted = config::parsePasted(m_paste->toPlainText());
    showFindings();
    // What a person has typed stays where the text has nothing to say.
    if (!m_pasted.addresses.empty())
        m_addresses->setPlainText(linesOf(m_pasted.addresses));
    if (!m_pasted.token.isEmpty())
        m_token->setText(m_pasted.token);
    if (!m_pasted.certificateAuthority.isEmpty())
        m_ca->setPlainText(QString::fromUtf8(m_pasted.certificateAuthority));
    if (m_name->text().isEmpty())
        m_name->setText(m_pasted.name);
    if (!m_pasted.clientCertificate.isEmpty()) {
        m_certificate = m_pasted.clientCertificate;
        m_key = QString::fromUtf8(m_pasted.clientKey);
    }
    if (m_pasted.isKubeconfig) {
        m_serverName->setText(m_pasted.tlsServerName);
        m_nameSpace->setText(m_pasted.nameSpace);
        m_insecure->setChecked(m_pasted.insecureSkipTlsVerify);
    }
    validate();
}

void ClusterDialog::showFindings()
{
    while (QLayoutItem* item = m_findings->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (m_paste->document()->isEmpty())
        return;
    for (const messages::PasteFinding& finding : messages::findingsOf(m_pasted)) {
        auto* line = new QWidget;
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(grid::Gap);
        auto* sign = new PlainLabel;
        const QIcon drawing = finding.isFound ? themeIcon(Icon::Check) : signIcon(Sign::Warning);
        sign->setPixmap(drawing.pixmap(QSize(grid::Icon, grid::Icon), devicePixelRatioF()));
        auto* words = new PlainLabel(PlainLabel::Selectable::Yes);
        words->setObjectName(QStringLiteral("cluster.finding.") + finding.id);
        words->setWordWrap(true);
        words->setText(finding.sentence);
        if (!finding.isFound)
            words->setColorId(ColorId::Warning);
        row->addWidget(sign, 0, Qt::AlignTop);
        row->addWidget(words, 1);
        m_findings->addWidget(line);
    }
}

std::optional<QString> ClusterDialog::secret() const
{
    if (!m_token->text().trimmed().isEmpty())
        return m_token->text().trimmed();
    if (!m_key.isEmpty())
        return m_key;
    return {};
}

config::Profile ClusterDialog::collect(QString* wrong) const
{
    const auto say = [wrong](const QString& sentence) {
        if (wrong->isEmpty())
            *wrong = sentence;
    };
    config::Profile profile;
    profile.id = m_id;
    profile.name = m_name->text().trimmed();
    if (profile.name.isEmpty())
        say(tr("Give the cluster a name."));
    for (const config::Context& context : m_connections->contexts())
        if (context.name == profile.name && context.profile != m_id)
            say(tr("There is a context “%1” already.").arg(profile.name));
    const AddressLines addresses = addressesOf(m_addresses->toPlainText());
    profile.addresses = addresses.addresses;
    if (!addresses.wrong.isEmpty())
        say(tr("“%1” is not an address with its type, such as 10.0.222.46:6443 Real.").arg(addresses.wrong));
    if (profile.addresses.empty())
        say(tr("Give the address of an API server."));
    profile.insecureSkipTlsVerify = m_insecure->isChecked();
    if (!m_ca->toPlainText().trimmed().isEmpty() && !profile.insecureSkipTlsVerify) {
        profile.certificateAuthority = config::certificatesFrom(m_ca->toPlainText());
        if (profile.certificateAuthority.isEmpty())
            say(tr("The CA is no certificate: it begins with -----BEGIN CERTIFICATE-----, or is that in base64."));
    }
    profile.tlsServerName = m_serverName->text().trimmed();
    profile.nameSpace = m_nameSpace->text().trimmed();
    const QString token = m_token->text().trimmed();
    if (std::any_of(token.begin(), token.end(), [](QChar c) { return c.unicode() <= 0x20 || c.unicode() >= 0x7f; }))
        say(tr("The token holds characters that no token has."));
    if (!token.isEmpty()) {
        profile.signIn = config::SignIn::Token;
    } else if (!m_certificate.isEmpty()) {
        profile.signIn = config::SignIn::Certificate;
        profile.clientCertificate = m_certificate;
    } else if (m_edited) {
        profile.signIn = m_edited->signIn;
    }
    profile.marks.production = m_production->isChecked();
    if (m_readOnly->isChecked() != m_production->isChecked())
        profile.marks.readOnly = m_readOnly->isChecked();
    return profile;
}

void ClusterDialog::validate()
{
    QString wrong;
    const config::Profile profile = collect(&wrong);
    if (wrong.isEmpty() && profile.signIn == config::SignIn::None)
        m_wrong->setText(tr("Without a token the server is asked as nobody."));
    else
        m_wrong->setText(wrong);
    m_insecureWords->setVisible(m_insecure->isChecked());
    m_certificateWords->setVisible(profile.signIn == config::SignIn::Certificate);
    m_save->setEnabled(wrong.isEmpty() && !m_busy);
    m_testButton->setEnabled(wrong.isEmpty() && !m_busy);
}

void ClusterDialog::setBusy(bool busy)
{
    m_busy = busy;
    validate();
}

void ClusterDialog::showError(const base::Error& error)
{
    setBusy(false);
    m_result->setColorId(ColorId::Error);
    m_result->setText(messages::sentenceWithAdvice(error));
}

void ClusterDialog::test()
{
    QString wrong;
    const config::Profile profile = collect(&wrong);
    config::Context context = config::contextOf(profile, {});
    setBusy(true);
    m_result->setColorId({});
    m_result->setText(tr("Asking %1…").arg(context.cluster.server.toDisplayString()));
    if (const auto given = secret()) {
        if (!context.user.secretId.isEmpty())
            context.user = config::withSecret(context.user, *given);
        m_test->start(context);
        return;
    }
    m_connections->userOf(context).future.then(
        [self = QPointer(this), this, context](const base::Result<config::UserEntry>& user) {
            if (!self)
                return;
            if (!user) {
                showError(user.error());
                return;
            }
            config::Context as = context;
            as.user = *user;
            m_test->start(as);
        });
}

void ClusterDialog::save()
{
    QString wrong;
    const config::Profile profile = collect(&wrong);
    if (!wrong.isEmpty())
        return;
    setBusy(true);
    QPointer<ClusterDialog> self(this);
    m_connections->saveProfile(profile, secret(), [self, name = profile.name](const base::Result<void>& kept) {
        if (!self)
            return;
        if (!kept) {
            self->showError(kept.error());
            return;
        }
        Q_EMIT self->saved(name);
        self->accept();
    });
}

void ClusterDialog::retranslate()
{
    setWindowTitle(m_edited ? tr("Edit cluster %1").arg(m_edited->name) : tr("Add a cluster"));
    m_heading->setText(
        tr("Paste everything that the TKEStack console shows as 集群凭证 (cluster credential), or a whole "
           "kubeconfig. What is found goes into the fields."));
    const QStringList labels{tr("&Name"),           tr("&Addresses"),       tr("&Token"),
                             tr("&CA certificate"), tr("TLS ser&ver name"), tr("Name&space")};
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        m_fields[i].first->setText(labels[i]);
        m_fields[i].second->setAccessibleName(QString(labels[i]).remove(QLatin1Char('&')));
    }
    m_paste->setAccessibleName(tr("Text to take over"));
    m_paste->setPlaceholderText(QStringLiteral("10.0.222.46:6443 (Real)\n10.0.222.31:6443 (Advertise)\nToken …\n"
                                               "-----BEGIN CERTIFICATE-----"));
    m_addresses->setPlaceholderText(tr("One a line, the first is asked: 10.0.222.46:6443 Real"));
    m_token->setPlaceholderText(m_edited && m_edited->signIn == config::SignIn::Token
                                    ? tr("Kept in the keychain; type to replace it")
                                    : QString());
    m_ca->setPlaceholderText(QStringLiteral("-----BEGIN CERTIFICATE-----"));
    m_serverName->setPlaceholderText(tr("Only if the certificate is made out to another name"));
    m_nameSpace->setPlaceholderText(QStringLiteral("default"));
    m_certificateWords->setText(
        tr("Signs in with the client certificate of the pasted kubeconfig; its key goes into the "
           "keychain."));
    m_insecure->setText(tr("Do not verify the server (insecure-skip-tls-verify)"));
    m_insecureWords->setText(
        tr("insecure-skip-tls-verify: anyone on the way can pose as the server. No token is sent to "
           "it."));
    m_production->setText(tr("Production"));
    m_readOnly->setText(tr("Read-only: Alidade changes nothing in it"));
    m_testButton->setText(tr("Test"));
    m_save->setText(m_edited ? tr("Save changes") : tr("Add cluster"));
    m_cancel->setText(tr("Cancel"));
    for (QAbstractButton* button :
         {static_cast<QAbstractButton*>(m_insecure), static_cast<QAbstractButton*>(m_production),
          static_cast<QAbstractButton*>(m_readOnly), static_cast<QAbstractButton*>(m_testButton),
          static_cast<QAbstractButton*>(m_save), static_cast<QAbstractButton*>(m_cancel)})
        button->setAccessibleName(button->text());
}

void ClusterDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showFindings();
        validate();
    }
    QDialog::changeEvent(event);
}

} // namespace ui
