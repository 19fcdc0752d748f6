#include "app/change/dependents.h"
#include "app/change/manifestset.h"

#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/cli/writing.h"
#include "app/kube/jsonread.h"
#include "app/messages/changes.h"
#include "app/messages/deletions.h"
#include "app/messages/errors.h"
#include "app/messages/manifests.h"

#include <QCoreApplication>
#include <QFile>

namespace cli {
namespace {

using change::ManifestFlow;
using kube::Json;

constexpr qint64 LargestFile = 4LL << 20;

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString wordOf(const change::ManifestSet::Item& item)
{
    const bool isRefused = !item.flow || item.flow->state() == ManifestFlow::State::Failed ||
                           item.flow->state() == ManifestFlow::State::Conflicted;
    if (isRefused)
        return QStringLiteral("refused");
    switch (item.flow->action()) {
    case ManifestFlow::Action::Create:
        return QStringLiteral("create");
    case ManifestFlow::Action::Update:
        return QStringLiteral("update");
    default:
        return QStringLiteral("unchanged");
    }
}

const base::Error& errorOf(const change::ManifestSet::Item& item)
{
    return item.flow ? item.flow->error() : item.error;
}

Json dependentsJson(const change::Dependents& dependents)
{
    Json groups = Json::array();
    for (const auto& group : dependents.groups)
        groups.push_back({{"kind", group.kind.toStdString()},
                          {"relation", change::idOf(group.relation).toStdString()},
                          {"count", group.count},
                          {"names", texts(group.names)}});
    for (const auto& unread : dependents.unread)
        groups.push_back({{"kind", unread.kind.toStdString()},
                          {"relation", nullptr},
                          {"count", nullptr},
                          {"error", errorJson(unread.error)}});
    return groups;
}

/// Who keeps the object that is there, and what depends on it where that was looked for; null where there is none.
Json existingOf(const change::ManifestSet::Item& item, const change::DependentsSurvey* survey)
{
    if (!item.flow || !item.flow->live().is_object())
        return nullptr;
    const Json& live = item.flow->live();
    kube::ObjectRef ref = item.ref;
    ref.uid = kube::rawText(live, {"metadata", "uid"});
    Json managers = Json::array();
    for (const Json& each : kube::elements(live, {"metadata", "managedFields"})) {
        if (const QString manager = kube::rawText(each, {"manager"}); !manager.isEmpty())
            managers.push_back(manager.toStdString());
    }
    const auto& owners = kube::elements(live, {"metadata", "ownerReferences"});
    const Json owner = owners.empty() ? Json(nullptr) : owners.front();
    return {{"ref", refJson(ref)},
            {"owner", owner},
            {"managers", managers},
            {"createdAt", textOrNull(kube::rawText(live, {"metadata", "creationTimestamp"}))},
            {"dependents", survey ? dependentsJson(survey->dependents()) : Json(nullptr)}};
}

/// What stands in the way, or what was left as it is for that.
const std::vector<change::ImmutableField>& immutableOf(const change::ManifestSet::Item& item)
{
    static const std::vector<change::ImmutableField> none;
    if (!item.flow)
        return none;
    return item.flow->immutable().empty() ? item.flow->kept() : item.flow->immutable();
}

std::vector<change::WayOut> waysOutOf(const change::ManifestSet::Item& item)
{
    return item.flow ? change::waysOut(item.flow->live(), item.flow->immutable()) : std::vector<change::WayOut>{};
}

/// The fields that stand in the way, live and wanted side by side, and the ways out.
QString immutableText(const change::ManifestSet::Item& item)
{
    QString text;
    const auto brief = [](const Json& value) {
        const QString words = value.is_null() ? QStringLiteral("-") : messages::valueText(value);
        return words.size() > 120 ? words.left(120) + QStringLiteral("…") : words;
    };
    const bool isKept = item.flow && item.flow->immutable().empty();
    for (const change::ImmutableField& each : immutableOf(item))
        text += (isKept ? Cli::tr("  %1 stays as it is: %2, wanted was %3")
                        : Cli::tr("  %1 cannot be changed any more: it is %2, wanted is %3"))
                    .arg(base::visible(each.field), brief(each.live), brief(each.wanted)) +
                QLatin1Char('\n');
    for (const change::WayOut& way : waysOutOf(item)) {
        text += QStringLiteral("  → ") + messages::sentence(way) + QLatin1Char('\n');
        for (const QString& loss : way.loses)
            text += QStringLiteral("    ") + messages::lossSentence(loss) + QLatin1Char('\n');
    }
    return text;
}

Json jsonOf(const change::ManifestSet::Item& item, const change::DependentsSurvey* survey)
{
    Json warnings = Json::array();
    Json problems = Json::array();
    const base::Error& error = errorOf(item);
    if (item.flow) {
        for (const change::Notice& notice : item.flow->notices())
            warnings.push_back(
                {{"id", notice.id.toStdString()}, {"message", messages::sentence(notice).toStdString()}});
        for (const kube::FieldProblem& problem : kube::fieldProblems(error)) {
            const config::YamlPlace place = item.flow->manifest().placeOf(problem.field);
            problems.push_back({{"field", problem.field.toStdString()},
                                {"message", problem.message.toStdString()},
                                {"line", place.line},
                                {"column", place.column}});
        }
    }
    const QString word = wordOf(item);
    const bool isRefused = word == QLatin1String("refused");
    Json immutable = Json::array();
    Json choices = Json::array();
    for (const change::ImmutableField& each : immutableOf(item))
        immutable.push_back({{"field", each.field.toStdString()}, {"live", each.live}, {"wanted", each.wanted}});
    for (const change::WayOut& way : waysOutOf(item))
        choices.push_back({{"id", way.id.toStdString()},
                           {"message", messages::sentence(way).toStdString()},
                           {"loses", texts(way.loses)}});
    return {{"ref", refJson(item.ref)},
            {"line", item.place.line},
            {"action", word.toStdString()},
            {"diff", item.flow ? change::unifiedText(item.flow->diff()).toStdString() : std::string()},
            {"warnings", std::move(warnings)},
            {"error", isRefused ? errorJson(error) : Json(nullptr)},
            {"fields", std::move(problems)},
            {"waitsForNamespace", item.comesWithNamespace && error.kind == base::ErrorKind::NotFound},
            {"applied", item.flow && item.flow->state() == ManifestFlow::State::Applied},
            {"immutable", std::move(immutable)},
            {"existing", existingOf(item, survey)},
            {"choices", std::move(choices)}};
}

/// One run: previews, with --apply applies where the server accepts everything, prints.
class Apply : public QObject {
public:
    explicit Apply(Run& run) : QObject(&run), m_run(run) {}

