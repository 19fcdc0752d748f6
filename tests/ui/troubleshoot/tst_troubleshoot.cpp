// Troubleshoot as a person uses it: a pasted error chooses the guide, steps fill in, the finding says what to do, and
// all of it is reached by keyboard, named, and follows the language.

#include "app/base/visible.h"
#include "tests/support/faketransport.h"
#include "tests/support/ui_main.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/navigator.h"
#include "ui/troubleshoot/findingcard.h"
#include "ui/troubleshoot/guidechooser.h"
#include "ui/troubleshoot/stepview.h"
#include "ui/troubleshoot/troubleshootpage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace {

class Elsewhere final : public ui::Navigator {
public:
    ui::Page* open(const ui::View& view) override
    {
        openedView = view;
        return nullptr;
    }
    ui::Page* open(const kube::ObjectRef& object) override
    {
        opened = object;
        return nullptr;
    }
    QString currentCluster() const override { return {}; }
    void say(const QString& sentence) override { said = sentence; }
    QString said;
    kube::ObjectRef opened;
    ui::View openedView;
};

} // namespace

class TestTroubleshoot : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aPastedErrorChoosesItsGuide();
    void stepsFillInAndEndInAFinding();
    void theEvidenceIsFoldedAndPlain();
    void theLanguageIsFollowed();
    void aReportIsSaved();
    void aPendingPodLeadsIntoTheTaintEditor();
    void everyControlHasANameAndIsReached();

private:
    template <typename T> T* child(const char* name) { return m_page->findChild<T*>(QLatin1String(name)); }
    void runToTheEnd();

    std::unique_ptr<ui::LanguageManager> m_language;
    Elsewhere m_elsewhere;
    std::unique_ptr<ui::TroubleshootPage> m_page;
};

