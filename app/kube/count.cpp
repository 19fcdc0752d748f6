#include "app/kube/count.h"

#include "app/kube/tenantlists.h"

#include <QPromise>
#include <mutex>

namespace kube {
namespace {

// Metadata is all that is wanted, and one object of it; an aggregated server may know neither and send everything.
constexpr auto CountAccept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

transport::Request countRequest(const ApiResource& resource, const QString& nameSpace)
{
    transport::Request request{.path = resource.path(nameSpace)};
    request.query.emplace_back(QStringLiteral("limit"), QStringLiteral("1"));
    request.headers.emplace_back("Accept", CountAccept);
    return request;
}

/// A list without objects has no items, or null ones.
bool isList(const Json& json)
{
    if (!json.is_object())
        return false;
    const auto items = json.find("items");
    const auto kind = json.find("kind");
    return (items != json.end() && (items->is_array() || items->is_null())) ||
           (items == json.end() && kind != json.end() && kind->is_string() &&
            QByteArray::fromStdString(kind->get_ref<const std::string&>()).endsWith("List"));
}

KindCount countFrom(const base::Result<Json>& list)
{
    KindCount count;
    if (!list) {
        count.error = list.error();
        count.state = count.error.kind == base::ErrorKind::Forbidden ? KindState::Forbidden : KindState::Failing;
        return count;
    }
    const auto items = list->find("items");
    const qint64 here = items != list->end() && items->is_array() ? static_cast<qint64>(items->size()) : 0;
    const auto metadata = list->find("metadata");
    if (metadata == list->end() || !metadata->is_object()) {
        count.count = here;
        return count;
    }
    const auto remaining = metadata->find("remainingItemCount");
    const auto more = metadata->find("continue");
    constexpr qint64 most = 1'000'000'000'000;
    if (remaining != metadata->end() && remaining->is_number_integer() && remaining->get<qint64>() >= 0 &&
        remaining->get<qint64>() < most)
        count.count = here + remaining->get<qint64>();
    else if (more == metadata->end() || !more->is_string() || more->get_ref<const std::string&>().empty())
        count.count = here;
    return count;
}

/// The list that was asked for, or what else it was.
base::Call<Json> askList(const Client& client, const ApiResource& resource, const QString& nameSpace)
{
    const transport::Request request = countRequest(resource, nameSpace);
    const QString asked = QString::fromLatin1(request.verb + ' ' + request.target());
    return base::mapped<Json>(
        client.askJson(request),
        [asked, ofWhom = client.transport()->address()](const base::Result<Json>& json) -> base::Result<Json> {
            if (json && !isList(*json))
                return base::failure({.kind = base::ErrorKind::BadAnswer,
                                      .reason = QStringLiteral("notAList"),
                                      .asked = asked,
                                      .ofWhom = ofWhom});
            return json;
        });
}

/// Cancels whichever question is under way.
struct Cancel {
    std::mutex mutex;
    std::function<void()> cancel;
    bool canceled = false;

    void set(std::function<void()> next)
    {
        bool late = false;
        {
            const std::lock_guard lock(mutex);
            cancel = next;
            late = canceled;
        }
        if (late)
            next();
    }
    void now()
    {
        std::function<void()> act;
        {
            const std::lock_guard lock(mutex);
            canceled = true;
            act = cancel;
        }
        if (act)
            act();
    }
};

} // namespace

QString idOf(KindState state)
{
    switch (state) {
    case KindState::Ok:
        return QStringLiteral("ok");
    case KindState::Forbidden:
        return QStringLiteral("forbidden");
    case KindState::Failing:
        return QStringLiteral("failing");
    case KindState::Stale:
        return QStringLiteral("stale");
    }
    return {};
}

base::Call<KindCount> countObjects(const Client& client, const ApiResource& resource, const QString& ownNamespace)
{
    auto promise = std::make_shared<QPromise<base::Result<KindCount>>>();
    promise->start();
    const auto answer = [promise](KindCount count) {
        promise->addResult(base::Result<KindCount>(std::move(count)));
        promise->finish();
    };
    const auto cancel = std::make_shared<Cancel>();
    auto call = askList(client, resource, {});
    cancel->set(call.cancel);
    call.future.then([client, resource, ownNamespace, answer, cancel](const base::Result<Json>& list) {
        KindCount count = countFrom(list);
        if (count.count == 0 && isListedByTenant(resource))
            count.count.reset();
        if (count.state != KindState::Forbidden || !resource.namespaced || ownNamespace.isEmpty()) {
            answer(std::move(count));
            return;
        }
        auto own = askList(client, resource, ownNamespace);
        cancel->set(own.cancel);
        own.future.then([answer, ownNamespace](const base::Result<Json>& ownList) {
            KindCount inOwn = countFrom(ownList);
            inOwn.nameSpace = ownNamespace;
            answer(std::move(inOwn));
        });
    });
    return {promise->future(), [cancel] { cancel->now(); }};
}

} // namespace kube
