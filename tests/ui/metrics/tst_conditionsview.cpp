// The four conditions as cards: what each source says, and that not knowing never looks like "nothing fires".

#include "tests/support/metricsurvey.h"
#include "tests/support/ui_main.h"
#include "ui/metrics/conditionsview.h"
#include "ui/shell/languagemanager.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using metrics::RuleState;
using metrics::RuleVerdict;

namespace {

metrics::Firing firing(const QString& name, double value = 1)
{
    return {.subject = {QStringLiteral("Pod"), QStringLiteral("shop"), name, QStringLiteral("app")}, .value = value};
}

metrics::RuleReport reportOf(const RuleVerdict& prometheus, const RuleVerdict& page, const RuleVerdict& objects)
{
    metrics::RuleReport report;
    for (std::size_t i = 0; i < report.rules.size(); ++i)
        report.rules[i] = {metrics::allRules()[i].id, prometheus, page, objects};
    return report;
}

} // namespace

class TestConditionsView : public QObject {
    Q_OBJECT

private slots:
    void init() { m_view = std::make_unique<ui::ConditionsView>(); }
    void cleanup() { m_view.reset(); }
    void beforeItAskedItSaysSo();
    void whatFiresIsListedBesideItsSource();
    void notKnowingIsNeverNothingFires_data();
    void notKnowingIsNeverNothingFires();
    void everyStateHasAWordOfItsOwn();
    void aRowLeadsToItsObject();
    void expressionsAreCopied();
    void anExpressionThatIsRightStandsOnce();
    void whileItAsksAgainWhatWasSaidStays();
    void aNameFromTheClusterIsShownLetterByLetter();
    void everyControlHasANameInBothLanguages();

private:
    template <typename T> T* find(const char* name) { return m_view->findChild<T*>(QLatin1String(name)); }
    QString text(const char* name) { return find<QLabel>(name)->text(); }
    void show(const RuleVerdict& prometheus, const RuleVerdict& page = {}, const RuleVerdict& objects = {})
    {
        m_view->show(reportOf(prometheus, page, objects), support::surveyOf());
        m_view->resize(1100, 800);
        m_view->show();
    }

    std::unique_ptr<ui::ConditionsView> m_view;
};

void TestConditionsView::beforeItAskedItSaysSo()
{
    QVERIFY(text("metrics.conditions.status").contains(QLatin1String("not been asked")));
    QCOMPARE(text("metrics.rule.job-failed.prometheus.state"), QStringLiteral("not asked yet"));
    QVERIFY(text("metrics.rule.job-failed.prometheus.count").isEmpty());
}

void TestConditionsView::whatFiresIsListedBesideItsSource()
{
    show({.state = RuleState::Ok, .firing = {firing(QStringLiteral("web"), 3), firing(QStringLiteral("api"), 1)}},
         {.state = RuleState::Ok}, {.state = RuleState::Ok, .firing = {firing(QStringLiteral("web"), 2)}});
    QCOMPARE(text("metrics.rule.pod-restarts.kubeStateMetrics.count"), QStringLiteral("Nothing fires"));
    QVERIFY(text("metrics.rule.pod-restarts.prometheus.count").contains(QLatin1Char('2')));
    const auto* rows = find<QTableView>("metrics.rule.pod-restarts.prometheus.rows")->model();
    QCOMPARE(rows->rowCount(), 2);
    QCOMPARE(rows->index(0, 0).data().toString(), QStringLiteral("shop/web · app"));
    QCOMPARE(rows->index(0, 1).data().toString(), QStringLiteral("3"));
    QVERIFY(!find<QTableView>("metrics.rule.pod-restarts.kubeStateMetrics.rows")->isVisible());
}

void TestConditionsView::notKnowingIsNeverNothingFires_data()
{
    QTest::addColumn<RuleState>("state");
    QTest::newRow("absent") << RuleState::Absent;
    QTest::newRow("failing") << RuleState::Failing;
    QTest::newRow("forbidden") << RuleState::Forbidden;
    QTest::newRow("old") << RuleState::Old;
    QTest::newRow("learning") << RuleState::Learning;
}