    void start()
    {
        const change::Origin origin = change::originOf(m_run.context(), m_run.client().transport()->address());
        if (origin.readOnly) {
            m_run.fail({.kind = base::ErrorKind::ReadOnly, .asked = m_run.options().command, .ofWhom = origin.address});
            return;
        }
        const QString name = m_run.options().value("f");
        QFile file(name);
        const bool isOpen =
            name == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
        if (!isOpen) {
            m_run.fail(
                {.kind = base::ErrorKind::BadConfig,
                 .reason = QFile::exists(name) ? QStringLiteral("fileUnreadable") : QStringLiteral("fileMissing"),
                 .said = file.errorString(),
                 .ofWhom = name});
            return;
        }
        const QByteArray text = file.read(LargestFile + 1);
        if (text.size() > LargestFile) {
            m_run.fail({.kind = base::ErrorKind::Limit,
                        .reason = QStringLiteral("fileTooLarge"),
                        .asked = m_run.options().command,
                        .ofWhom = name});
            return;
        }
        auto manifests = kube::parseManifests(text);
        if (!manifests) {
            base::Error error = manifests.error();
            error.ofWhom = name;
            const QString place = error.causes.empty() ? QString() : error.causes.front().field;
            error.said = messages::labelled(place, messages::manifestSentence(error));
            m_run.fail(error);
            return;
        }
        kube::discover(m_run.client())
            .future.then(this,
                         [this, origin, parsed = std::make_shared<std::vector<kube::Manifest>>(std::move(*manifests))](
                             const base::Result<kube::ApiCatalog>& catalog) {
                             if (!catalog) {
                                 m_run.fail(catalog.error());
                                 return;
                             }
                             m_catalog = *catalog;
                             begin(origin, std::move(*parsed));
                         });
    }

private:
    void begin(const change::Origin& origin, std::vector<kube::Manifest> manifests)
    {
        m_set = std::make_unique<change::ManifestSet>(
            m_run.client(), origin, m_catalog, std::move(manifests), &m_log,
            change::ManifestSet::Options{.nameSpace = m_run.nameSpace(),
                                         .force = m_run.options().isSet("force-conflicts"),
                                         .oneNamespace = !m_run.options().nameSpace.isEmpty(),
                                         .keepImmutable = m_run.options().isSet("keep-immutable")});
        connect(m_set.get(), &change::ManifestSet::settled, this, [this] {
            if (m_run.options().isSet("apply") && !m_applied && m_set->isAccepted()) {
                m_applied = true;
                m_set->apply();
                return;
            }
            readDependents();
        });
        m_set->preview();
    }

