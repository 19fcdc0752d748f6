#include "ui/businesses/businessdetail.h"

#include "app/base/visible.h"
#include "app/messages/businesses.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

using Kind = tke::GraphBox::Kind;
using tke::BusinessPart;
using tke::BusinessPicture;

struct Detail {
    Q_DECLARE_TR_FUNCTIONS(ui::BusinessDetail)
};

constexpr QLatin1String ToBusiness("business:");
constexpr QLatin1String ToNamespace("namespace:");
constexpr QLatin1String ToCluster("cluster:");
constexpr QLatin1String ToObject("object");
constexpr QLatin1String ToLive("live");
constexpr std::size_t MostListed = 100; ///< rows of a group: a pane is read, a table is searched

Sign signOf(kube::Severity severity)
{
    return static_cast<Sign>(severity);
}

QString shown(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("–") : base::visible(text);
}

QString amountOf(const tke::Quantities& amounts, const QString& resource)
{
    const auto found = amounts.find(resource);
    return found == amounts.end() ? QString() : base::visible(found->second);
}

/// "4 of 8 used, 4 left": what is not told is left out.
QString quotaText(const QString& hard, const QString& used, const QString& left)
{
    if (used.isEmpty())
        return left.isEmpty() ? hard : Detail::tr("%1, %2 left", "quota").arg(hard, left);
    return left.isEmpty() ? Detail::tr("%1 of %2 used").arg(used, hard)
                          : Detail::tr("%1 of %2 used, %3 left").arg(used, hard, left);
}

void addMore(KeyValues& group, std::size_t all)
{
    if (all > MostListed)
        group.rows.push_back(
            {.id = QStringLiteral("more"),
             .label = {},
             .value = Detail::tr("and %n more: the table lists all", nullptr, static_cast<int>(all - MostListed))});
}

KeyValue rowOf(const BusinessPicture& picture, std::size_t index, const QString& label)
{
    const tke::BusinessNamespace& planned = picture.survey.namespaces[index];
    return {.id = ToNamespace + tke::partOf(planned).id,
            .label = label,
            .value = shown(planned.nameSpace),
            .sign = std::max(signOf(tke::severityOf(planned)), signOf(tke::severityOf(picture.liveOf(index), planned))),
            .leads = true};
}

KeyValues relativesOf(const BusinessPicture& picture, const tke::Business& business)
{
    KeyValues group{.id = QStringLiteral("relatives"), .title = Detail::tr("Parent and children"), .rows = {}};
    if (!business.parent.isEmpty()) {
        const tke::Business* parent = picture.survey.find(business.parent);
        group.rows.push_back({.id = ToBusiness + business.parent,
                              .label = Detail::tr("Parent"),
                              .value = parent
                                           ? titleOf(*parent)
                                           : Detail::tr("%1, which was not found").arg(base::visible(business.parent)),
                              .leads = parent != nullptr});
    }
    std::size_t children = 0;
    for (const tke::Business& each : picture.survey.businesses)
        if (each.parent == business.name && ++children <= MostListed)
            group.rows.push_back({.id = ToBusiness + each.name,
                                  .label = Detail::tr("Child"),
                                  .value = titleOf(each),
                                  .sign = signOf(tke::severityOf(each)),
                                  .leads = true});
    addMore(group, children);
    return group;
}

KeyValues quotaGroup(const BusinessPicture& picture, const tke::ClusterQuota& quota)
{
    KeyValues group{.id = QStringLiteral("quota.") + quota.cluster,
                    .title = Detail::tr("Quota in %1").arg(picture.clusterTitle(quota.cluster)),
                    .rows = {}};
    for (const auto& [resource, hard] : quota.hard)
        group.rows.push_back({.id = resource,
                              .label = base::visible(resource),
                              .value = quotaText(base::visible(hard), amountOf(quota.used, resource),
                                                 base::visible(tke::leftOf(quota, resource)))});
    if (group.rows.empty())
        group.rows.push_back(
            {.id = QStringLiteral("none"), .label = {}, .value = Detail::tr("Nothing is limited here.")});
    return group;
}

