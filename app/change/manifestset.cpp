#include "app/change/manifestset.h"

#include "app/kube/jsonread.h"

#include <QSet>
#include <algorithm>

namespace change {

using State = ManifestFlow::State;

ManifestSet::ManifestSet(kube::Client client, Origin origin, const kube::ApiCatalog& catalog,
                         std::vector<kube::Manifest> manifests, const WriteLog* log, const Options& options,
                         QObject* parent)
    : QObject(parent),
      m_keepsImmutable(options.keepImmutable)
{
    QSet<QString> made; // namespaces that the file itself makes
    for (kube::Manifest& manifest : manifests) {
        const kube::Json& object = manifest.object();
        Item item;
        item.place = manifest.place();
        item.ref.apiVersion = kube::rawText(object, {"apiVersion"});
        item.ref.kind = kube::rawText(object, {"kind"});
        item.ref.name = kube::rawText(object, {"metadata", "name"});
        item.ref.nameSpace = kube::rawText(object, {"metadata", "namespace"});
        const kube::ApiResource* served = catalog.findKind(item.ref.apiVersion, item.ref.kind);
        if (!served) {
            item.error = {.kind = base::ErrorKind::NotFound,
                          .reason = QStringLiteral("kindNotServed"),
                          .said = item.ref.apiVersion + QLatin1Char(' ') + item.ref.kind,
                          .ofWhom = origin.address};
            m_items.push_back(std::move(item));
            continue;
        }
        Target target{*served, {}, item.ref.name};
        const qsizetype slash = item.ref.apiVersion.indexOf(QLatin1Char('/'));
        target.resource.group = slash < 0 ? QString() : item.ref.apiVersion.left(slash);
        target.resource.version = item.ref.apiVersion.mid(slash + 1);
        if (!served->namespaced) {
            item.ref.nameSpace.clear();
        } else if (item.ref.nameSpace.isEmpty()) {
            item.ref.nameSpace = options.nameSpace;
        } else if (options.oneNamespace && item.ref.nameSpace != options.nameSpace) {
            item.error = {.kind = base::ErrorKind::Invalid,
                          .reason = QStringLiteral("otherNamespace"),
                          .said = item.ref.nameSpace,
                          .asked = item.ref.kind + QLatin1Char('/') + item.ref.name,
                          .ofWhom = options.nameSpace};
            m_items.push_back(std::move(item));
            continue;
        }
        target.nameSpace = item.ref.nameSpace;
        item.comesWithNamespace = made.contains(item.ref.nameSpace);
        if (served->group.isEmpty() && served->kind == QLatin1String("Namespace"))
            made.insert(item.ref.name);
        item.flow =
            std::make_unique<ManifestFlow>(client, origin, std::move(target), std::move(manifest), log, options.force);
        m_items.push_back(std::move(item));
    }
    for (Item& item : m_items) {
        if (item.flow)
            connect(item.flow.get(), &ManifestFlow::stateChanged, this, [this, &item] { took(item); });
    }
    m_next = m_items.size();
}

bool ManifestSet::isAccepted() const
{
    return std::ranges::all_of(m_items, [](const Item& item) {
        if (!item.flow)
            return false;
        const bool waits = item.comesWithNamespace && item.flow->error().kind == base::ErrorKind::NotFound;
        return item.flow->state() == State::Previewed || item.flow->state() == State::Applied || waits;
    });
}

int ManifestSet::changes() const
{
    return static_cast<int>(std::ranges::count_if(m_items, [](const Item& item) {
        if (!item.flow)
            return false;
        const bool isRefused = item.flow->state() == State::Failed || item.flow->state() == State::Conflicted;
        return isRefused ? item.comesWithNamespace : item.flow->action() != ManifestFlow::Action::Unchanged;
    }));
}

void ManifestSet::preview()
{
    if (isBusy())
        return;
    m_applying = false;
    m_next = 0;
    step();
}

void ManifestSet::apply()
{
    if (isBusy() || !isAccepted())
        return;
    m_applying = true;
    m_next = 0;
    step();
}

void ManifestSet::cancel()
{
    if (!isBusy())
        return;
    const std::size_t at = std::exchange(m_next, m_items.size());
    if (m_items[at].flow)
        m_items[at].flow->cancel();
    emit settled();
}

void ManifestSet::keepImmutable(std::size_t item)
{
    if (isBusy() || item >= m_items.size() || !m_items[item].flow || m_items[item].flow->immutable().empty())
        return;
    m_applying = false;
    m_next = item;
    m_items[item].flow->keepImmutable();
}

void ManifestSet::step()
{
    while (m_next < m_items.size() && !m_items[m_next].flow)
        ++m_next;
    if (m_next >= m_items.size()) {
        emit changed();
        emit settled();
        return;
    }
    ManifestFlow& flow = *m_items[m_next].flow;
    if (m_applying && flow.state() == State::Previewed)
        flow.apply();
    else
        flow.preview(); // the first time, or again now that its namespace is there
}

void ManifestSet::took(Item& item)
{
    emit changed();
    if (m_next >= m_items.size() || &m_items[m_next] != &item || item.flow->isBusy())
        return;
    const State state = item.flow->state();
    if (m_keepsImmutable && !m_applying && item.flow->kept().empty() && !item.flow->immutable().empty()) {
        item.flow->keepImmutable();
        return;
    }
    if (m_applying && state == State::Previewed) {
        item.flow->apply();
        return;
    }
    if (m_applying && state != State::Applied) {
        m_next = m_items.size();
        emit settled();
        return;
    }
    ++m_next;
    step();
}

} // namespace change
