// What is shown as YAML is what was served: read back, it is the same value.

#include "app/base/visible.h"
#include "app/kube/yaml.h"
#include "tests/support/fixture.h"

#include <QRegularExpression>
#include <QTest>
#include <random>
#include <yaml-cpp/yaml.h>

using kube::Json;

namespace {

/// Nothing, or where the two differ.
QString differenceOf(const YAML::Node& node, const Json& json, const QString& at = {})
{
    const QString here = at.isEmpty() ? QStringLiteral("/") : at;
    if (json.is_object()) {
        if (!node.IsMap() || node.size() != json.size())
            return here + QStringLiteral(": no such map");
        auto member = json.begin();
        for (const auto& entry : node) {
            const auto key = entry.first.as<std::string>();
            if (key != member.key())
                return here + QStringLiteral(": key ") + QString::fromStdString(key);
            const QString inner =
                differenceOf(entry.second, member.value(), at + QLatin1Char('/') + QString::fromStdString(key));
            if (!inner.isEmpty())
                return inner;
            ++member;
        }
        return {};
    }
    if (json.is_array()) {
        if (!node.IsSequence() || node.size() != json.size())
            return here + QStringLiteral(": no such sequence");
        for (std::size_t i = 0; i < json.size(); ++i)
            if (const QString inner = differenceOf(node[i], json[i], at + QLatin1Char('/') + QString::number(i));
                !inner.isEmpty())
                return inner;
        return {};
    }
    if (json.is_null())
        return node.IsNull() ? QString() : here + QStringLiteral(": not null");
    if (!node.IsScalar())
        return here + QStringLiteral(": no scalar");
    const bool isQuoted = node.Tag() == "!";
    if (json.is_string())
        return node.Scalar() == json.get<std::string>()
                   ? QString()
                   : here + QStringLiteral(": ") + QString::fromStdString(node.Scalar());
    return !isQuoted && Json::parse(node.Scalar(), nullptr, false) == json
               ? QString()
               : here + QStringLiteral(": ") + QString::fromStdString(node.Scalar());
}

QString roundTrip(const Json& json)
{
    const QString text = kube::toYaml(json);
    try {
        const QString difference = differenceOf(YAML::Load(text.toStdString()), json);
        return difference.isEmpty() ? QString() : difference + QLatin1Char('\n') + text.left(500);
    } catch (const YAML::Exception& problem) {
        return QString::fromUtf8(problem.what()) + QLatin1Char('\n') + text.left(500);
    }
}

} // namespace

class TestYaml : public QObject {
    Q_OBJECT

private slots:
    void aTextIsReadBackAsThatText_data();
    void aTextIsReadBackAsThatText();
    void whatCouldBeReadAsSomethingElseIsQuoted_data();
    void whatCouldBeReadAsSomethingElseIsQuoted();
    void nothingHiddenIsWritten();
    void aLongTextIsWhole();
    void linesAreABlock();
    void managedFieldsAreLeftOutUnlessWanted();
    void anyValueIsReadBack_data();
    void anyValueIsReadBack();
    void whatAServerServesIsReadBack();
};

