#include "app/cli/options.h"

#include "app/cli/command.h"
#include "app/endpoint/choice.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <algorithm>

namespace cli {
namespace {

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString description()
{
    qsizetype width = 0;
    const auto callOf = [](const Command& command) {
        return QStringLiteral("  %1 %2")
            .arg(QLatin1String(command.name), QString::fromUtf8(command.arguments))
            .trimmed();
    };
    for (const Command& command : commands())
        width = std::max(width, callOf(command).size());
    QString text =
        Cli::tr("Inspects Kubernetes and TKEStack clusters.") + QStringLiteral("\n\n") + Cli::tr("Commands:");
    for (const Command& command : commands())
        text += QStringLiteral("\n  %1   %2").arg(callOf(command).leftJustified(width), Cli::tr(command.summary));
    return text;
}

/// Own options of all commands, each name once: two commands may share one.
std::vector<OwnOption> ownOptions()
{
    std::vector<OwnOption> all;
    for (const Command& command : commands()) {
        for (const OwnOption& option : command.options) {
            const bool isThere = std::ranges::any_of(
                all, [&](const OwnOption& each) { return QLatin1String(each.name) == QLatin1String(option.name); });
            if (!isThere)
                all.push_back(option);
        }
    }
    return all;
}

bool takes(const Command& command, const QString& option)
{
    return std::ranges::any_of(command.options,
                               [&](const OwnOption& own) { return option == QLatin1String(own.name); });
}

} // namespace

Parsed parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(description());
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption kubeconfig(QStringLiteral("kubeconfig"), Cli::tr("Read this kubeconfig only."),
                                        QStringLiteral("FILE"));
    const QCommandLineOption context(QStringLiteral("context"), Cli::tr("Use this context, not the current one."),
                                     QStringLiteral("NAME"));
    const QCommandLineOption member(
        QStringLiteral("member"), Cli::tr("Speak to this member cluster of the TKEStack platform that the context is."),
        QStringLiteral("CLUSTER"));
    const QCommandLineOption snapshot(
        QStringLiteral("snapshot"),
        Cli::tr("Ask this snapshot in place of a cluster; “demo” is the one inside the program."),
        QStringLiteral("FILE"));
    const QCommandLineOption nameSpace({QStringLiteral("n"), QStringLiteral("namespace")},
                                       Cli::tr("Look in this namespace."), QStringLiteral("NS"));
    const QCommandLineOption all({QStringLiteral("A"), QStringLiteral("all-namespaces")},
                                 Cli::tr("Look in all namespaces."));
    const QCommandLineOption output({QStringLiteral("o"), QStringLiteral("output")},
                                    Cli::tr("text or json; a report also as md or html."), QStringLiteral("FORMAT"),
                                    QStringLiteral("text"));
    const QCommandLineOption lang(QStringLiteral("lang"), Cli::tr("en or zh_CN."), QStringLiteral("LANGUAGE"));
    const QCommandLineOption timeout(QStringLiteral("timeout"), Cli::tr("Give up after so many seconds."),
                                     QStringLiteral("S"), QStringLiteral("60"));
    const QCommandLineOption insecureToken(QStringLiteral("allow-insecure-token"),
                                           Cli::tr("Send a token to a server that is not verified."));
    const QCommandLineOption endpoint(
        QStringLiteral("endpoint"),
        Cli::tr("Speak to this address of the cluster: real, real:N, advertise or a URL; a member also through its "
                "platform: platform."),
        QStringLiteral("ADDRESS"));
    const QCommandLineOption tlsServerName(QStringLiteral("tls-server-name"),
                                           Cli::tr("Expect this name in the certificate of --endpoint."),
                                           QStringLiteral("NAME"));
    const QCommandLineOption assumeSame(
        QStringLiteral("assume-same-cluster"),
        Cli::tr("Use --endpoint also where it cannot be told that it is the same cluster."));
    const QCommandLineOption trustExec(QStringLiteral("trust-exec"),
                                       Cli::tr("Run the kubeconfig's sign-in program without asking."));
    parser.addOptions({kubeconfig, context, member, snapshot, nameSpace, all, output, lang, timeout, insecureToken,
                       endpoint, tlsServerName, assumeSame, trustExec});
    for (const OwnOption& own : ownOptions())
        parser.addOption(
            own.value ? QCommandLineOption(QLatin1String(own.name), Cli::tr(own.description), QLatin1String(own.value))
                      : QCommandLineOption(QLatin1String(own.name), Cli::tr(own.description)));
    parser.addPositionalArgument(QStringLiteral("COMMAND"), Cli::tr("One of the commands above."));

    const auto usage = [](const QString& why) { return Parsed{Parsed::Outcome::Usage, {}, why}; };
    if (!parser.parse(arguments))
        return usage(parser.errorText());
    if (parser.isSet(help))
        return {Parsed::Outcome::Text, {}, parser.helpText()};
    if (parser.isSet(version))
        return {Parsed::Outcome::Text, {}, QStringLiteral("alidadectl " ALIDADE_VERSION "\n")};
    const QStringList words = parser.positionalArguments();
    if (words.isEmpty())
        return usage(Cli::tr("No command was given. See alidadectl --help."));
    const Command* command = findCommand(words.front());
    if (!command)
        return usage(Cli::tr("“%1” is not a command. See alidadectl --help.").arg(words.front()));

