#include "app/kube/selectors.h"

#include "app/base/visible.h"

#include <algorithm>

namespace kube {
namespace {

tl::unexpected<base::Error> unreadable(const QString& part)
{
    return base::failure({.kind = base::ErrorKind::Invalid,
                          .reason = QStringLiteral("selector"),
                          .said = base::visible(part.trimmed())});
}

/// At the commas outside of parentheses.
QStringList partsOf(const QString& text)
{
    QStringList parts(QString{});
    int depth = 0;
    for (const QChar c : text) {
        if (c == QLatin1Char('('))
            ++depth;
        else if (c == QLatin1Char(')'))
            --depth;
        if (c == QLatin1Char(',') && depth == 0)
            parts += QString();
        else
            parts.back() += c;
    }
    return parts;
}

/// A label's key has no blanks and none of the signs of the grammar.
bool isKey(const QString& key)
{
    return !key.isEmpty() && std::none_of(key.begin(), key.end(),
                                          [](QChar c) { return c.isSpace() || QStringView(u"()=!<>,").contains(c); });
}

} // namespace

std::optional<LabelSelector::Term> LabelSelector::termFrom(const QString& text)
{
    const QString part = text.trimmed();
    Term term;
    if (part.startsWith(QLatin1Char('!'))) {
        term = {part.mid(1).trimmed(), Is::NotThere, {}};
    } else if (const auto open = part.indexOf(QLatin1Char('(')); open >= 0) {
        const QStringList words = part.left(open).simplified().split(QLatin1Char(' '));
        if (words.size() != 2 || !part.endsWith(QLatin1Char(')')))
            return std::nullopt;
        term.key = words[0];
        if (words[1] == QLatin1String("in"))
            term.is = Is::In;
        else if (words[1] == QLatin1String("notin"))
            term.is = Is::NotIn;
        else
            return std::nullopt;
        for (const QString& value : part.mid(open + 1).chopped(1).split(QLatin1Char(',')))
            term.values += value.trimmed();
    } else if (const auto sign =
                   std::find_if(part.begin(), part.end(), [](QChar c) { return QStringView(u"=!<>").contains(c); });
               sign != part.end()) {
        const auto at = sign - part.begin();
        const QStringView rest = QStringView(part).mid(at);
        qsizetype length = 1;
        if (rest.startsWith(u"!=")) {
            term.is = Is::NotIn;
            length = 2;
        } else if (rest.startsWith(u'=')) {
            term.is = Is::In;
            length = rest.startsWith(u"==") ? 2 : 1;
        } else if (rest.startsWith(u'>') || rest.startsWith(u'<')) {
            term.is = rest.startsWith(u'>') ? Is::Greater : Is::Less;
        } else {
            return std::nullopt;
        }
        term.key = part.left(at).trimmed();
        term.values = {rest.mid(length).trimmed().toString()};
        if (QStringView(term.values[0]).contains(u'='))
            return std::nullopt;
    } else {
        term.key = part;
    }
    return isKey(term.key) ? std::optional(term) : std::nullopt;
}

base::Result<LabelSelector> LabelSelector::parse(const QString& text)
{
    LabelSelector selector;
    if (text.trimmed().isEmpty())
        return selector;
    for (const QString& part : partsOf(text)) {
        auto term = termFrom(part);
        if (!term)
            return unreadable(part);
        selector.m_terms.push_back(std::move(*term));
    }
    return selector;
}

bool LabelSelector::holds(const Term& term, const std::optional<QString>& value)
{
    switch (term.is) {
    case Is::In:
        return value && term.values.contains(*value);
    case Is::NotIn:
        return !value || !term.values.contains(*value);
    case Is::There:
        return value.has_value();
    case Is::NotThere:
        return !value;
    case Is::Greater:
    case Is::Less: {
        bool isNumber = false;
        bool isBound = false;
        const qint64 number = value ? value->toLongLong(&isNumber) : 0;
        const qint64 bound = term.values.constFirst().toLongLong(&isBound);
        return isNumber && isBound && (term.is == Is::Greater ? number > bound : number < bound);
    }
    }
    return false;
}

bool LabelSelector::matches(const std::function<std::optional<QString>(const QString&)>& valueOf) const
{
    return std::ranges::all_of(m_terms, [&](const Term& term) { return holds(term, valueOf(term.key)); });
}

base::Result<FieldSelector> FieldSelector::parse(const QString& text)
{
    FieldSelector selector;
    if (text.trimmed().isEmpty())
        return selector;
    Term term;
    QString word;
    bool hasSign = false;
    const auto end = [&] {
        term.value = word;
        selector.m_terms.push_back(std::exchange(term, {}));
        word.clear();
        return std::exchange(hasSign, false);
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char('\\') && i + 1 < text.size()) {
            word += text[++i];
        } else if (c == QLatin1Char(',')) {
            if (!end())
                return unreadable(text);
        } else if (!hasSign && (c == QLatin1Char('=') || c == QLatin1Char('!'))) {
            term.isEqual = c == QLatin1Char('=');
            const bool isDouble = i + 1 < text.size() && text[i + 1] == QLatin1Char('=');
            if (!term.isEqual && !isDouble)
                return unreadable(text);
            i += isDouble ? 1 : 0;
            term.field = std::exchange(word, {}).trimmed();
            hasSign = true;
        } else {
            word += c;
        }
    }
    if (!end())
        return unreadable(text);
    return selector;
}

bool FieldSelector::matches(const std::function<QString(const QString&)>& valueOf) const
{
    return std::ranges::all_of(m_terms,
                               [&](const Term& term) { return (valueOf(term.field) == term.value) == term.isEqual; });
}

} // namespace kube
