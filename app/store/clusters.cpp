#include "app/store/clusters.h"

#include <algorithm>

namespace store {
namespace {

const QString ContextGone = QStringLiteral("contextGone");

bool isMember(const config::Context& context)
{
    return !context.member.isEmpty();
}

bool isInMemoryOnly(const config::Context& context)
{
    return isMember(context) || !context.snapshot.isEmpty();
}

/// Once it is closed there is nothing to open it again by.
bool isGone(const config::Context& context)
{
    return isInMemoryOnly(context) ||
           std::any_of(context.problems.begin(), context.problems.end(),
                       [](const config::Problem& problem) { return problem.id == ContextGone; });
}

} // namespace

Clusters::Clusters(transport::PluginHost* plugins, QObject* parent) : QObject(parent), m_plugins(plugins) {}

void Clusters::load(config::Kubeconfig kubeconfig)
{
    m_kubeconfig = std::move(kubeconfig);
    // What closes says so: nobody who listens then finds one that is half gone.
    auto gone = std::exchange(m_clusters, {});
    gone.clear();
    for (const config::Context& context : m_kubeconfig.contexts)
        m_clusters.push_back(make(context));
    emit loaded();
}

std::unique_ptr<Cluster> Clusters::make(const config::Context& context)
{
    auto cluster = std::make_unique<Cluster>(context, &m_journal, m_plugins);
    cluster->setMemoryFile(m_memoryFile);
    cluster->setSecretStore(m_secrets);
    // Queued: it is not taken away while it tells that it closed.
    connect(
        cluster.get(), &Cluster::stateChanged, this,
        [this, made = cluster.get()] {
            for (int i = 0; i < size(); ++i)
                if (at(i) == made && made->state() == Cluster::State::Closed && isGone(made->context()))
                    remove(i);
        },
        Qt::QueuedConnection);
    return cluster;
}

bool Clusters::isKept(const Cluster& cluster, const config::Kubeconfig& now) const
{
    if (now.context(cluster.context().name) || isInMemoryOnly(cluster.context()))
        return true;
    // A file that is being written, or whose disk is away, says nothing about its contexts.
    return std::any_of(now.errors.begin(), now.errors.end(),
                       [&](const base::Error& error) { return error.ofWhom == cluster.context().file; });
}

void Clusters::remove(int index)
{
    emit removing(index);
    m_clusters.erase(m_clusters.begin() + index);
    emit removed();
}

void Clusters::update(config::Kubeconfig kubeconfig)
{
    m_kubeconfig = std::move(kubeconfig);
    for (int i = size() - 1; i >= 0; --i) {
        Cluster* cluster = at(i);
        if (isKept(*cluster, m_kubeconfig))
            continue;
        if (!cluster->isOpen()) {
            remove(i);
            continue;
        }
        config::Context gone = cluster->context();
        if (!isGone(gone))
            gone.problems.push_back({ContextGone, gone.file});
        cluster->setContext(gone);
    }
    int place = 0; // behind the one before it in the files
    for (const config::Context& context : m_kubeconfig.contexts) {
        Cluster* known = find(context.name);
        if (!known) {
            m_clusters.insert(m_clusters.begin() + place, make(context));
            emit inserted(place++);
            continue;
        }
        for (int i = 0; i < size(); ++i)
            if (at(i) == known)
                place = i + 1;
        if (!known->needsReopening(context)) {
            known->setContext(context);
            continue;
        }
        emit reopening(known);
        known->close();
        known->setContext(context);
        known->open();
        emit reopened(known);
    }
    emit updated();
}

Cluster* Clusters::openMember(Cluster* platform, config::Context context, Cluster::Way way)
{
    for (Cluster* each : membersOf(platform)) {
        if (each->context().name != context.name)
            continue;
        if (each->state() != Cluster::State::Closed)
            return each;
        dropMember(each); // about to go
        break;
    }
    int place = 0;
    for (int i = 0; i < size(); ++i)
        if (at(i) == platform || at(i)->context().platform == platform->context().name)
            place = i + 1;
    auto made = make(context);
    Cluster* member = made.get();
    member->setWay(std::move(way));
    connect(platform, &Cluster::stateChanged, member, [platform, member] {
        if (platform->state() == Cluster::State::Closed)
            member->close();
    });
    connect(platform, &Cluster::addressChanged, member, &Cluster::moveAlong);
    m_clusters.insert(m_clusters.begin() + place, std::move(made));
    emit inserted(place);
    member->open();
    return member;
}

Cluster* Clusters::openSnapshot(config::Context context, Cluster::Way way)
{
    const QString name = context.name;
    for (int number = 2; find(context.name); ++number)
        context.name = QStringLiteral("%1 (%2)").arg(name).arg(number);
    auto made = make(context);
    Cluster* cluster = made.get();
    cluster->setMemoryFile({});
    cluster->setWay(std::move(way));
    m_clusters.push_back(std::move(made));
    emit inserted(size() - 1);
    cluster->open();
    return cluster;
}

void Clusters::dropMember(Cluster* member)
{
    member->close();
    for (int i = 0; i < size(); ++i)
        if (at(i) == member) {
            remove(i);
            return;
        }
}

std::vector<Cluster*> Clusters::membersOf(const Cluster* platform) const
{
    std::vector<Cluster*> members;
    for (const auto& each : m_clusters)
        if (isMember(each->context()) && each->context().platform == platform->context().name)
            members.push_back(each.get());
    return members;
}

Cluster* Clusters::find(const QString& contextName) const
{
    const auto found = std::find_if(m_clusters.begin(), m_clusters.end(),
                                    [&](const auto& cluster) { return cluster->context().name == contextName; });
    return found == m_clusters.end() ? nullptr : found->get();
}

Cluster* Clusters::findById(const QString& id) const
{
    Cluster* closed = nullptr;
    for (const auto& cluster : m_clusters) {
        if (cluster->id() != id)
            continue;
        if (cluster->isOpen())
            return cluster.get();
        closed = cluster.get();
    }
    return closed;
}

} // namespace store