std::vector<KeyValues> ofBusiness(const BusinessPicture& picture, const tke::Business& business)
{
    std::vector<KeyValues> groups;
    KeyValues head{.id = QStringLiteral("business"), .title = titleOf(business), .rows = {}};
    head.rows = {
        {.id = ToObject, .label = Detail::tr("Id"), .value = shown(business.name), .fixedFont = true, .leads = true},
        {.id = QStringLiteral("tenant"), .label = Detail::tr("Tenant"), .value = shown(business.tenant)},
        {.id = QStringLiteral("phase"),
         .label = Detail::tr("Phase"),
         .value = shown(business.phase),
         .sign = signOf(tke::severityOf(business))}};
    if (business.locked)
        head.rows.push_back({.id = QStringLiteral("locked"),
                             .label = Detail::tr("Locked"),
                             .value = Detail::tr("The platform makes nothing in it."),
                             .sign = Sign::Warning});
    if (const QString failure = messages::failureOf(business); !failure.isEmpty())
        head.rows.push_back({.id = QStringLiteral("failure"),
                             .label = Detail::tr("What failed"),
                             .value = failure,
                             .sign = signOf(tke::severityOf(business))});
    QStringList members;
    for (const QString& each : business.members)
        members << base::visible(each);
    head.rows.push_back({.id = QStringLiteral("members"),
                         .label = Detail::tr("Members"),
                         .value = members.isEmpty() ? Detail::tr("none in spec.members") : QString(),
                         .chips = members});
    groups.push_back(std::move(head));
    if (KeyValues relatives = relativesOf(picture, business); !relatives.rows.empty())
        groups.push_back(std::move(relatives));
    for (const tke::ClusterQuota& quota : business.clusters)
        groups.push_back(quotaGroup(picture, quota));
    KeyValues spaces{.id = QStringLiteral("namespaces"), .title = Detail::tr("Namespaces"), .rows = {}};
    std::size_t count = 0;
    for (std::size_t i = 0; i < picture.survey.namespaces.size(); ++i)
        if (const auto& each = picture.survey.namespaces[i]; each.business == business.name && ++count <= MostListed)
            spaces.rows.push_back(rowOf(picture, i, picture.clusterTitle(each.cluster)));
    addMore(spaces, count);
    if (!spaces.rows.empty())
        groups.push_back(std::move(spaces));
    return groups;
}

/// Planned beside live, a row a resource.
KeyValues quotasOf(const tke::BusinessNamespace& planned, const tke::LiveNamespace* live)
{
    KeyValues group{.id = QStringLiteral("quota"), .title = Detail::tr("Quota"), .rows = {}};
    for (const auto& [resource, hard] : planned.hard)
        group.rows.push_back({.id = QStringLiteral("planned.") + resource,
                              .label = Detail::tr("%1, planned").arg(base::visible(resource)),
                              .value = quotaText(base::visible(hard), amountOf(planned.used, resource), {})});
    if (live)
        for (const auto& [resource, hard] : live->hard) {
            const QString wanted = amountOf(planned.hard, resource);
            const bool isOther = !wanted.isEmpty() && wanted != base::visible(hard);
            group.rows.push_back({.id = QStringLiteral("live.") + resource,
                                  .label = Detail::tr("%1, in the cluster").arg(base::visible(resource)),
                                  .value = quotaText(base::visible(hard), amountOf(live->used, resource), {}),
                                  .sign = isOther ? Sign::Warning : Sign::None});
        }
    if (group.rows.empty())
        group.rows.push_back({.id = QStringLiteral("none"), .label = {}, .value = Detail::tr("Nothing is limited.")});
    return group;
}

std::vector<KeyValues> ofNamespace(const BusinessPicture& picture, std::size_t index, const QString& ownCluster)
{
    const tke::BusinessNamespace& planned = picture.survey.namespaces[index];
    const tke::LiveNamespace* live = picture.liveOf(index);
    const tke::Business* business = picture.survey.find(planned.business);
    KeyValues head{.id = QStringLiteral("namespace"),
                   .title = Detail::tr("Namespace %1").arg(shown(planned.nameSpace)),
                   .rows = {}};
    head.rows = {
        {.id = ToBusiness + planned.business,
         .label = Detail::tr("Business"),
         .value = business ? titleOf(*business) : shown(planned.business),
         .leads = business != nullptr},
        {.id = ToObject, .label = Detail::tr("Object"), .value = shown(planned.name), .fixedFont = true, .leads = true},
        {.id = ToCluster + planned.cluster,
         .label = Detail::tr("Cluster"),
         .value = planned.cluster.isEmpty() ? shown({}) : picture.clusterTitle(planned.cluster),
         .leads = !planned.cluster.isEmpty()},
        {.id = QStringLiteral("why"),
         .label = Detail::tr("Why one"),
         .value = messages::oneCluster(),
         .sign = Sign::Info},
        {.id = QStringLiteral("phase"),
         .label = Detail::tr("Phase"),
         .value = shown(planned.phase),
         .sign = signOf(tke::severityOf(planned))}};
    if (const QString health = messages::healthSentence(planned); !health.isEmpty())
        head.rows.push_back({.id = QStringLiteral("health"),
                             .label = Detail::tr("The platform says"),
                             .value = health,
                             .sign = signOf(tke::severityOf(planned))});
    head.rows.push_back({.id = QStringLiteral("seen"),
                         .label = Detail::tr("In the cluster"),
                         .value = live ? messages::sentence(*live, planned) : messages::word(live, planned),
                         .sign = signOf(tke::severityOf(live, planned))});
    if (live && live->exists == true && !ownCluster.isEmpty() && planned.cluster == ownCluster)
        head.rows.push_back({.id = ToLive,
                             .label = Detail::tr("Live namespace"),
                             .value = shown(planned.nameSpace),
                             .fixedFont = true,
                             .leads = true});
    return {std::move(head), quotasOf(planned, live)};
}

