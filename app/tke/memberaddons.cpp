#include "app/tke/memberaddons.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"

#include <algorithm>
#include <map>

namespace tke {
namespace {

using kube::Json;
using State = PartState::State;

const QString System = QStringLiteral("kube-system");
constexpr auto MetadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

int countOf(const Json& object, std::initializer_list<const char*> path, qint64 otherwise)
{
    return static_cast<int>(std::clamp<qint64>(kube::number(object, path).value_or(otherwise), 0, 1'000'000));
}

PartState unknown(const AddonPart& part)
{
    return {.ref = {.cluster = {},
                    .apiVersion = part.kind.apiVersion(),
                    .kind = part.kind.kind,
                    .nameSpace = part.kind.namespaced ? System : QString(),
                    .name = part.name,
                    .uid = {}},
            .isWorkload = part.isWorkload,
            .isOptional = part.isOptional,
            .message = {},
            .error = {}};
}

/// What its conditions complain of.
QString complaintOf(const Json& workload)
{
    QString complaint;
    for (const Json& each : kube::elements(workload, {"status", "conditions"})) {
        const bool isTrue = kube::rawText(each, {"status"}) == QLatin1String("True");
        const QString type = kube::rawText(each, {"type"});
        const QString message = kube::rawText(each, {"message"});
        if (type == QLatin1String("ReplicaFailure") && isTrue)
            return message;
        if (type != QLatin1String("ReplicaFailure") && !isTrue && complaint.isEmpty())
            complaint = message;
    }
    return complaint;
}

/// "a=b,c=d"; empty where its pods cannot be told by labels alone.
QString selectorOf(const Json& workload)
{
    const Json& labels = kube::at(workload, {"spec", "selector", "matchLabels"});
    if (!labels.is_object() || !kube::elements(workload, {"spec", "selector", "matchExpressions"}).empty())
        return {};
    QStringList words;
    for (const auto& [key, value] : labels.items())
        words << QString::fromStdString(key) + QLatin1Char('=') + kube::rawText(value);
    return words.join(QLatin1Char(','));
}

QString inWords(const QString& who, const QString& reason, const QString& message)
{
    QStringList words{who, reason, message};
    words.removeAll(QString());
    return base::visible(words.join(QStringLiteral(": ")));
}

/// A workload as it is kept of a list.
struct Found {
    QString name;
    Json object; ///< null where nobody asks for it
};

class MemberJob final : public base::Job<MemberAddons> {
public:
    MemberJob(const kube::Client& member, const std::vector<Addon>& installed, const QStringList& read)
        : m_member(member)
    {
        for (const Addon& addon : installed) {
            const AddonKind* kind = findAddonKind(addon.key);
            m_found.parts.push_back(partsOf(addon));
            for (std::size_t i = 0; kind && i < kind->parts.size(); ++i)
                m_wanted.push_back({&kind->parts[i], m_found.parts.size() - 1, i});
        }
        for (const AddonKind& kind : addonKinds()) {
            const bool isThere =
                std::ranges::any_of(installed, [&kind](const Addon& each) { return each.type == kind.type; });
            if (kind.hasOwnNames && !isThere && read.contains(kind.key))
                m_others.push_back(&kind);
        }
    }

    base::Call<MemberAddons> begin()
    {
        auto answer = call();
        m_left = 1;
        for (const char* resource : {"deployments", "daemonsets", "statefulsets"})
            listWorkloads(QLatin1String(resource));
        for (const Wanted& each : m_wanted)
            if (!each.part->isWorkload)
                askWhetherThere(each);
        settle();
        return answer;
    }

private:
    struct Wanted {
        const AddonPart* part;
        std::size_t addon;
        std::size_t index;
    };

    PartState& stateOf(const Wanted& wanted) { return m_found.parts[wanted.addon][wanted.index]; }

    bool isOfInterest(const QString& resource, const QString& name) const
    {
        const auto is = [&](const AddonPart& part) {
            return part.isWorkload && part.kind.resource == resource && part.name == name;
        };
        return std::ranges::any_of(m_wanted, [&](const Wanted& each) { return is(*each.part); }) ||
               std::ranges::any_of(m_others,
                                   [&](const AddonKind* each) { return std::ranges::any_of(each->parts, is); });
    }

    void listWorkloads(const QString& resource)
    {
        const kube::ApiResource kind{
            .group = QStringLiteral("apps"), .version = QStringLiteral("v1"), .resource = resource, .namespaced = true};
        ++m_left;
        follow(kube::listItems<Found>(m_member, {.path = kind.path(System)},
                                      [this, resource](const Json& object) {
                                          Found found{kube::rawText(object, {"metadata", "name"}), {}};
                                          if (isOfInterest(resource, found.name))
                                              found.object = object;
                                          return found;
                                      }),
               [this, resource](const base::Result<kube::ListedItems<Found>>& list) {
                   if (list)
                       take(resource, list->items);
                   else
                       fail(resource, list.error());
                   settle();
               });
    }

    void take(const QString& resource, const std::vector<Found>& list)
    {
        const auto find = [&list](const QString& name) -> const Json* {
            const auto found = std::ranges::find(list, name, &Found::name);
            return found == list.end() ? nullptr : &found->object;
        };
        for (const Wanted& each : m_wanted) {
            if (!each.part->isWorkload || each.part->kind.resource != resource)
                continue;
            PartState& state = stateOf(each);
            const Json* object = find(each.part->name);
            state = object ? workloadState(*object, *each.part) : unknown(*each.part);
            if (!object)
                state.state = State::Absent;
            else if (const QString selector = selectorOf(*object); state.state == State::Failing && !selector.isEmpty())
                askPods(each, selector);
        }
        for (const AddonKind* kind : m_others)
            for (const AddonPart& part : kind->parts)
                if (const Json* object = part.isWorkload && part.kind.resource == resource ? find(part.name) : nullptr)
                    m_found.leftOver.push_back({kind->type, workloadState(*object, part)});
    }

