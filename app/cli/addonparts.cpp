#include "app/cli/addonparts.h"

#include "app/base/visible.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/messages/addons.h"

#include <QCoreApplication>

namespace cli {
namespace {

using kube::Json;

QString orDash(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("-") : text;
}

Json partJson(const tke::PartState& part)
{
    const bool counts = part.isWorkload && part.isKnown() && part.state != tke::PartState::State::Absent;
    return {{"ref", refJson(part.ref)},
            {"state", tke::idOf(part.state).toStdString()},
            {"ready", counts ? Json(part.ready) : Json(nullptr)},
            {"wanted", counts ? Json(part.wanted) : Json(nullptr)},
            {"message", textOrNull(part.message)},
            {"error", part.error ? errorJson(*part.error) : Json(nullptr)}};
}

Json addonJson(const tke::AddonView& view, const tke::ClusterAddons& cluster, const tke::AddonSurvey& survey)
{
    Json made = Json::array();
    for (const tke::PartState& each : view.parts)
        if (!each.isOptional || each.state != tke::PartState::State::Absent)
            made.push_back(partJson(each));
    const tke::AddonType* type = survey.findType(view.addon.type);
    const auto severity = view.severity();
    return {{"type", view.addon.type.toStdString()},
            {"kind", view.addon.ref.kind.toStdString()},
            {"name", view.addon.ref.name.toStdString()},
            {"version", textOrNull(view.addon.version)},
            {"latestVersion", textOrNull(type ? type->latestVersion : QString())},
            {"phase", textOrNull(view.addon.phase)},
            {"reason", textOrNull(view.addon.reason)},
            {"state", tke::idOf(view.state).toStdString()},
            {"severity", severity ? Json(base::idOf(*severity).toStdString()) : Json(nullptr)},
            {"finding", textOrNull(view.finding)},
            {"message", messages::sentence(view, cluster).toStdString()},
            {"advice", textOrNull(messages::advice(view))},
            {"made", std::move(made)}};
}

Json leftOverJson(const tke::LeftOver& leftOver)
{
    return {{"type", leftOver.type.toStdString()},
            {"part", partJson(leftOver.part)},
            {"message", messages::sentence(leftOver).toStdString()},
            {"advice", messages::advice(leftOver).toStdString()}};
}

} // namespace

void addAddons(Json& into, const tke::ClusterAddons& cluster, const tke::AddonSurvey& survey)
{
    into["addons"] = Json::array();
    for (const tke::AddonView& each : cluster.addons)
        into["addons"].push_back(addonJson(each, cluster, survey));
    into["leftOver"] = Json::array();
    for (const tke::LeftOver& each : cluster.leftOver)
        into["leftOver"].push_back(leftOverJson(each));
    into["addonsError"] = cluster.error ? errorJson(*cluster.error) : Json(nullptr);
    into["addonsUnread"] = Json::array();
    for (const tke::Unread& each : survey.unread)
        into["addonsUnread"].push_back({{"kind", each.kind.toStdString()}, {"error", errorJson(each.error)}});
}

void printAddons(Run& run, const std::vector<tke::ClusterAddons>& clusters)
{
    std::vector<QStringList> rows;
    for (const tke::ClusterAddons& cluster : clusters)
        for (const tke::AddonView& each : cluster.addons)
            rows.push_back({base::visible(cluster.cluster), each.addon.type, base::visible(each.addon.ref.name),
                            orDash(each.addon.version), orDash(each.addon.phase), messages::addonStateName(each.state),
                            messages::sentence(each, cluster).section(QLatin1Char('\n'), 0, 0)});
    run.print("\n");
    if (rows.empty())
        run.print(QCoreApplication::translate("Cli", "No addons are installed.").toUtf8() + '\n');
    else
        run.printTable({QStringLiteral("CLUSTER"), QStringLiteral("ADDON"), QStringLiteral("NAME"),
                        QStringLiteral("VERSION"), QStringLiteral("PHASE"), QStringLiteral("STATE"),
                        QStringLiteral("IN THE CLUSTER")},
                       rows);
    for (const tke::ClusterAddons& cluster : clusters) {
        for (const tke::LeftOver& each : cluster.leftOver)
            run.print('\n' + base::visible(cluster.cluster).toUtf8() + ": " + messages::sentence(each).toUtf8() +
                      "\n  " + messages::advice(each).toUtf8() + '\n');
        for (const tke::AddonView& each : cluster.addons)
            if (const QString advice = messages::advice(each); !advice.isEmpty())
                run.print('\n' + base::visible(cluster.cluster + QLatin1Char(' ') + each.addon.ref.name).toUtf8() +
                          ": " + messages::sentence(each, cluster).toUtf8() + "\n  " + advice.toUtf8() + '\n');
    }
}

} // namespace cli