    /// Of each object that stands in the way: who is told to delete it should know.
    void readDependents()
    {
        for (const auto& item : m_set->items()) {
            if (!item.flow || item.flow->immutable().empty() || m_surveys.contains(&item))
                continue;
            auto survey = std::make_unique<change::DependentsSurvey>(m_run.client(), m_catalog);
            connect(survey.get(), &change::DependentsSurvey::finished, this, &Apply::readDependents);
            survey->read({{item.flow->target(), kube::rawText(item.flow->live(), {"metadata", "uid"})}});
            m_surveys[&item] = std::move(survey);
            return;
        }
        print();
    }

    const change::DependentsSurvey* surveyOf(const change::ManifestSet::Item& item) const
    {
        const auto found = m_surveys.find(&item);
        return found == m_surveys.end() ? nullptr : found->second.get();
    }

    void print()
    {
        const base::Error* worst = nullptr;
        Json objects = Json::array();
        QString text;
        for (const auto& item : m_set->items()) {
            objects.push_back(jsonOf(item, surveyOf(item)));
            const bool isRefused = wordOf(item) == QLatin1String("refused");
            const bool isDone = item.flow && item.flow->state() == ManifestFlow::State::Applied;
            text += base::visible(item.ref.kind + QLatin1Char('/') + item.ref.name) + QStringLiteral("  ") +
                    wordOf(item) +
                    (isDone && wordOf(item) != QLatin1String("unchanged") ? Cli::tr(" (done)") : QString()) +
                    QLatin1Char('\n');
            if (item.flow) {
                for (const change::Notice& notice : item.flow->notices())
                    text += QStringLiteral("  ") + base::visible(messages::sentence(notice)) + QLatin1Char('\n');
                text += base::visible(change::unifiedText(item.flow->diff()), base::Lines::Many);
                text += immutableText(item);
                if (const change::DependentsSurvey* survey = surveyOf(item))
                    for (const QString& line :
                         messages::dependentLines(survey->dependents(), change::Propagation::Background))
                        text += QStringLiteral("    ") + line + QLatin1Char('\n');
                if (item.flow->logError() != base::Error{})
                    m_run.warn(messages::sentence(item.flow->logError()));
            }
            const bool waits = item.comesWithNamespace && errorOf(item).kind == base::ErrorKind::NotFound;
            if (!isRefused || (waits && !m_applied))
                continue;
            m_run.warn(Cli::tr("line %1: %2")
                           .arg(item.place.line)
                           .arg(base::visible(messages::manifestSentence(errorOf(item)))));
            if (!worst)
                worst = &errorOf(item);
        }
        if (m_run.options().json)
            m_run.printJson({{"objects", std::move(objects)}});
        else
            m_run.print(text.toUtf8());
        if (!worst)
            m_run.done();
        else if (worst->kind == base::ErrorKind::Invalid || worst->kind == base::ErrorKind::NotFound)
            m_run.done(Exit::SomethingWrong);
        else
            m_run.done(exitOf(*worst));
    }

    Run& m_run;
    change::WriteLog m_log;
    kube::ApiCatalog m_catalog;
    std::unique_ptr<change::ManifestSet> m_set;
    std::map<const change::ManifestSet::Item*, std::unique_ptr<change::DependentsSurvey>> m_surveys;
    bool m_applied = false;
};

void runApply(Run& run)
{
    (new Apply(run))->start();
}

QString checkApply(Options& options)
{
    if (!options.arguments.isEmpty() || options.value("f").isEmpty())
        return Cli::tr("“apply” takes a file: -f FILE, or -f - for standard input.");
    if (options.allNamespaces)
        return Cli::tr("“apply” takes one namespace (-n), not all.");
    return {};
}

} // namespace

Command applyCommand()
{
    return {
        .name = "apply",
        .arguments = "-f FILE",
        .summary = QT_TRANSLATE_NOOP("Cli", "what the objects of a file would change; --apply changes them"),
        .options = {{"f", "FILE", QT_TRANSLATE_NOOP("Cli", "Read objects from this file, or - for standard input.")},
                    ApplyOption,
                    {"force-conflicts", nullptr, QT_TRANSLATE_NOOP("Cli", "Take over fields that other managers own.")},
                    {"keep-immutable", nullptr,
                     QT_TRANSLATE_NOOP("Cli", "Leave fields that cannot be changed any more as they are, and apply "
                                              "the rest.")}},
        .check = checkApply,
        .run = runApply};
}

} // namespace cli
