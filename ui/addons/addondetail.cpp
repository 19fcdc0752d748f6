#include "ui/addons/addondetail.h"

#include "app/base/visible.h"
#include "app/kube/objectname.h"
#include "app/messages/addons.h"

#include <QCoreApplication>

namespace ui {
namespace {

struct Detail {
    Q_DECLARE_TR_FUNCTIONS(ui::AddonDetail)
};

QString shown(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("–") : base::visible(text);
}

KeyValue partRow(const tke::PartState& part, std::size_t number, bool canOpen)
{
    return {.id = QString::number(number),
            .label = part.ref.kind,
            .value = Detail::tr("%1: %2", "an object, then how it is")
                         .arg(kube::shownName(part.ref.nameSpace, part.ref.name), messages::partState(part)),
            .sign = signOf(part),
            .leads = canOpen && part.isKnown() && part.state != tke::PartState::State::Absent};
}

KeyValues meaning(const QString& sentence, const QString& advice, Sign sign)
{
    KeyValues group{.id = QStringLiteral("meaning"), .title = Detail::tr("What that means"), .rows = {}};
    group.rows.push_back({.id = QStringLiteral("sentence"), .label = {}, .value = sentence, .sign = sign});
    if (!advice.isEmpty())
        group.rows.push_back({.id = QStringLiteral("advice"), .label = Detail::tr("What to do"), .value = advice});
    return group;
}

} // namespace

Sign signOf(const tke::AddonView& addon)
{
    if (const auto severity = addon.severity())
        return signOf(*severity);
    return addon.state == tke::AddonState::NotKnown ? Sign::Unknown : Sign::None;
}

Sign signOf(const tke::PartState& part)
{
    using State = tke::PartState::State;
    switch (part.state) {
    case State::NotKnown:
        return Sign::Unknown;
    case State::Absent:
        return part.isOptional ? Sign::None : Sign::Error;
    case State::Failing:
        return Sign::Error;
    case State::Off:
        return Sign::Warning;
    case State::Present:
    case State::Healthy:
        break;
    }
    return Sign::None;
}

std::vector<KeyValues> detailOf(const tke::AddonView& view, const tke::ClusterAddons& cluster,
                                const tke::AddonSurvey& survey, bool canOpen)
{
    const tke::Addon& addon = view.addon;
    const tke::AddonType* type = survey.findType(addon.type);
    QString version = shown(addon.version);
    if (type && !type->latestVersion.isEmpty() && type->latestVersion != addon.version)
        version = Detail::tr("%1 (the platform offers %2)", "versions").arg(version, type->latestVersion);
    std::vector<KeyValues> groups;
    groups.push_back(
        {.id = QStringLiteral("addon"),
         .title = addon.type,
         .rows = {{.id = QStringLiteral("object"),
                   .label = Detail::tr("Id"),
                   .value = shown(addon.ref.name),
                   .fixedFont = true,
                   .leads = true},
                  {.id = QStringLiteral("cluster"), .label = Detail::tr("Cluster"), .value = shown(cluster.cluster)},
                  {.id = QStringLiteral("version"), .label = Detail::tr("Version"), .value = version},
                  {.id = QStringLiteral("phase"), .label = Detail::tr("Phase"), .value = shown(addon.phase)}}});
    if (!addon.reason.isEmpty())
        groups.back().rows.push_back(
            {.id = QStringLiteral("reason"), .label = Detail::tr("Reason"), .value = addon.reason});
    groups.push_back(meaning(messages::sentence(view, cluster), messages::advice(view), signOf(view)));
    KeyValues made{.id = QStringLiteral("made"), .title = Detail::tr("What it made in the cluster"), .rows = {}};
    for (std::size_t i = 0; i < view.parts.size(); ++i)
        if (!view.parts[i].isOptional || view.parts[i].state != tke::PartState::State::Absent)
            made.rows.push_back(partRow(view.parts[i], i, canOpen));
    if (!made.rows.empty())
        groups.push_back(std::move(made));
    return groups;
}

std::vector<KeyValues> detailOf(const tke::LeftOver& leftOver, const tke::ClusterAddons& cluster, bool canOpen)
{
    return {
        {.id = QStringLiteral("addon"),
         .title = Detail::tr("%1, left over", "a type of addons").arg(leftOver.type),
         .rows = {{.id = QStringLiteral("cluster"), .label = Detail::tr("Cluster"), .value = shown(cluster.cluster)}}},
        meaning(messages::sentence(leftOver), messages::advice(leftOver), Sign::Warning),
        {.id = QStringLiteral("made"),
         .title = Detail::tr("What is there"),
         .rows = {partRow(leftOver.part, 0, canOpen)}}};
}

} // namespace ui