std::vector<KeyValues> ofCluster(const BusinessPicture& picture, const QString& cluster, const QString& ownCluster)
{
    KeyValues head{.id = QStringLiteral("cluster"), .title = picture.clusterTitle(cluster), .rows = {}};
    head.rows.push_back(
        {.id = QStringLiteral("id"), .label = Detail::tr("Id"), .value = shown(cluster), .fixedFont = true});
    if (!ownCluster.isEmpty() && cluster == ownCluster)
        head.rows.push_back({.id = QStringLiteral("own"),
                             .label = Detail::tr("This one"),
                             .value = Detail::tr("The platform itself runs here; this window is connected to it.")});
    KeyValues allowed{.id = QStringLiteral("allowed"), .title = Detail::tr("May be used by"), .rows = {}};
    std::size_t users = 0;
    for (const tke::Business& each : picture.survey.businesses)
        if (each.in(cluster) && ++users <= MostListed)
            allowed.rows.push_back({.id = ToBusiness + each.name,
                                    .label = Detail::tr("Business"),
                                    .value = titleOf(each),
                                    .sign = signOf(tke::severityOf(each)),
                                    .leads = true});
    addMore(allowed, users);
    KeyValues sits{.id = QStringLiteral("sits"), .title = Detail::tr("Namespaces here"), .rows = {}};
    std::size_t count = 0;
    for (std::size_t i = 0; i < picture.survey.namespaces.size(); ++i)
        if (picture.survey.namespaces[i].cluster == cluster && ++count <= MostListed)
            sits.rows.push_back(rowOf(picture, i, base::visible(picture.survey.namespaces[i].business)));
    addMore(sits, count);
    head.rows.push_back({.id = QStringLiteral("count"),
                         .label = Detail::tr("Namespaces"),
                         .value = QLocale().toString(static_cast<qulonglong>(count))});
    std::vector<KeyValues> groups{std::move(head)};
    for (KeyValues* each : {&sits, &allowed})
        if (!each->rows.empty())
            groups.push_back(std::move(*each));
    return groups;
}

} // namespace

std::vector<KeyValues> detailOf(const BusinessPicture& picture, const BusinessPart& part, const QString& ownCluster)
{
    if (part.id.isEmpty())
        return {};
    if (part.kind == Kind::Cluster)
        return ofCluster(picture, part.id, ownCluster);
    if (part.kind == Kind::Business) {
        const tke::Business* business = picture.survey.find(part.id);
        return business ? ofBusiness(picture, *business) : std::vector<KeyValues>{};
    }
    const auto index = picture.findNamespace(part.id);
    return index ? ofNamespace(picture, *index, ownCluster) : std::vector<KeyValues>{};
}

DetailLead leadOf(const BusinessPicture& picture, const BusinessPart& part, const QString& id, const QString& cluster)
{
    for (const auto& [prefix, kind] : {std::pair{ToBusiness, Kind::Business}, std::pair{ToNamespace, Kind::Namespace},
                                       std::pair{ToCluster, Kind::Cluster}})
        if (id.startsWith(prefix))
            return {{kind, id.mid(prefix.size())}, {}};
    const bool isLive = id == ToLive;
    if (id != ToObject && !isLive)
        return {};
    kube::ObjectRef ref{.cluster = cluster,
                        .apiVersion = QStringLiteral("business.tkestack.io/v1"),
                        .kind = QStringLiteral("Project"),
                        .nameSpace = {},
                        .name = part.id,
                        .uid = {}};
    if (part.kind == Kind::Business) {
        if (const tke::Business* business = picture.survey.find(part.id))
            ref.uid = business->uid;
        return {{}, ref};
    }
    const auto index = part.kind == Kind::Namespace ? picture.findNamespace(part.id) : std::nullopt;
    if (!index)
        return {};
    const tke::BusinessNamespace& planned = picture.survey.namespaces[*index];
    ref.kind = QStringLiteral("Namespace");
    if (isLive)
        return {{}, kube::ObjectRef{cluster, QStringLiteral("v1"), ref.kind, {}, planned.nameSpace, {}}};
    ref.nameSpace = planned.business;
    ref.name = planned.name;
    ref.uid = planned.uid;
    return {{}, ref};
}

} // namespace ui
