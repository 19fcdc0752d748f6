#include "ui/shell/view.h"

#include <QUrl>

namespace ui {
namespace {

QString encoded(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QString decoded(QStringView text)
{
    return QUrl::fromPercentEncoding(text.toLatin1());
}

constexpr QLatin1String Scheme("alidade://");
constexpr QLatin1String Core("core"); // stands for the empty group in a link

QString joined(const QStringList& segments)
{
    QStringList parts;
    for (const QString& segment : segments)
        parts << encoded(segment);
    return parts.join(QLatin1Char('/'));
}

} // namespace

View View::ofKind(const QString& cluster, const QString& group, const QString& version, const QString& resource)
{
    View view;
    view.page = QStringLiteral("kind");
    view.cluster = cluster;
    view.group = group;
    view.version = version;
    view.resource = resource;
    return view;
}

View View::ofObject(const kube::ObjectRef& object)
{
    View view;
    view.page = QStringLiteral("object");
    view.cluster = object.cluster;
    view.object = object;
    return view;
}

QString View::identity() const
{
    QStringList segments{cluster, page};
    if (!resource.isEmpty())
        segments << (group.isEmpty() ? QString(Core) : group) << version << resource;
    // An object deleted and made again under its name is shown in the same tab: its uid is not part of the link.
    if (!object.kind.isEmpty())
        segments << object.apiVersion << object.kind << object.nameSpace << object.name;
    return joined(segments);
}

QString View::toText() const
{
    QStringList query;
    const auto add = [&query](const QString& name, const QString& value) {
        query << encoded(name) + QLatin1Char('=') + encoded(value);
    };
    for (const QString& name : nameSpaces)
        add(QStringLiteral("namespace"), name);
    if (!filter.isEmpty())
        add(QStringLiteral("filter"), filter);
    for (auto it = more.cbegin(); it != more.cend(); ++it)
        add(QStringLiteral("x-") + it.key(), it.value());
    QString text = Scheme + identity();
    if (!query.isEmpty())
        text += QLatin1Char('?') + query.join(QLatin1Char('&'));
    return text;
}

std::optional<View> View::fromText(const QString& text)
{
    if (!text.startsWith(Scheme))
        return {};
    const QString rest = text.mid(Scheme.size());
    const qsizetype question = rest.indexOf(QLatin1Char('?'));
    const QStringList segments = (question < 0 ? rest : rest.left(question)).split(QLatin1Char('/'));
    if (segments.size() < 2)
        return {};
    const auto segment = [&segments](qsizetype i) { return decoded(segments[i]); };
    View view;
    view.cluster = segment(0);
    view.page = segment(1);
    if (view.page.isEmpty())
        return {};
    if (segments.size() == 5) {
        view.group = segment(2) == Core ? QString() : segment(2);
        view.version = segment(3);
        view.resource = segment(4);
    } else if (segments.size() == 6) {
        view.object = {view.cluster, segment(2), segment(3), segment(4), segment(5), {}};
    } else if (segments.size() != 2) {
        return {};
    }
    if (question >= 0) {
        const QStringList pairs = rest.mid(question + 1).split(QLatin1Char('&'), Qt::SkipEmptyParts);
        for (const QString& pair : pairs) {
            const QString name = decoded(pair.section(QLatin1Char('='), 0, 0));
            const QString value = decoded(pair.section(QLatin1Char('='), 1));
            if (name == QLatin1String("namespace"))
                view.nameSpaces << value;
            else if (name == QLatin1String("filter"))
                view.filter = value;
            else if (name.startsWith(QLatin1String("x-")))
                view.more.insert(name.mid(2), value);
        }
    }
    return view;
}

} // namespace ui