void TestYaml::aTextIsReadBackAsThatText_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"",
                             " ",
                             "a",
                             "true",
                             "True",
                             "no",
                             "ON",
                             "y",
                             "null",
                             "~",
                             "1",
                             "-1",
                             "1e3",
                             "0x10",
                             "0o17",
                             "1_000",
                             ".5",
                             ".inf",
                             "-.INF",
                             ".nan",
                             "12:30:45",
                             "2026-01-02",
                             "2026-01-02T03:04:05Z",
                             "2026-01-02 03:04:05",
                             "1.2.3.4",
                             "<<",
                             "=",
                             "-",
                             "- a",
                             "--- a",
                             "---",
                             "...",
                             "?",
                             "? a",
                             ":",
                             "a:",
                             "a: b",
                             ": a",
                             "a #b",
                             "#a",
                             "a\tb",
                             "\ta",
                             " leading",
                             "trailing ",
                             "'quoted'",
                             "\"quoted\"",
                             "it's",
                             "back\\slash",
                             "{a: b}",
                             "[a]",
                             "a, b",
                             "&a",
                             "*a",
                             "!a",
                             "!!str a",
                             "|",
                             "> a",
                             "%a",
                             "@a",
                             "`a",
                             "a\n",
                             "a\n\n",
                             "a\nb",
                             "a\nb\n",
                             "\na\n",
                             "\n",
                             "\n\n",
                             " a\nb\n",
                             "a\n b\n\n  c\n",
                             "a\n\tb\n",
                             "a \nb \n",
                             "a\n   \nb\n",
                             "a\r\nb\r\n",
                             "a\rb",
                             "#!/bin/sh\nset -e\n",
                             "key: |\n  value\n",
                             "a\n---\nb\n",
                             "\x1b[31mred\x1b[0m",
                             "\x01",
                             "\x7f",
                             "caf\xc3\xa9",
                             "\xe8\x8a\x82\xe7\x82\xb9",
                             "\xf0\x9f\x98\x80",
                             "a\xe2\x80\xaetxt",
                             "\xef\xbb\xbf",
                             "\xe2\x80\x8b",
                             "\xc2\x85",
                             "\xe2\x80\xa8",
                             "a\xc2\xa0"
                             "b",
                             "line\n\xe8\x8a\x82\n"})
        QTest::addRow("%s", text) << QString::fromUtf8(text);
}

void TestYaml::aTextIsReadBackAsThatText()
{
    QFETCH(const QString, text);
    const std::string utf8 = text.toStdString();
    QCOMPARE(roundTrip(utf8), QString());
    QCOMPARE(roundTrip({{"metadata", {{"annotations", {{"a", utf8}, {"b", "c"}}}}}}), QString());
    QCOMPARE(roundTrip(Json::array({utf8, Json::array({utf8}), {{"k", utf8}}})), QString());
    QCOMPARE(roundTrip({{utf8, 1}, {"other", utf8}}), QString());
}

void TestYaml::whatCouldBeReadAsSomethingElseIsQuoted_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"",
                             "true",
                             "False",
                             "yes",
                             "No",
                             "on",
                             "OFF",
                             "y",
                             "N",
                             "null",
                             "Null",
                             "~",
                             "1",
                             "+1",
                             "-1.5",
                             "1e3",
                             "1E-3",
                             "0x1F",
                             "0o17",
                             "017",
                             "0b11",
                             "1_000",
                             ".5",
                             ".inf",
                             "-.Inf",
                             ".NaN",
                             "12:30",
                             "190:20:30",
                             "2026-01-02",
                             "2026-01-02T03:04:05Z",
                             "2026-01-02T03:04:05.5+08:00",
                             "<<",
                             "="})
        QTest::addRow("%s", text) << QString::fromUtf8(text);
}

void TestYaml::whatCouldBeReadAsSomethingElseIsQuoted()
{
    QFETCH(const QString, text);
    const YAML::Node node = YAML::Load(kube::toYaml({{"value", text.toStdString()}}).toStdString());
    QCOMPARE(node["value"].Tag(), std::string("!"));
    QCOMPARE(node["value"].Scalar(), text.toStdString());
}

void TestYaml::nothingHiddenIsWritten()
{
    std::string all;
    for (char32_t c = 1; c < 0x2100; ++c) // escaped, still shorter than the longest text that is shown
        all += QString::fromUcs4(&c, 1).toStdString();
    const QString text = kube::toYaml({{"a", all}, {"\x1b[2J", "\xe2\x80\xae"}});
    QCOMPARE(base::visible(text, base::Lines::Many), text);
    QVERIFY(text.contains(QLatin1String("\\x1b")) || text.contains(QLatin1String("\\e")));
    QCOMPARE(roundTrip({{"a", all}}), QString());
}

