#include "app/kube/count.h"

#include <QPromise>

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
    if (remaining != metadata->end() && remaining->is_number_integer())
        count.count = here + remaining->get<qint64>();
    else if (more == metadata->end() || !more->is_string() || more->get_ref<const std::string&>().empty())
        count.count = here;
    return count;
}

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
    auto call = client.askJson(countRequest(resource, {}));
    call.future.then([client, resource, ownNamespace, answer](const base::Result<Json>& list) {
        KindCount count = countFrom(list);
        if (count.state != KindState::Forbidden || !resource.namespaced || ownNamespace.isEmpty()) {
            answer(std::move(count));
            return;
        }
        client.askJson(countRequest(resource, ownNamespace))
            .future.then([answer, ownNamespace](const base::Result<Json>& own) {
                KindCount inOwn = countFrom(own);
                inOwn.nameSpace = ownNamespace;
                answer(std::move(inOwn));
            });
    });
    return {promise->future(), call.cancel};
}

} // namespace kube
