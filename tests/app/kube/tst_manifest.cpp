// A file of manifests is read as kubectl reads it, and what a server says about a field is shown at its line.

#include "app/kube/manifest.h"

#include <QTest>

using kube::Json;
using kube::parseManifests;

namespace {

QString at(config::YamlPlace place)
{
    return QStringLiteral("%1:%2").arg(place.line).arg(place.column);
}

QString failureOf(const QByteArray& text)
{
    const auto parsed = parseManifests(text);
    if (parsed)
        return QStringLiteral("none");
    return parsed.error().reason + QLatin1Char(' ') +
           (parsed.error().causes.empty() ? QString() : parsed.error().causes.front().field);
}

const QByteArray Two = R"(# the first
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels: {app.kubernetes.io/name: web, tier: back}
data:
  a: "1"
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: one
          image: a
        - name: two
          imagee: b
)";

} // namespace

class TestManifest : public QObject {
    Q_OBJECT
private slots:
    void eachDocumentIsAnObject()
    {
        const auto parsed = parseManifests(Two);
        QVERIFY(parsed);
        QCOMPARE(parsed->size(), std::size_t{2});
        QCOMPARE(parsed->front().object()["metadata"]["name"].get<std::string>(), std::string("settings"));
        QCOMPARE((*parsed)[1].object()["spec"]["replicas"].get<int>(), 2);
        QCOMPARE(at((*parsed)[1].place()), QStringLiteral("10:1"));
    }

    void aFieldIsFoundByTheServersNameForIt_data()
    {
        QTest::addColumn<int>("document");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("place");
        QTest::newRow("plain") << 0 << "data.a"
                               << "8:6";
        QTest::newRow("a key with dots") << 0 << "metadata.labels.app.kubernetes.io/name"
                                         << "6:36";
        QTest::newRow("a key in brackets") << 0 << "metadata.labels[app.kubernetes.io/name]"
                                           << "6:36";
        QTest::newRow("an item") << 1 << "spec.template.spec.containers[1].imagee"
                                 << "21:19";
        QTest::newRow("what is not there: the nearest") << 1 << "spec.template.spec.containers[1].ports[0].x"
                                                        << "20:11";
        QTest::newRow("an item by its key") << 1 << "spec.template.spec.containers[name=\"two\"].imagee"
                                            << "21:19";
        QTest::newRow("no such item") << 1 << "spec.template.spec.containers[7].image"
                                      << "18:9";
        QTest::newRow("nonsense") << 1 << "..["
                                  << "10:1";
    }

    void aFieldIsFoundByTheServersNameForIt()
    {
        QFETCH(int, document);
        QFETCH(QString, field);
        QFETCH(QString, place);
        const auto parsed = parseManifests(Two);
        QVERIFY(parsed);
        QCOMPARE(at((*parsed)[static_cast<std::size_t>(document)].placeOf(field)), place);
    }