void TestTroubleshoot::init()
{
    m_language = std::make_unique<ui::LanguageManager>(QLocale(QLocale::English));
    m_language->setLanguage(ui::Language::English);
    ui::View view;
    view.page = QStringLiteral("troubleshoot");
    m_page = std::make_unique<ui::TroubleshootPage>(
        view,
        [] {
            diagnose::Subject subject{.files = {QStringLiteral("/no/such/<b>file</b>")}};
            subject.kubeconfig = config::loadKubeconfig(subject.files, true);
            return subject;
        },
        &m_elsewhere);
    m_page->resize(1000, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get(), 20'000));
}

void TestTroubleshoot::cleanup()
{
    m_page.reset();
    m_language.reset();
}

void TestTroubleshoot::runToTheEnd()
{
    child<QPushButton>("troubleshoot.start")->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_page->diagnosis() && m_page->diagnosis()->isFinished(), 20'000);
}

void TestTroubleshoot::aPastedErrorChoosesItsGuide()
{
    auto* text = child<QPlainTextEdit>("troubleshoot.text");
    auto* hint = child<QLabel>("troubleshoot.hint");
    QVERIFY(!hint->isVisible());
    text->setPlainText(
        QStringLiteral("Unable to connect to the server: x509: certificate signed by unknown authority"));
    QVERIFY(hint->isVisible() && !hint->text().isEmpty());
    auto* guides = child<QListWidget>("troubleshoot.guides");
    QVERIFY(guides->currentItem()->text().startsWith(diagnose::findGuide(QStringLiteral("endpoints"))->title.text()));
    text->setPlainText(QStringLiteral("Lorem ipsum"));
    QVERIFY2(guides->count() > 0, "all guides are there when none knows the text");
}

void TestTroubleshoot::stepsFillInAndEndInAFinding()
{
    QVERIFY(!child<QPushButton>("troubleshoot.save")->isEnabled());
    runToTheEnd();
    QVERIFY(child<QPushButton>("troubleshoot.save")->isEnabled());
    QVERIFY(child<QLabel>("troubleshoot.step.file.detail")->text().contains(QLatin1String("/no/such/<b>file</b>")));
    QVERIFY(!child<QLabel>("troubleshoot.step.context.result")->text().isEmpty());
    auto* card = child<ui::FindingCard>("troubleshoot.finding.0");
    QVERIFY(card);
    QCOMPARE(card->finding().id, QStringLiteral("fileMissing"));
    child<QPushButton>("troubleshoot.finding.0.copy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), card->finding().fix.command);
    QVERIFY(!m_elsewhere.said.isEmpty());
    QVERIFY(!child<QPushButton>("troubleshoot.finding.0.goTo")->isVisible());
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(m_page->diagnosis()->isFinished(), 20'000);
    QCOMPARE(m_page->diagnosis()->report().findings.size(), 1UL);
}

void TestTroubleshoot::theEvidenceIsFoldedAndPlain()
{
    runToTheEnd();
    auto* words = child<QPlainTextEdit>("troubleshoot.finding.0.words");
    QVERIFY(!words->isVisible());
    child<QToolButton>("troubleshoot.finding.0.evidence")->click();
    QVERIFY(words->isVisible());
    for (const auto* label : m_page->findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestTroubleshoot::theLanguageIsFollowed()
{
    runToTheEnd();
    const QString cause = child<QLabel>("troubleshoot.finding.0.cause")->text();
    const QString step = child<QLabel>("troubleshoot.step.context.title")->text();
    m_language->setLanguage(ui::Language::Chinese);
    QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("troubleshoot.finding.0.cause")->text() != cause, 20'000);
    QVERIFY(child<QLabel>("troubleshoot.step.context.title")->text() != step);
    QVERIFY(child<QPushButton>("troubleshoot.start")->text() != QLatin1String("Find out why"));
    m_language->setLanguage(ui::Language::English);
    QTRY_COMPARE_WITH_TIMEOUT(child<QLabel>("troubleshoot.finding.0.cause")->text(), cause, 20'000);
}

void TestTroubleshoot::aReportIsSaved()
{
    QTemporaryDir folder;
    QVERIFY(!m_page->saveReport(folder.filePath(QStringLiteral("early.html"))));
    runToTheEnd();
    for (const auto& [name, begins] : {std::pair("report.html", "<!DOCTYPE html>"), std::pair("report.md", "# ")}) {
        const QString path = folder.filePath(QLatin1String(name));
        QVERIFY(m_page->saveReport(path));
        QFile file(path);
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(content.startsWith(begins), content.left(100).constData());
        QVERIFY(path.endsWith(QLatin1String(".md")) || !content.contains("<b>file"));
    }
    QVERIFY(!m_page->saveReport(QStringLiteral("/no/such/folder/report.html")));
}

void TestTroubleshoot::aPendingPodLeadsIntoTheTaintEditor()
{
    support::FakeTransport transport([](const transport::Request& request) {
        if (request.path == "/api/v1/namespaces/shop/pods/web")
            return support::reply(200,
                                  R"({"metadata":{"name":"web","namespace":"shop"},"status":{"phase":"Pending"}})");
        if (request.path == "/api/v1/nodes")
            return support::reply(200, R"({"items":[{"metadata":{"name":"m1"},"spec":{"taints":
                [{"key":"node-role.kubernetes.io/master","effect":"NoSchedule"}]}}]})");
        return support::reply(200, R"({"items":[]})");
    });
    const kube::Client client(&transport);
    ui::View view;
    view.page = QStringLiteral("troubleshoot");
    view.cluster = QStringLiteral("here");
    view.more[QStringLiteral("guide")] = QStringLiteral("pod-pending");
    view.more[QStringLiteral("about")] = QStringLiteral("shop/web");
    m_page = std::make_unique<ui::TroubleshootPage>(
        view, [&client] { return diagnose::Subject{.client = [&client] { return &client; }}; }, &m_elsewhere);
    m_page->show();
    QVERIFY2(m_page->diagnosis(), "it runs at once");
    QTRY_VERIFY_WITH_TIMEOUT(m_page->diagnosis()->isFinished(), 20'000);
    QCOMPARE(child<QLineEdit>("troubleshoot.arguments")->text(), QStringLiteral("shop/web"));
    QVERIFY2(m_page->view().more.isEmpty(), "who comes back does not run it again");
    QPushButton* fix = nullptr;
    for (const auto* card : m_page->findChildren<ui::FindingCard*>())
        if (card->finding().id == QLatin1String("taint-not-tolerated"))
            fix = card->findChild<QPushButton*>(card->objectName() + QStringLiteral(".do"));
    QVERIFY(fix && fix->isVisible() && fix->focusPolicy() != Qt::NoFocus && !fix->accessibleName().isEmpty());
    fix->click();
    QCOMPARE(m_elsewhere.openedView.page, QStringLiteral("taints"));
    QCOMPARE(m_elsewhere.openedView.cluster, QStringLiteral("here"));
    QCOMPARE(m_elsewhere.openedView.more.value(QStringLiteral("nodes")), QStringLiteral("m1"));
    QCOMPARE(m_elsewhere.openedView.more.value(QStringLiteral("remove")),
             QStringLiteral("node-role.kubernetes.io/master:NoSchedule-"));
    m_page.reset(); // before the client goes
}

void TestTroubleshoot::everyControlHasANameAndIsReached()
{
    runToTheEnd();
    for (QWidget* widget : m_page->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || qobject_cast<QLabel*>(widget) ||
            widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 qPrintable(widget->objectName()));
    }
    // From the text by Tab to the button that starts.
    m_page->focusContent();
    QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::focusObject(), child<QPlainTextEdit>("troubleshoot.text"), 20'000);
    for (int i = 0; i < 6 && QGuiApplication::focusObject() != child<QPushButton>("troubleshoot.start"); ++i)
        QTest::keyClick(m_page->window()->focusWidget(), Qt::Key_Tab);
    QCOMPARE(QGuiApplication::focusObject(), child<QPushButton>("troubleshoot.start"));
}

ALIDADE_UI_TEST_MAIN(TestTroubleshoot)
#include "tst_troubleshoot.moc"
