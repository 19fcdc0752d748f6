#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/diagnose/diagnosis.h"
#include "app/diagnose/report.h"
#include "app/messages/errors.h"

#include <QCoreApplication>
#include <algorithm>

namespace cli {
namespace {

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// The guides named, those that an error text leads to, or those of the scan.
std::vector<const diagnose::Guide*> guidesOf(const Options& options)
{
    std::vector<const diagnose::Guide*> guides;
    for (const QString& word : options.arguments) {
        const diagnose::Guide* guide = diagnose::findGuide(word);
        if (guide && std::ranges::find(guides, guide) == guides.end())
            guides.push_back(guide);
    }
    if (guides.empty() && options.isSet("text"))
        return diagnose::guidesFor(options.value("text"));
    if (guides.empty())
        for (const diagnose::Guide& guide : diagnose::allGuides())
            if (guide.inScan)
                guides.push_back(&guide);
    return guides;
}

QStringList argumentsOf(const Options& options)
{
    QStringList arguments;
    std::ranges::copy_if(options.arguments, std::back_inserter(arguments),
                         [](const QString& word) { return !diagnose::findGuide(word); });
    return arguments;
}

QString checkArguments(Options& options)
{
    const QStringList arguments = argumentsOf(options);
    if (arguments.isEmpty())
        return {};
    const auto guides = guidesOf(options);
    const bool named = arguments.size() < options.arguments.size();
    if (!named)
        return Cli::tr("“%1” is not a guide: alidadectl check --list names them.").arg(arguments.front());
    if (std::ranges::none_of(guides, [](const diagnose::Guide* guide) { return !guide->arguments.isEmpty(); }))
        return Cli::tr("“%1” takes no “%2”.").arg(guides.front()->id, arguments.front());
    return {};
}

void listGuides(Run& run)
{
    const auto chosen = run.options().isSet("text") ? diagnose::guidesFor(run.options().value("text")) : [] {
        std::vector<const diagnose::Guide*> all;
        for (const diagnose::Guide& guide : diagnose::allGuides())
            all.push_back(&guide);
        return all;
    }();
    if (run.options().json) {
        kube::Json list = kube::Json::array();
        for (const diagnose::Guide* guide : chosen) {
            kube::Json symptoms = kube::Json::array();
            for (const diagnose::Text& symptom : guide->symptoms)
                symptoms.push_back(symptom.text().toStdString());
            list.push_back({{"id", guide->id.toStdString()},
                            {"title", guide->title.text().toStdString()},
                            {"symptoms", std::move(symptoms)},
                            {"arguments", guide->arguments.toStdString()},
                            {"needsCluster", guide->needsCluster}});
        }
        run.printJson({{"guides", std::move(list)}});
    } else {
        std::vector<QStringList> rows;
        for (const diagnose::Guide* guide : chosen)
            rows.push_back({(guide->id + QLatin1Char(' ') + guide->arguments).trimmed(), guide->title.text()});
        run.printTable({Cli::tr("GUIDE"), Cli::tr("WHAT IT IS FOR")}, rows);
    }
    run.done();
}

void print(Run& run, const diagnose::Report& report)
{
    const QString& format = run.options().format;
    if (format == QLatin1String("json")) {
        kube::Json json = diagnose::toJson(report);
        if (report.guides.size() == 1 && report.guides.front().error)
            json["error"] = errorJson(*report.guides.front().error);
        run.printJson(json);
    } else if (format == QLatin1String("md"))
        run.print(diagnose::toMarkdown(report).toUtf8());
    else if (format == QLatin1String("html"))
        run.print(diagnose::toHtml(report).toUtf8());
    else
        run.print(diagnose::toText(report).toUtf8());
}

void runCheck(Run& run)
{
    const Options& options = run.options();
    if (options.isSet("list")) {
        listGuides(run);
        return;
    }
    auto guides = guidesOf(options);
    if (run.isThroughPlatform() || run.snapshot()) { // what looks at connections has none to look at
        const std::size_t before = guides.size();
        const bool hadSome = !guides.empty();
        std::erase_if(guides, [](const diagnose::Guide* guide) { return diagnose::looksAtConnections(*guide); });
        if (run.snapshot() && !guides.empty() && guides.size() < before)
            run.warn(Cli::tr("Connections are not looked at in a snapshot; “endpoints” tells how they were then."));
        if (hadSome && guides.empty() && run.snapshot()) {
            run.fail({.kind = base::ErrorKind::NotCaptured, .ofWhom = options.snapshot});
            return;
        }
        if (hadSome && guides.empty()) {
            run.fail({.kind = base::ErrorKind::BadConfig,
                      .reason = QStringLiteral("throughPlatform"),
                      .said = options.member,
                      .ofWhom = run.context().name});
            return;
        }
    }
    if (guides.empty()) {
        run.warn(Cli::tr("No guide knows this error text. alidadectl check --list names the guides there are."));
        if (options.json)
            run.printJson(diagnose::toJson({.takenAt = QDateTime::currentDateTimeUtc()}));
        run.done(Exit::SomethingWrong);
        return;
    }
    const bool isScan = options.arguments.isEmpty() && !options.isSet("text");
    const auto endpoint = run.knownEndpoint();
    if (!endpoint) {
        run.fail(endpoint.error());
        return;
    }
    diagnose::Subject subject{.kubeconfig = run.kubeconfig(),
                              .files = run.files(),
                              .context =
                                  options.member.isEmpty() && !run.snapshot() ? options.context : run.context().name,
                              .endpoint = *endpoint,
                              .arguments = argumentsOf(options),
                              .nameSpace = options.nameSpace,
                              .text = options.value("text"),
                              .journal = run.journal(),
                              .allowInsecureToken = options.allowInsecureToken,
                              .isSnapshot = run.snapshot() != nullptr,
                              .plugins = run.plugins()};
    const auto asks = [](const diagnose::Guide* guide) { return guide->needsCluster || guide->asksIfThere; };
    if (std::ranges::any_of(guides, asks)) {
        const auto connected = run.connect();
        if (connected) {
            subject.client = [&run] { return &run.client(); };
            subject.clientOf = run.members();
            if (!isScan) // which looks at the whole cluster
                subject.nameSpace = run.nameSpace();
        } else if (std::ranges::all_of(guides, [](const diagnose::Guide* guide) { return guide->needsCluster; })) {
            run.fail(connected.error());
            return;
        }
    }
    auto* diagnosis = new diagnose::Diagnosis(guides, std::move(subject), &run);
    auto timeIsUp = std::make_shared<bool>(false);
    QObject::connect(diagnosis, &diagnose::Diagnosis::finished, &run, [&run, diagnosis, timeIsUp] {
        const diagnose::Report& report = diagnosis->report();
        print(run, report);
        // What was asked for alone and could not be asked is how the program ends.
        const auto& error = report.guides.front().error;
        if (!*timeIsUp && report.guides.size() == 1 && error) {
            run.warn(base::visible(messages::sentenceWithAdvice(*error)));
            run.done(exitOf(*error));
            return;
        }
        run.done(*timeIsUp || report.hasErrors() ? Exit::SomethingWrong : Exit::Done);
    });
    run.onTimeout([&run, diagnosis, timeIsUp] {
        run.warn(Cli::tr("The time is up: what was not answered is left out."));
        *timeIsUp = true;
        diagnosis->stop();
    });
    diagnosis->start();
}

} // namespace

Command checkCommand()
{
    return {.name = "check",
            .arguments = "[GUIDE…] [ARG…]",
            .summary = QT_TRANSLATE_NOOP("Cli", "finds out what is wrong, step by step, and says what to do"),
            .connects = false,
            .members = true,
            .reports = true,
            .options = {{"list", nullptr, QT_TRANSLATE_NOOP("Cli", "List the guides.")},
                        {"text", "ERROR", QT_TRANSLATE_NOOP("Cli", "Choose the guides by an error text.")}},
            .check = checkArguments,
            .run = runCheck};
}

} // namespace cli
