// Businesses as a table: a row a namespace, words for what stands in the cluster, and quotas that sort by their worth.

#include "app/models/businessesmodel.h"
#include "tests/support/businesses.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using models::BusinessesModel;
using support::qs;

class TestBusinessesModel : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_model = std::make_unique<BusinessesModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
        m_model->setPicture(support::shopPicture());
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void aNamespaceIsARowAndSoIsABusinessWithoutOne()
    {
        QCOMPARE(lines(),
                 QStringList({qs("Shop (prj-shop)|Active|web|Beijing (cls-bj)|Available|as planned"),
                              qs("Shop (prj-shop)|Active|cart|Beijing (cls-bj)|Failed|conflict: prj-other"),
                              qs("Child (prj-child)|Active|–|–|–|–"), qs("Broken (prj-broken)|Failed, locked|–|–|–|–"),
                              qs("prj-gone|–|lost|cls-sh|Pending|missing")}));
    }

    void whatWasNotAskedIsNotMissing()
    {
        auto picture = std::make_shared<tke::BusinessPicture>(*support::shopPicture());
        picture->live.clear();
        m_model->setPicture(picture);
        QCOMPARE(cell(0, "live"), qs("not asked yet"));
        picture = std::make_shared<tke::BusinessPicture>(*support::shopPicture());
        picture->live[0] = {.error = base::Error{.kind = base::ErrorKind::Forbidden}};
        m_model->setPicture(picture);
        QCOMPARE(cell(0, "live"), qs("not known"));
        QCOMPARE(severity(0, "live"), kube::Severity::Unknown);
    }

    void whatIsWrongCarriesASign()
    {
        QCOMPARE(severity(0, "live"), kube::Severity::None);
        QCOMPARE(severity(1, "live"), kube::Severity::Error);
        QCOMPARE(severity(1, "state"), kube::Severity::Error);
        QCOMPARE(severity(3, "phase"), kube::Severity::Error);
        QCOMPARE(tip(3, "phase"), qs("failed to add business member: user nobody not found"));
        QVERIFY(tip(1, "state").contains(qs("belongs to another business")));
    }

    void theFilterLooksAtEverythingShown()
    {
        const std::pair<const char*, int> wanted[] = {
            {"beijing", 2}, {"CONFLICT", 1}, {"prj-child", 1}, {"shop cart", 1}, {"64Gi", 1}, {"nowhere", 0}, {"", 5}};
        for (const auto& [filter, count] : wanted) {
            m_model->setFilter(qs(filter));
            QVERIFY2(m_model->rowCount() == count, filter);
        }
    }

    void quotasSortByTheirWorth()
    {
        const int column = columnOf("hard.cpu");
        QVERIFY(column > 0);
        m_model->sort(column, Qt::DescendingOrder);
        // "4" is more than "1500m", which a text would sort the other way round.
        QCOMPARE(cell(0, "namespace"), qs("web"));
        QCOMPARE(cell(1, "namespace"), qs("cart"));
        m_model->sort(column, Qt::AscendingOrder);
        QCOMPARE(cell(m_model->rowCount() - 1, "namespace"), qs("web"));
        QCOMPARE(cell(m_model->rowCount() - 2, "namespace"), qs("cart"));
    }

    void aSelectionLivesThroughASort()
    {
        const QPersistentModelIndex chosen = m_model->index(m_model->rowOf(Cart), 0);
        m_model->sort(columnOf("live"), Qt::AscendingOrder);
        QCOMPARE(m_model->partAt(chosen.row()), Cart);
    }

    void theSameRowsAnewAreOnlyChanges()
    {
        const QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        const QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        auto picture = std::make_shared<tke::BusinessPicture>(*support::shopPicture());
        picture->survey.businesses[0].phase = qs("Terminating");
        m_model->setPicture(picture);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(cell(0, "phase"), qs("Terminating"));
        m_model->setPicture(nullptr);
        QCOMPARE(m_model->rowCount(), 0);
    }

    void aHostileNumberOfQuotasSharesAColumn()
    {
        auto picture = std::make_shared<tke::BusinessPicture>(*support::shopPicture());
        for (int i = 0; i < 500; ++i)
            picture->survey.namespaces[0].hard[qs("kind-%1").arg(i)] = qs("1");
        m_model->setPicture(picture);
        QCOMPARE(m_model->columnCount(), 6 + 2 * static_cast<int>(BusinessesModel::MostQuotas) + 1);
        QVERIFY(cell(0, "more").contains(qs("kind-499=1")));
    }

    void fiveThousandRowsAreFluid()
    {
        m_tester.reset(); // it asks for every cell at every change
        m_model->setPicture(support::largePicture(500, 5000));
        QCOMPARE(m_model->total(), 5000);
        QElapsedTimer watch;
        watch.start();
        for (const char* filter : {"n", "ns", "ns-4", "ns-49", ""})
            m_model->setFilter(qs(filter));
        m_model->sort(columnOf("hard.cpu"), Qt::DescendingOrder);
        m_model->sort(0, Qt::AscendingOrder);
        QVERIFY2(watch.elapsed() < 1500, qPrintable(QString::number(watch.elapsed()))); // 30 ms where nobody else works
    }

private:
    const tke::BusinessPart Cart{tke::GraphBox::Kind::Namespace, qs("prj-shop/cls-bj-cart")};

    int columnOf(const char* id) const
    {
        for (int i = 0; i < m_model->columnCount(); ++i)
            if (m_model->headerData(i, Qt::Horizontal, models::ColumnIdRole).toString() == qs(id))
                return i;
        return -1;
    }
    QString cell(int row, const char* id) const { return m_model->index(row, columnOf(id)).data().toString(); }
    QString tip(int row, const char* id) const
    {
        return m_model->index(row, columnOf(id)).data(Qt::ToolTipRole).toString();
    }
    kube::Severity severity(int row, const char* id) const
    {
        return static_cast<kube::Severity>(m_model->index(row, columnOf(id)).data(models::SeverityRole).toInt());
    }
    QStringList lines() const
    {
        QStringList lines;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < 6; ++column)
                cells << m_model->index(row, column).data().toString();
            lines << cells.join(QLatin1Char('|'));
        }
        return lines;
    }

    std::unique_ptr<BusinessesModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestBusinessesModel)
#include "tst_businessesmodel.moc"