void TestConditionsView::notKnowingIsNeverNothingFires()
{
    QFETCH(RuleState, state);
    show({.state = RuleState::Ok});
    const QString nothing = text("metrics.rule.pod-failed.prometheus.count");
    const QImage calm = find<QWidget>("metrics.rule.pod-failed.prometheus")->grab().toImage();
    show({.state = state});
    QVERIFY(text("metrics.rule.pod-failed.prometheus.count") != nothing);
    QVERIFY(find<QWidget>("metrics.rule.pod-failed.prometheus")->grab().toImage() != calm);
}

void TestConditionsView::everyStateHasAWordOfItsOwn()
{
    QSet<QString> words;
    for (const RuleState state : {RuleState::Ok, RuleState::Absent, RuleState::Failing, RuleState::Forbidden,
                                  RuleState::Old, RuleState::Learning}) {
        show({.state = state});
        words += text("metrics.rule.pod-failed.prometheus.state");
    }
    QCOMPARE(words.size(), 6);
}

void TestConditionsView::aRowLeadsToItsObject()
{
    show({.state = RuleState::Ok, .firing = {firing(QStringLiteral("web"))}});
    QSignalSpy opened(m_view.get(), &ui::ConditionsView::objectActivated);
    auto* table = find<QTableView>("metrics.rule.pod-restarts.prometheus.rows");
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.front().front().value<metrics::Subject>().name, QStringLiteral("web"));
    Q_EMIT table->doubleClicked(table->model()->index(0, 0));
    QCOMPARE(opened.size(), 2);
}

void TestConditionsView::expressionsAreCopied()
{
    find<QToolButton>("metrics.rule.pod-restarts.faq.copy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), metrics::allRules()[3].faqExpression);
    find<QToolButton>("metrics.rule.pod-restarts.better.copy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), metrics::allRules()[3].expression);
}

void TestConditionsView::anExpressionThatIsRightStandsOnce()
{
    QVERIFY(find<QWidget>("metrics.rule.node-not-ready.better")->isHidden());
    QVERIFY(!find<QWidget>("metrics.rule.job-failed.better")->isHidden());
}

void TestConditionsView::whileItAsksAgainWhatWasSaidStays()
{
    show({.state = RuleState::Ok, .firing = {firing(QStringLiteral("web"))}});
    m_view->setReading(true);
    QVERIFY(text("metrics.conditions.status").contains(QLatin1String("again")));
    QVERIFY(text("metrics.rule.pod-failed.prometheus.count").contains(QLatin1Char('1')));
}

void TestConditionsView::aNameFromTheClusterIsShownLetterByLetter()
{
    show({.state = RuleState::Ok, .firing = {firing(QStringLiteral("<b>a\u202eb"))}});
    const auto* rows = find<QTableView>("metrics.rule.pod-failed.prometheus.rows")->model();
    const QString name = rows->index(0, 0).data().toString();
    QVERIFY(name.contains(QLatin1String("<b>a")));
    QVERIFY(!name.contains(QChar(0x202e)));
}

void TestConditionsView::everyControlHasANameInBothLanguages()
{
    ui::LanguageManager language(QLocale(QLocale::English));
    show({.state = RuleState::Ok, .firing = {firing(QStringLiteral("web"))}});
    for (const ui::Language each : {ui::Language::English, ui::Language::Chinese}) {
        language.setLanguage(each);
        QCoreApplication::processEvents();
        for (QWidget* widget : m_view->findChildren<QWidget*>()) {
            if (!widget->isVisible() || !(widget->inherits("QToolButton") || widget->inherits("QTableView")))
                continue;
            QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(!spoken->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
            QVERIFY(!widget->objectName().isEmpty());
        }
        static const QRegularExpression han(QStringLiteral("\\p{Han}"));
        QCOMPARE(text("metrics.rule.job-failed.title").contains(han), each == ui::Language::Chinese);
    }
}

ALIDADE_UI_TEST_MAIN(TestConditionsView)
#include "tst_conditionsview.moc"