void TestYaml::aLongTextIsWhole()
{
    for (const std::string& part :
         {std::string("x"), std::string("line\n"), std::string("\xe8\x8a\x82"), std::string("a\x1b")}) {
        std::string text;
        while (text.size() < 300'000)
            text += part;
        QCOMPARE(roundTrip({{"data", {{"file", text}}}}), QString());
    }
    QCOMPARE(roundTrip({{std::string(2000, 'k'), "v"}, {"b", 1}}), QString());
}

void TestYaml::linesAreABlock()
{
    const QString text = kube::toYaml({{"data", {{"run.sh", "#!/bin/sh\n\techo 节点\n"}}}});
    QCOMPARE(text, QStringLiteral("data:\n  run.sh: |\n    #!/bin/sh\n    \techo 节点\n"));
}

void TestYaml::managedFieldsAreLeftOutUnlessWanted()
{
    const Json object{{"metadata", {{"name", "a"}, {"managedFields", {{{"manager", "m"}}}}}}};
    QVERIFY(!kube::toYaml(object).contains(QLatin1String("managedFields")));
    QVERIFY(kube::toYaml(object, true).contains(QLatin1String("manager: m")));
}

void TestYaml::anyValueIsReadBack_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestYaml::anyValueIsReadBack()
{
    QFETCH(const unsigned, seed);
    std::mt19937 random(seed);
    const auto below = [&](unsigned limit) { return random() % limit; };
    const auto anyText = [&] {
        static const std::vector<std::string> parts{"a",
                                                    "b",
                                                    " ",
                                                    "  ",
                                                    "\n",
                                                    "\n",
                                                    "\t",
                                                    ":",
                                                    ": ",
                                                    "#",
                                                    " #",
                                                    "-",
                                                    "- ",
                                                    "'",
                                                    "\"",
                                                    "\\",
                                                    "{",
                                                    "}",
                                                    "[",
                                                    "]",
                                                    ",",
                                                    "&",
                                                    "*",
                                                    "!",
                                                    "|",
                                                    ">",
                                                    "%",
                                                    "@",
                                                    "`",
                                                    "?",
                                                    "1",
                                                    "0x",
                                                    ".",
                                                    "e",
                                                    "~",
                                                    "\r",
                                                    "\x1b",
                                                    "\xe8\x8a\x82",
                                                    "\xf0\x9f\x98\x80",
                                                    "\xe2\x80\x8b",
                                                    "null",
                                                    "true"};
        std::string text;
        for (auto length = below(8); length > 0; --length)
            text += parts[below(static_cast<unsigned>(parts.size()))];
        return text;
    };
    const std::function<Json(int)> any = [&](int depth) -> Json {
        switch (below(depth > 0 ? 9 : 6)) {
        case 0:
            return nullptr;
        case 1:
            return below(2) == 0;
        case 2:
            return static_cast<std::int64_t>(below(2'000'000)) - 1'000'000;
        case 3:
            return below(1000) / 8.0 * 1e10;
        case 4:
        case 5:
            return anyText();
        case 6: {
            Json array = Json::array();
            for (auto count = below(4); count > 0; --count)
                array.push_back(any(depth - 1));
            return array;
        }
        default: {
            Json object = Json::object();
            for (auto count = below(4); count > 0; --count)
                object[anyText()] = any(depth - 1);
            return object;
        }
        }
    };
    for (int i = 0; i < 2000; ++i) {
        const Json json = any(4);
        const QString difference = roundTrip(json);
        QVERIFY2(difference.isEmpty(), qPrintable(difference + QString::fromStdString(json.dump())));
    }
}

void TestYaml::whatAServerServesIsReadBack()
{
    for (const char* file : {"kubernetes-1.36/list-pods.json", "kubernetes-1.36/list-nodes.json"}) {
        const Json list = Json::parse(support::fixture(QLatin1String(file)).toStdString());
        for (Json item : list["items"]) {
            item["metadata"].erase("managedFields");
            QCOMPARE(roundTrip(item), QString());
        }
    }
}

QTEST_GUILESS_MAIN(TestYaml)
#include "tst_yaml.moc"
