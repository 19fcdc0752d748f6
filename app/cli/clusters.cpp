#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/run.h"
#include "app/messages/members.h"

#include <QCoreApplication>

namespace cli {
namespace {

using tke::MemberCluster;

kube::Json toJson(const MemberCluster& member)
{
    kube::Json addresses = kube::Json::array();
    for (const endpoint::Address& address : member.addresses)
        addresses.push_back(
            {{"type", endpoint::idOf(address.type).toStdString()}, {"url", address.text().toStdString()}});
    kube::Json failing;
    if (const MemberCluster::Condition* first = member.firstFailing())
        failing = {{"condition", first->type.toStdString()},
                   {"reason", first->reason.toStdString()},
                   {"message", first->message.toStdString()}};
    const auto severity = member.severity();
    return {{"name", member.name.toStdString()},
            {"displayName", member.displayName.toStdString()},
            {"type", member.type.toStdString()},
            {"version", member.version.isEmpty() ? kube::Json(nullptr) : kube::Json(member.version.toStdString())},
            {"phase", member.phase.isEmpty() ? kube::Json(nullptr) : kube::Json(member.phase.toStdString())},
            {"addresses", std::move(addresses)},
            {"firstFailing", std::move(failing)},
            {"locked", member.locked},
            {"severity", severity ? kube::Json(base::idOf(*severity).toStdString()) : kube::Json(nullptr)},
            {"tenant", member.tenant.toStdString()}};
}

/// "EnsurePreflight: FailedInit: …", the first line of it.
QString whyOf(const MemberCluster& member)
{
    const MemberCluster::Condition* first = member.firstFailing();
    if (!first)
        return member.locked ? QCoreApplication::translate("Cli", "locked by the platform") : QString();
    QStringList words{first->type, first->reason, first->message.section(QLatin1Char('\n'), 0, 0)};
    words.removeAll(QString());
    return words.join(QStringLiteral(": "));
}

QString orDash(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("-") : text;
}

void printText(Run& run, const std::vector<MemberCluster>& members)
{
    if (members.empty()) {
        run.warn(QCoreApplication::translate("Cli", "The platform has no clusters, or none that you may see."));
        return;
    }
    std::vector<QStringList> rows;
    for (const MemberCluster& each : members) {
        QStringList addresses;
        for (const endpoint::Address& address : each.addresses)
            addresses << endpoint::idOf(address.type) + QLatin1Char('=') + address.text();
        rows.push_back({each.name, orDash(each.displayName), orDash(each.type), orDash(each.version),
                        orDash(each.phase), orDash(addresses.join(QLatin1Char(','))), whyOf(each)});
    }
    run.printTable({QStringLiteral("NAME"), QStringLiteral("DISPLAY NAME"), QStringLiteral("TYPE"),
                    QStringLiteral("VERSION"), QStringLiteral("PHASE"), QStringLiteral("ADDRESSES"),
                    QStringLiteral("FIRST FAILING")},
                   rows);
}

void runClusters(Run& run)
{
    tke::readMembers(run.client())
        .future.then(&run, [&run](const base::Result<kube::ListedItems<MemberCluster>>& listed) {
            if (!listed) {
                run.fail(listed.error());
                return;
            }
            for (const MemberCluster& each : listed->items)
                for (const QString& address : each.unreadAddresses)
                    run.warn(
                        QCoreApplication::translate("Cli", "%1 has an address that is none, or of an unknown type: %2")
                            .arg(each.name, address));
            if (run.options().json) {
                kube::Json list = kube::Json::array();
                for (const MemberCluster& each : listed->items)
                    list.push_back(toJson(each));
                run.printJson(list);
            } else {
                printText(run, listed->items);
            }
            run.done();
        });
}

} // namespace

Command clustersCommand()
{
    return {.name = "clusters",
            .arguments = "",
            .summary = QT_TRANSLATE_NOOP("Cli", "the member clusters of a TKEStack platform"),
            .run = runClusters};
}

} // namespace cli