    void jsonAndListsAreReadAsWell()
    {
        const auto parsed = parseManifests(
            R"({"apiVersion": "v1", "kind": "List", "items": [
 {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}},
 {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "b"}}]})");
        QVERIFY(parsed);
        QCOMPARE(parsed->size(), std::size_t{2});
        QCOMPARE(at((*parsed)[1].place()), QStringLiteral("3:2"));
    }

    void nothingIsNothing()
    {
        for (const char* text : {"", "---\n---\n", "# only words\n", "---\n# words\n---"})
            QVERIFY(parseManifests(text) && parseManifests(text)->empty());
    }

    void numbersAreThoseOfYaml11_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("whole") << QByteArray("12") << QByteArray("12");
        QTest::newRow("negative") << QByteArray("-12") << QByteArray("-12");
        QTest::newRow("a file mode") << QByteArray("0644") << QByteArray("420");
        QTest::newRow("octal") << QByteArray("0o17") << QByteArray("15");
        QTest::newRow("hexadecimal") << QByteArray("0x1F") << QByteArray("31");
        QTest::newRow("binary") << QByteArray("0b101") << QByteArray("5");
        QTest::newRow("underscores") << QByteArray("1_000") << QByteArray("1000");
        QTest::newRow("decimal") << QByteArray("1.5") << QByteArray("1.5");
        QTest::newRow("exponent") << QByteArray("1e3") << QByteArray("1000.0");
        QTest::newRow("the largest") << QByteArray("18446744073709551615") << QByteArray("18446744073709551615");
        QTest::newRow("text") << QByteArray("\"12\"") << QByteArray("\"12\"");
        QTest::newRow("truth") << QByteArray("yes") << QByteArray("true");
        QTest::newRow("nothing") << QByteArray("~") << QByteArray("null");
    }

    void numbersAreThoseOfYaml11()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, json);
        const auto parsed = parseManifests("apiVersion: v1\nkind: X\nmetadata: {name: a}\nspec: " + text + "\n");
        QVERIFY(parsed);
        QCOMPARE(QByteArray::fromStdString(parsed->front().object()["spec"].dump()), json);
    }

    void whatIsWrongIsToldAtItsLineOfTheFile_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("failure");
        QTest::newRow("no YAML, in the second document")
            << QByteArray("apiVersion: v1\nkind: X\nmetadata: {name: a}\n---\na: [1\n") << "yamlInvalid 6:1";
        QTest::newRow("a key twice") << QByteArray("---\napiVersion: v1\nkind: X\nmetadata:\n  name: a\n  name: b\n")
                                     << "duplicateKey 6:3";
        QTest::newRow("text") << QByteArray("hello\n") << "manifestNoObject 1:1";
        QTest::newRow("no kind") << QByteArray("apiVersion: v1\nmetadata: {name: a}\n") << "manifestIncomplete 1:1";
        QTest::newRow("no name") << QByteArray("---\napiVersion: v1\nkind: Pod\nmetadata: {}\n")
                                 << "manifestIncomplete 2:1";
        QTest::newRow("a number for a name")
            << QByteArray("apiVersion: v1\nkind: Pod\nmetadata: {name: 1}\n") << "manifestIncomplete 1:1";
    }

    void whatIsWrongIsToldAtItsLineOfTheFile()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, failure);
        QCOMPARE(failureOf(text), failure);
    }

    void aRefusalNamesItsFields()
    {
        base::Error strict{
            .kind = base::ErrorKind::Invalid,
            .said = QStringLiteral("Deployment in version \"v1\" cannot be handled as a Deployment: strict "
                                   "decoding error: unknown field \"spec.foo\", duplicate field \"spec.x[0].y\"")};
        const std::vector<kube::FieldProblem> two{
            {QStringLiteral("spec.foo"), QStringLiteral("unknown field \"spec.foo\"")},
            {QStringLiteral("spec.x[0].y"), QStringLiteral("duplicate field \"spec.x[0].y\"")}};
        QCOMPARE(kube::fieldProblems(strict), two);
        base::Error typed{.said = QStringLiteral(
                              "failed to create typed patch object (demo/web; apps/v1, Kind=Deployment): "
                              ".spec.template.spec.containers[name=\"web\"].imagee: field not declared in schema")};
        const std::vector<kube::FieldProblem> one{{QStringLiteral("spec.template.spec.containers[name=\"web\"].imagee"),
                                                   QStringLiteral("field not declared in schema")}};
        QCOMPARE(kube::fieldProblems(typed), one);
        strict.causes = {
            {QStringLiteral("FieldValueInvalid"), QStringLiteral("Invalid value: 3"), QStringLiteral("spec.replicas")}};
        QCOMPARE(kube::fieldProblems(strict).front().field, QStringLiteral("spec.replicas"));
    }
};

QTEST_GUILESS_MAIN(TestManifest)
#include "tst_manifest.moc"
