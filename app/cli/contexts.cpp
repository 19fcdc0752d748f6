#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/run.h"
#include "app/messages/errors.h"

#include <QCoreApplication>

namespace cli {
namespace {

QString marksOf(const config::Context& context)
{
    QStringList marks;
    if (context.production)
        marks << QStringLiteral("production");
    if (context.readOnly)
        marks << QStringLiteral("read-only");
    return marks.join(QLatin1Char(','));
}

void runContexts(Run& run)
{
    const config::Kubeconfig& kubeconfig = run.kubeconfig();
    for (const base::Error& error : kubeconfig.errors)
        run.warn(messages::sentence(error));
    for (const config::FileNote& note : kubeconfig.notes)
        run.warn(messages::sentence(note));
    if (run.options().json) {
        kube::Json list = kube::Json::array();
        for (const config::Context& context : kubeconfig.contexts) {
            kube::Json problems = kube::Json::array();
            for (const config::Problem& problem : context.problems)
                problems.push_back({{"id", problem.id.toStdString()},
                                    {"message", messages::sentence(problem).toStdString()},
                                    {"detail", problem.detail.toStdString()},
                                    {"blocks", problem.blocks}});
            kube::Json addresses = kube::Json::array();
            for (const config::KnownAddress& address : context.addresses)
                addresses.push_back({{"type", config::idOf(address.type).toStdString()},
                                     {"url", address.url.toString().toStdString()}});
            list.push_back({{"name", context.name.toStdString()},
                            {"file", context.file.toStdString()},
                            {"cluster", context.clusterName.toStdString()},
                            {"server", context.cluster.server.toString().toStdString()},
                            {"user", context.userName.toStdString()},
                            {"auth", config::idOf(context.user.authKind()).toStdString()},
                            {"namespace", context.nameSpace.isEmpty() ? "default" : context.nameSpace.toStdString()},
                            {"current", context.current},
                            {"production", context.production},
                            {"readOnly", context.readOnly},
                            {"insecureSkipTlsVerify", context.cluster.insecureSkipTlsVerify},
                            {"addresses", std::move(addresses)},
                            {"problems", std::move(problems)}});
        }
        run.printJson(list);
    } else {
        std::vector<QStringList> rows;
        for (const config::Context& context : kubeconfig.contexts)
            rows.push_back({context.current ? QStringLiteral("*") : QString(), base::visible(context.name),
                            base::visible(context.cluster.server.toString()), base::visible(context.userName),
                            config::idOf(context.user.authKind()),
                            context.nameSpace.isEmpty() ? QStringLiteral("default") : base::visible(context.nameSpace),
                            marksOf(context)});
        run.printTable({QStringLiteral("CURRENT"), QStringLiteral("NAME"), QStringLiteral("SERVER"),
                        QStringLiteral("USER"), QStringLiteral("AUTH"), QStringLiteral("NAMESPACE"),
                        QStringLiteral("MARKS")},
                       rows);
        for (const config::Context& context : kubeconfig.contexts)
            for (const config::Problem& problem : context.problems)
                run.warn(messages::labelled(base::visible(context.name), messages::sentence(problem)));
    }
    run.done(kubeconfig.errors.empty() ? Exit::Done : Exit::SomethingWrong);
}

} // namespace

Command contextsCommand()
{
    return {.name = "contexts",
            .arguments = "",
            .summary = QT_TRANSLATE_NOOP("Cli", "the contexts of the kubeconfigs, with their problems"),
            .connects = false,
            .run = runContexts};
}

} // namespace cli
