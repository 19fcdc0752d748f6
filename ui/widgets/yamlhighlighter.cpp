#include "ui/widgets/yamlhighlighter.h"

#include "ui/theme/colors.h"

#include <tuple>

namespace ui {
namespace {

qsizetype indentOf(const QString& text)
{
    qsizetype i = 0;
    while (i < text.size() && text[i] == QLatin1Char(' '))
        ++i;
    return i;
}

// Where the colon of "key:" stands; -1 when the line from `start` holds none. Quoted keys included.
qsizetype colonOf(const QString& text, qsizetype start)
{
    if (start >= text.size())
        return -1;
    const QChar quote = text[start];
    qsizetype i = start;
    if (quote == QLatin1Char('"') || quote == QLatin1Char('\'')) {
        ++i;
        while (i < text.size() && text[i] != quote)
            i += text[i] == QLatin1Char('\\') ? 2 : 1;
        ++i;
        return i < text.size() && text[i] == QLatin1Char(':') ? i : -1;
    }
    for (; i < text.size(); ++i) {
        if (text[i] == QLatin1Char('#') && i > 0 && text[i - 1] == QLatin1Char(' '))
            return -1;
        if (text[i] == QLatin1Char(':') && (i + 1 == text.size() || text[i + 1] == QLatin1Char(' ')))
            return i;
    }
    return -1;
}

bool isScalarWord(QStringView value)
{
    if (value == QLatin1String("true") || value == QLatin1String("false") || value == QLatin1String("null") ||
        value == QLatin1String("~"))
        return true;
    bool number = false;
    std::ignore = value.toDouble(&number);
    return number;
}

} // namespace

YamlHighlighter::YamlHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {}

void YamlHighlighter::setPalette(const QPalette& palette)
{
    const QColor key = color(ColorId::YamlKey, palette);
    if (m_key.foreground().color() == key)
        return;
    m_key.setForeground(key);
    m_value.setForeground(color(ColorId::YamlValue, palette));
    m_comment.setForeground(color(ColorId::YamlComment, palette));
    rehighlight();
}

bool YamlHighlighter::insideBlockScalar(const QString& text)
{
    const int open = previousBlockState();
    if (open < 0)
        return false;
    if (!text.trimmed().isEmpty() && indentOf(text) <= open)
        return false;
    setCurrentBlockState(open);
    return true;
}

void YamlHighlighter::highlightBlock(const QString& text)
{
    if (insideBlockScalar(text))
        return;
    setCurrentBlockState(-1);
    const qsizetype indent = indentOf(text);
    qsizetype at = indent;
    while (QStringView(text).mid(at).startsWith(QLatin1String("- ")))
        at += 2;
    if (QStringView(text).mid(at).startsWith(QLatin1Char('#')) || text == QLatin1String("---")) {
        setFormat(static_cast<int>(at), static_cast<int>(text.size() - at), m_comment);
        return;
    }
    const qsizetype colon = colonOf(text, at);
    if (colon >= 0) {
        setFormat(static_cast<int>(at), static_cast<int>(colon - at), m_key);
        at = colon + 1;
    }
    while (at < text.size() && text[at] == QLatin1Char(' '))
        ++at;
    const QStringView value = QStringView(text).mid(at).trimmed();
    if (isScalarWord(value))
        setFormat(static_cast<int>(at), static_cast<int>(value.size()), m_value);
    const bool opens = value.startsWith(QLatin1Char('|')) || value.startsWith(QLatin1Char('>'));
    if (opens && value.size() <= 3)
        setCurrentBlockState(static_cast<int>(indent));
}

} // namespace ui
