// YAML as Kubernetes' own tools read it, within bounds.

#include "app/config/yaml.h"

#include <QTest>
#include <ctime>

using config::parseYaml;
using config::YamlLimits;
using config::YamlNode;

namespace {

/// JSON in its simplest form; numbers as they are written.
std::string shown(const YamlNode& node)
{
    std::string out;
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return "null";
    case YamlNode::Kind::Bool:
        return node.truth ? "true" : "false";
    case YamlNode::Kind::Number:
        return "#" + node.text;
    case YamlNode::Kind::String:
        return "'" + node.text + "'";
    case YamlNode::Kind::Sequence:
        for (const YamlNode* item : node.items)
            out += (out.empty() ? "" : ",") + shown(*item);
        return "[" + out + "]";
    case YamlNode::Kind::Mapping:
        for (const auto& [key, value] : node.entries)
            out += (out.empty() ? "" : ",") + key + ":" + shown(*value);
        return "{" + out + "}";
    }
    return {};
}

QString shown(const QByteArray& text, const YamlLimits& limits = {})
{
    const auto document = parseYaml(text, limits);
    if (document)
        return QString::fromStdString(shown(*document->root));
    const auto& error = document.error();
    return error.reason + (error.causes.empty() ? QString() : QLatin1Char(' ') + error.causes.front().field);
}

QByteArray utf16(const QString& text, bool bigEndian)
{
    QByteArray bytes;
    for (const QChar c : QString(QChar(0xfeff)) + text) {
        const char low = static_cast<char>(c.unicode() & 0xff);
        const char high = static_cast<char>(c.unicode() >> 8);
        bytes += bigEndian ? high : low;
        bytes += bigEndian ? low : high;
    }
    return bytes;
}

} // namespace