    void fail(const QString& resource, const base::Error& error)
    {
        for (const Wanted& each : m_wanted)
            if (each.part->isWorkload && each.part->kind.resource == resource)
                stateOf(each).error = error;
        if (!m_found.error && error.kind != base::ErrorKind::Forbidden)
            m_found.error = error;
    }

    void askPods(const Wanted& wanted, const QString& selector)
    {
        transport::Request request{.path = "/api/v1/namespaces/kube-system/pods"};
        request.query = {{QStringLiteral("labelSelector"), selector}, {QStringLiteral("limit"), QStringLiteral("50")}};
        ++m_left;
        follow(m_member.askJson(std::move(request)), [this, wanted](const base::Result<Json>& pods) {
            if (pods)
                for (const Json& pod : kube::elements(*pods, {"items"}))
                    if (const QString trouble = podTrouble(pod); !trouble.isEmpty()) {
                        stateOf(wanted).message = trouble;
                        break;
                    }
            settle();
        });
    }

    void askWhetherThere(const Wanted& wanted)
    {
        transport::Request request{
            .path = wanted.part->kind.path(wanted.part->kind.namespaced ? System : QString(), wanted.part->name)};
        // fluentd-config holds a password.
        request.headers.emplace_back("Accept", MetadataOnly);
        ++m_left;
        follow(m_member.askJson(std::move(request)), [this, wanted](const base::Result<Json>& object) {
            PartState& state = stateOf(wanted);
            if (object) {
                state.state = State::Present;
                state.ref.uid = kube::rawText(*object, {"metadata", "uid"});
            } else if (object.error().kind == base::ErrorKind::NotFound) {
                state.state = State::Absent;
            } else {
                state.error = object.error();
            }
            settle();
        });
    }

    void settle()
    {
        if (--m_left != 0)
            return;
        std::ranges::sort(m_found.leftOver, {}, [](const LeftOver& each) { return each.part.ref.name; });
        end(std::move(m_found));
    }

    const kube::Client m_member;
    MemberAddons m_found;
    std::vector<Wanted> m_wanted;
    std::vector<const AddonKind*> m_others; ///< that are known not to be installed
    std::size_t m_left = 0;
};

} // namespace

QString idOf(PartState::State state)
{
    switch (state) {
    case State::NotKnown:
        return QStringLiteral("notKnown");
    case State::Absent:
        return QStringLiteral("absent");
    case State::Present:
        return QStringLiteral("present");
    case State::Healthy:
        return QStringLiteral("healthy");
    case State::Failing:
        return QStringLiteral("failing");
    case State::Off:
        break;
    }
    return QStringLiteral("off");
}

std::vector<PartState> partsOf(const Addon& addon)
{
    std::vector<PartState> parts;
    if (const AddonKind* kind = findAddonKind(addon.key))
        for (const AddonPart& each : kind->parts)
            parts.push_back(unknown(each));
    return parts;
}

PartState workloadState(const Json& object, const AddonPart& part)
{
    PartState state = unknown(part);
    state.ref.uid = kube::rawText(object, {"metadata", "uid"});
    if (part.kind.kind == QLatin1String("DaemonSet")) {
        // Before its controller has looked, nothing stands there.
        if (!kube::number(object, {"status", "desiredNumberScheduled"}))
            return state;
        state.wanted = countOf(object, {"status", "desiredNumberScheduled"}, 0);
        state.ready = countOf(object, {"status", "numberReady"}, 0);
    } else {
        state.wanted = countOf(object, {"spec", "replicas"}, 1);
        state.ready = countOf(object, {"status", "readyReplicas"}, 0);
    }
    if (state.wanted == 0)
        state.state = State::Off;
    else
        state.state = state.ready >= state.wanted ? State::Healthy : State::Failing;
    if (state.state == State::Failing)
        state.message = base::visible(complaintOf(object));
    return state;
}

QString podTrouble(const Json& pod)
{
    for (const char* list : {"initContainerStatuses", "containerStatuses"})
        for (const Json& status : kube::elements(pod, {"status", list})) {
            const QString name = kube::rawText(status, {"name"});
            const Json& waiting = kube::at(status, {"state", "waiting"});
            const QString reason = kube::rawText(waiting, {"reason"});
            if (!reason.isEmpty() && reason != QLatin1String("ContainerCreating") &&
                reason != QLatin1String("PodInitializing"))
                return inWords(name, reason, kube::rawText(waiting, {"message"}));
            const Json& ended = kube::at(status, {"state", "terminated"});
            if (kube::number(ended, {"exitCode"}).value_or(0) != 0)
                return inWords(name, kube::rawText(ended, {"reason"}), kube::rawText(ended, {"message"}));
        }
    if (const QString reason = kube::rawText(pod, {"status", "reason"}); !reason.isEmpty()) // "Evicted"
        return inWords({}, reason, kube::rawText(pod, {"status", "message"}));
    for (const char* type : {"PodScheduled", "Ready"})
        for (const Json& each : kube::elements(pod, {"status", "conditions"}))
            if (kube::rawText(each, {"type"}) == QLatin1String(type) &&
                kube::rawText(each, {"status"}) == QLatin1String("False"))
                return inWords({}, kube::rawText(each, {"reason"}), kube::rawText(each, {"message"}));
    return {};
}

base::Call<MemberAddons> readMemberAddons(const kube::Client& member, const std::vector<Addon>& installed,
                                          const QStringList& read)
{
    return (new MemberJob(member, installed, read))->begin();
}

} // namespace tke
