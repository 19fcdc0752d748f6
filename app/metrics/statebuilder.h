#pragma once
// Joins the rows of a kube-state-metrics page by object, one row after the other. One thread at a time.

#include "app/metrics/serieslabels.h"
#include "app/metrics/statefamilies.h"
#include "app/metrics/statepage.h"

#include <unordered_map>

namespace metrics {

/// Which part of a page is kept.
struct StateScope {
    QString nameSpace; ///< empty: all; nodes are kept in any case
    bool operator==(const StateScope&) const = default;
};

class StateBuilder {
public:
    /// Nodes, pods, containers and workloads together; more are passed over, and StatePage::problems says so.
    static constexpr std::size_t MostObjects = 1'000'000;

    explicit StateBuilder(const StateScope& scope) : m_nameSpace(scope.nameSpace.toStdString()) {}

    /// A row of a family that stateFamilyOf() knows. A value that cannot be what the family says is passed over.
    void take(const Sample& sample);
    /// A family that the page has, maybe without a row.
    void describe(std::string_view family);
    /// What was taken, with the sums over each pod's containers. Once. Texts are as they came: show them through
    /// base::visible().
    StatePage finish();

private:
    /// One object while its rows come in; its Subject is made once.
    struct Object {
        Subject subject;
        State state;
        LastEnd lastEnd;
        Owner owner;
        std::vector<JobFailure> failures;
        std::optional<double> readyReplicas;
    };

    void note(const StateFamily& family);
    Object* objectOf(const StateFamily& family, const Sample& sample);
    static void takeText(const StateFamily& family, const Sample& sample, Object& object);
    static bool takeAmount(StateFact fact, const Sample& sample, State& state);
    static void takeNumber(StateFact fact, double value, Object& object);
    static void sumContainers(StatePage& page);

    const std::string m_nameSpace;
    std::unordered_map<std::string, Object> m_objects;
    std::string m_key; ///< of m_last
    std::string m_nextKey;
    Object* m_last = nullptr;
    bool m_isFull = false;
    bool m_tellsLastEnds = false;
    std::string_view m_restartsFamily; ///< of the table of families
    QString m_version;
};

} // namespace metrics