class YamlTest : public QObject {
    Q_OBJECT

private slots:
    void isReadAsKubernetesReadsIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("result");
        const auto row = [](const char* name, const QByteArray& text, const char* result) {
            QTest::newRow(name) << text << QString::fromUtf8(result);
        };
        row("nothing", "", "null");
        row("only a comment", "# a\n", "null");
        row("only an unknown directive", "%a b\n", "yamlInvalid 1:1");
        row("JSON", "{\"a\": [1, true, null, \"b\\u00e9\"]}", "{a:[#1,true,null,'bé']}");
        row("JSON with tabs", "{\n\t\"a\":\n\t[]\n}", "{a:[]}");
        row("booleans of YAML 1.1", "[y, Yes, on, TRUE, n, No, OFF, False, tRUE, 'yes']",
            "[true,true,true,true,false,false,false,false,'tRUE','yes']");
        row("null", "[~, null, NULL, Null, , nULL, '~', '']", "[null,null,null,null,null,'nULL','~','']");
        row("whole numbers", "[1, -1, +1, 017, 0o17, 0x1F, 0b11, -0b1, 1_000]",
            "[#1,#-1,#+1,#017,#0o17,#0x1F,#0b11,#-0b1,#1_000]");
        row("other numbers", "[1.5, .5, 1., 1e3, -1.5E-3, 08]", "[#1.5,#.5,#1.,#1e3,#-1.5E-3,#08]");
        row("text that looks like numbers", "[0x, 0xg, 1e, e1, 1.2.3, 1:30, 2020-01-01, ., +, 1e999, 0b12, _1]",
            "['0x','0xg','1e','e1','1.2.3','1:30','2020-01-01','.','+','1e999','0b12','_1']");
        row("the ends of 64 bits",
            "[18446744073709551615, -9223372036854775808, 0xffffffffffffffff, 0x1ffffffffffffffff]",
            "[#18446744073709551615,#-9223372036854775808,#0xffffffffffffffff,'0x1ffffffffffffffff']");
        row("tags", "[!!str 1, !!float 1, !!binary YWI=, !mine 1, ! 1, !!str]", "['1',#1,'ab','1','1','']");
        row("a tag that does not fit", "!!int x", "yamlInvalid 1:1");
        row("no base64", "!!binary a", "yamlInvalid 1:1");
        row("no number of JSON", "a: .inf", "yamlInvalid 1:4");
        row("keys that are no text", "{1: a, yes: b, 1.50: c}", "{1:'a',true:'b',1.50:'c'}");
        row("a key that is nothing", "{~: a}", "yamlInvalid 1:2");
        row("a key that is a list", "? [a]\n: b\n", "yamlInvalid 1:3");
        row("anchors", "a: &x {b: 1}\nc: *x\nd: [*x]\n", "{a:{b:#1},c:{b:#1},d:[{b:#1}]}");
        row("an anchor given anew", "[&x 1, *x, &x 2, *x]", "[#1,#1,#2,#2]");
        row("an anchor that is not there", "a: *x\n", "yamlInvalid 1:4");
        row("an anchor within itself", "a: &x [*x]\n", "yamlInvalid 1:8");
        row("a merge", "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n", "{a:{b:#1,c:#2},d:{b:#1,c:#3}}");
        row("a merge after its key", "a: &x {c: 2}\nd: {c: 3, <<: *x}\n", "{a:{c:#2},d:{c:#2}}");
        row("a merge of several", "d: {<<: [{c: 1}, {c: 2, e: 3}]}\n", "{d:{c:#1,e:#3}}");
        row("a merge of no mapping", "{<<: 1}\n", "yamlInvalid 1:2");
        row("a merge of a list of no mappings", "{<<: [1]}\n", "yamlInvalid 1:2");
        row("a key named <<", "{'<<': {a: b}}\n", "{<<:{a:'b'}}");
        row("a byte order mark",
            "\xef\xbb\xbf"
            "a: b\n",
            "{a:'b'}");
        row("a place behind the byte order mark",
            "\xef\xbb\xbf"
            "a: [b\n",
            "yamlInvalid 2:1");
        row("UTF-16", utf16(QStringLiteral("a: 照准仪\n"), false), "{a:'照准仪'}");
        row("UTF-16, big end first", utf16(QStringLiteral("a: 🔒\n"), true), "{a:'🔒'}");
        row("half a UTF-16 character", utf16(QStringLiteral("a: b\n"), false) + 'a', "textInvalid 1:1");
        row("half a surrogate pair", utf16(QStringLiteral("a: ") + QChar(0xd800), false), "textInvalid 1:1");
        row("CR LF", "a: |\r\n  b\r\n  c\r\nd: e\r\n", "{a:'b\nc\n',d:'e'}");
        row("a surrogate in UTF-8", "a: \xed\xa0\x80", "textInvalid 1:4");
        row("more than Unicode has", "a: \xf4\x90\x80\x80", "textInvalid 1:4");
        row("an overlong form", "a: \xe0\x80\xaf", "textInvalid 1:4");
        row("NUL", QByteArray("a: b\0c", 6), "textInvalid 1:5");
        row("a control character that is escaped", "\"\\x1b\"", "'\x1b'");
        row("a text cut short", "a: \"b\n", "yamlInvalid 1:4");
        row("a text cut short behind a tag", "a: !!str &x # b\n  'c''\n", "yamlInvalid 1:4");
        row("a text that ends with an escaped quote", "a: \"b\\\"", "yamlInvalid 1:8");
        row("a quote within a text", "[\"b\\\"\", 'c''d', e\"f]", "['b\"','c'd','e\"f']");
        row("a second document", "a: b\n---\n[\n", "{a:'b'}");
        row("the end of the document", "a: b\n...\nc: [\n", "{a:'b'}");
        row("a comma that is nowhere", ",a", "yamlInvalid 1:1");
        row("something behind the end", "{a: b} c\n", "yamlInvalid 1:5");
    }
    void isReadAsKubernetesReadsIt()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, result);
        QCOMPARE(shown(text), result);
    }

    void keysGivenTwiceAndFurtherDocumentsAreNoted()
    {
        const auto document = parseYaml("a: 1\nb: {c: 1, 'c': 2}\na: 3\nd: &x {e: 1}\nf: {<<: *x, e: 2}\n---\n- x\n");
        QVERIFY(document);
        QCOMPARE(shown(*document->root), std::string("{a:#3,b:{c:#2},d:{e:#1},f:{e:#2}}"));
        QStringList notes;
        for (const auto& note : document->notes)
            notes
                << QStringLiteral("%1 %2 %3:%4").arg(note.id, note.detail).arg(note.place.line).arg(note.place.column);
        QCOMPARE(notes.join(QStringLiteral("; ")),
                 QStringLiteral("duplicateKey c 2:11; duplicateKey a 3:1; moreDocuments  6:1"));
        QVERIFY(parseYaml("a: b\n---\n")->notes.empty()); // and nothing in it
    }

    void theTreeOutlivesAMove()
    {
        auto document = parseYaml("a: [b, c]\n");
        config::YamlDocument moved = std::move(*document);
        QCOMPARE(shown(*moved.root), std::string("{a:['b','c']}"));
        QCOMPARE(moved.root->find("a")->items.at(1)->text, std::string("c"));
        QVERIFY(!moved.root->find("b"));
    }

    void whatIsTooLargeIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("result");
        const auto row = [](const char* name, const QByteArray& text, const char* result) {
            QTest::newRow(name) << text << QString::fromLatin1(result);
        };
        const YamlLimits limits{.bytes = 1000, .nodes = 100, .depth = 5};
        row("bytes", QByteArray(limits.bytes + 1, '#'), "fileTooLarge");
        row("as many bytes as may be", QByteArray(limits.bytes, '#'), "null");
        row("as deep as may be", "[[[[[a]]]]]", "[[[[['a']]]]]");
        row("too deep", "[[[[[[a]]]]]]", "yamlTooDeep 1:6");
        row("too deep, by mappings", "{a: {a: {a: {a: {a: {}}}}}}", "yamlTooDeep 1:21");
        row("too deep, by dashes", "- - - - - - a", "yamlTooDeep 1:11");
        row("too deep by an alias", "[&x [[a]], [[[*x]]]]", "yamlTooDeep 1:15");
        row("as deep as may be by an alias", "[&x [[a]], [[*x]]]", "[[['a']],[[[['a']]]]]");
        row("too many items", "- a\n" + QByteArray("- a\n").repeated(99), "yamlTooLarge 100:3");
        row(
            "too many entries, as each is two",
            [] {
                QByteArray text;
                for (int i = 0; i < 50; ++i)
                    text += "a" + QByteArray::number(i) + ": 1\n";
                return text;
            }(),
            "yamlTooLarge 50:6");
        row("aliases of aliases", "a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n",
            "yamlTooLarge 3:14");
        row("merges of merges", "a: &a {b: 1, c: 2, d: 3}\ne: {<<: [*a,*a,*a,*a,*a,*a,*a,*a,*a]}\n",
            "yamlTooLarge 2:4");
        row("too many brackets on a line", "a: '" + QByteArray(101, '[') + "'", "yamlTooLarge 1:1");
    }
    void whatIsTooLargeIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, result);
        QCOMPARE(shown(text, {.bytes = 1000, .nodes = 100, .depth = 5}), result);
    }

    void nothingTakesLong_data()
    {
        QTest::addColumn<QByteArray>("unit");
        for (const char* unit :
             {"[",   "{a: ",   "- ",       "? ",  "[a: ", "{\"a\": ", "a,",    "\"",   "'",     "\n",
              "!",   "&a ",    "a: x\n  ", "#",   " ",    "\t",       "%",     "--- ", "---\n", "-\n",
              ":\n", "\"a\" ", "\\",       "|\n", ">\n ", "a:\n ",    "...\n", "\r",   "*a "})
            QTest::newRow(QByteArray(unit).toPercentEncoding(" {[").constData()) << QByteArray(unit);
        QTest::newRow("billion laughs") << QByteArray();
    }
    void nothingTakesLong()
    {
        QFETCH(QByteArray, unit);
        QByteArray text = unit.repeated(unit.isEmpty() ? 0 : (4 << 20) / unit.size());
        if (unit.isEmpty()) {
            text = "a0: &a0 [lol]\n";
            for (int i = 1; i < 60; ++i) {
                const QByteArray last = "*a" + QByteArray::number(i - 1);
                text += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + (last + ",").repeated(9) +
                        last + "]\n";
            }
        }
        // Of the processor's time: the machine may have other things to do.
        const std::clock_t start = std::clock();
        const auto document = parseYaml(text);
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 15, qPrintable(QString::number(seconds)));
        QVERIFY(unit.isEmpty() ? !document : true);
    }
};

QTEST_GUILESS_MAIN(YamlTest)
#include "tst_yaml.moc"