    Options options;
    options.command = words.front();
    options.arguments = words.mid(1);
    options.kubeconfig = parser.value(kubeconfig);
    options.context = parser.value(context);
    options.member = parser.value(member);
    options.nameSpace = parser.value(nameSpace);
    options.allNamespaces = parser.isSet(all);
    options.lang = parser.value(lang);
    options.allowInsecureToken = parser.isSet(insecureToken);
    options.throughPlatform = parser.value(endpoint) == QLatin1String("platform");
    if (!options.throughPlatform)
        options.endpoint = parser.value(endpoint);
    options.tlsServerName = parser.value(tlsServerName);
    options.assumeSameCluster = parser.isSet(assumeSame);
    if (parser.isSet(member) && options.member.isEmpty())
        return usage(Cli::tr("--member takes the name of a cluster."));
    if (options.throughPlatform && options.member.isEmpty())
        return usage(Cli::tr("--endpoint platform goes with --member."));
    if (parser.isSet(endpoint) && !options.throughPlatform && !endpoint::choiceFromText(options.endpoint))
        return usage(
            Cli::tr("“%1” is no address of a cluster: real, real:N, advertise and URLs are.").arg(options.endpoint));
    if (!options.tlsServerName.isEmpty() && options.endpoint.isEmpty())
        return usage(Cli::tr("--tls-server-name goes with --endpoint."));
    options.trustExec = parser.isSet(trustExec);
    options.snapshot = parser.value(snapshot);
    if (parser.isSet(snapshot) && options.snapshot.isEmpty())
        return usage(Cli::tr("--snapshot takes a file, or “demo”."));
    if (!options.snapshot.isEmpty() && (!options.context.isEmpty() || parser.isSet(endpoint)))
        return usage(Cli::tr("A snapshot has no other contexts and no addresses to speak to."));
    QStringList outputs = parser.values(output);
    if (command->writesFile) { // which takes the option; the format may be named beside it
        const auto isFormat = [](const QString& each) {
            return each == QLatin1String("json") || each == QLatin1String("text");
        };
        for (const QString& each : outputs)
            if (!isFormat(each))
                options.outputFile = each;
        outputs.removeIf([&](const QString& each) { return !isFormat(each); });
        if (outputs.isEmpty() || !parser.isSet(output))
            outputs = {QStringLiteral("json")};
        if (options.outputFile.isEmpty())
            return usage(Cli::tr("“%1” takes the file to write: -o FILE.").arg(options.command));
    }
    const QString format = outputs.constLast();
    const QStringList formats{QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("md"),
                              QStringLiteral("html")};
    if (command->reports && !formats.contains(format))
        return usage(Cli::tr("“%1” is not a report's format: text, json, md and html are.").arg(format));
    if (!command->reports && formats.indexOf(format) != 0 && formats.indexOf(format) != 1)
        return usage(Cli::tr("“%1” is not an output format: text and json are.").arg(format));
    options.format = format;
    options.json = format == QLatin1String("json");
    if (parser.isSet(lang) && options.lang != QLatin1String("en") && options.lang != QLatin1String("zh_CN"))
        return usage(Cli::tr("“%1” is not a language: en and zh_CN are.").arg(options.lang));
    bool isNumber = false;
    const QString given = parser.isSet(timeout) ? parser.value(timeout) : QString::number(command->timeoutSeconds);
    const double seconds = given.toDouble(&isNumber);
    if (!isNumber || !(seconds > 0 && seconds <= 86'400)) // so that NaN is refused, too
        return usage(Cli::tr("“%1” is not a time in seconds.").arg(parser.value(timeout)));
    options.timeout = std::chrono::milliseconds(static_cast<qint64>(seconds * 1000));
    if (options.allNamespaces && parser.isSet(nameSpace))
        return usage(Cli::tr("Either one namespace (-n) or all (-A) can be asked for, not both."));

    for (const OwnOption& own : ownOptions()) {
        const QString name = QLatin1String(own.name);
        if (!parser.isSet(name))
            continue;
        if (!takes(*command, name))
            return usage(Cli::tr("“%1” takes no --%2.").arg(options.command, name));
        options.own[name] = own.value ? parser.values(name) : QStringList{QString()};
    }
    if (parser.isSet(member) && !command->connects && !command->members)
        return usage(Cli::tr("“%1” takes no --%2.").arg(options.command, member.names().front()));
    if (command->check) {
        if (const QString wrong = command->check(options); !wrong.isEmpty())
            return usage(wrong);
    } else if (!options.arguments.isEmpty()) {
        return usage(Cli::tr("“%1” takes no arguments.").arg(options.command));
    }
    return {Parsed::Outcome::Run, options, {}};
}

} // namespace cli
