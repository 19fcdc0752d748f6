#include "app/cli/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace cli {
namespace {

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

bool isKnown(const QString& command)
{
    static const QStringList commands{QStringLiteral("contexts"), QStringLiteral("tree"), QStringLiteral("get")};
    return commands.contains(command);
}

} // namespace

Parsed parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Cli::tr("Inspects Kubernetes and TKEStack clusters.\n\n"
                "Commands:\n"
                "  contexts          the contexts of the kubeconfigs, with their problems\n"
                "  tree              the kinds that a cluster serves, with counts\n"
                "  get KIND [NAME]   the server's own table of a kind, or one object"));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption kubeconfig(QStringLiteral("kubeconfig"), Cli::tr("Read this kubeconfig only."),
                                        QStringLiteral("FILE"));
    const QCommandLineOption context(QStringLiteral("context"), Cli::tr("Use this context, not the current one."),
                                     QStringLiteral("NAME"));
    const QCommandLineOption nameSpace({QStringLiteral("n"), QStringLiteral("namespace")},
                                       Cli::tr("Look in this namespace."), QStringLiteral("NS"));
    const QCommandLineOption all({QStringLiteral("A"), QStringLiteral("all-namespaces")},
                                 Cli::tr("Look in all namespaces."));
    const QCommandLineOption output({QStringLiteral("o"), QStringLiteral("output")}, Cli::tr("text or json."),
                                    QStringLiteral("FORMAT"), QStringLiteral("text"));
    const QCommandLineOption lang(QStringLiteral("lang"), Cli::tr("en or zh_CN."), QStringLiteral("LANGUAGE"));
    const QCommandLineOption timeout(QStringLiteral("timeout"), Cli::tr("Give up after so many seconds."),
                                     QStringLiteral("S"), QStringLiteral("60"));
    const QCommandLineOption insecureToken(QStringLiteral("allow-insecure-token"),
                                           Cli::tr("Send a token to a server that is not verified."));
    parser.addOptions({kubeconfig, context, nameSpace, all, output, lang, timeout, insecureToken});
    parser.addPositionalArgument(QStringLiteral("COMMAND"), Cli::tr("contexts, tree or get."));

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
    if (!isKnown(words.front()))
        return usage(Cli::tr("“%1” is not a command. See alidadectl --help.").arg(words.front()));

    Options options;
    options.command = words.front();
    options.arguments = words.mid(1);
    options.kubeconfig = parser.value(kubeconfig);
    options.context = parser.value(context);
    options.nameSpace = parser.value(nameSpace);
    options.allNamespaces = parser.isSet(all);
    options.lang = parser.value(lang);
    options.allowInsecureToken = parser.isSet(insecureToken);
    const QString format = parser.value(output);
    if (format != QLatin1String("text") && format != QLatin1String("json"))
        return usage(Cli::tr("“%1” is not an output format: text and json are.").arg(format));
    options.json = format == QLatin1String("json");
    if (parser.isSet(lang) && options.lang != QLatin1String("en") && options.lang != QLatin1String("zh_CN"))
        return usage(Cli::tr("“%1” is not a language: en and zh_CN are.").arg(options.lang));
    bool isNumber = false;
    const double seconds = parser.value(timeout).toDouble(&isNumber);
    if (!isNumber || !(seconds > 0 && seconds <= 86'400)) // so that NaN is refused, too
        return usage(Cli::tr("“%1” is not a time in seconds.").arg(parser.value(timeout)));
    options.timeout = std::chrono::milliseconds(static_cast<qint64>(seconds * 1000));
    if (options.allNamespaces && parser.isSet(nameSpace))
        return usage(Cli::tr("Either one namespace (-n) or all (-A) can be asked for, not both."));

    const auto count = options.arguments.size();
    if (options.command != QLatin1String("get") && count > 0)
        return usage(Cli::tr("“%1” takes no arguments.").arg(options.command));
    if (options.command == QLatin1String("get")) {
        if (count == 1 && options.arguments.front().contains(QLatin1Char('/')))
            options.arguments = options.arguments.front().split(QLatin1Char('/'));
        if (options.arguments.isEmpty() || options.arguments.size() > 2 || options.arguments.contains(QString()))
            return usage(Cli::tr("“get” takes a kind, and a name if one object is wanted."));
        if (options.allNamespaces && options.arguments.size() == 2)
            return usage(Cli::tr("One object is in one namespace: name it with -n."));
    }
    return {Parsed::Outcome::Run, options, {}};
}

} // namespace cli
