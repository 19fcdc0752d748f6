#include "app/change/eventsink.h"

#include "app/kube/jsonread.h"

namespace change {
namespace {

const QString PasswordPlace = QStringLiteral("@ES_PASSWORD@");
/// Ends the single quotes around it and begins them again.
const QString PasswordWord = QStringLiteral("'\"$(printf %s \"$ES_PASSWORD\" | base64 -w0)\"'");

} // namespace

base::Result<std::unique_ptr<ManifestFlow>> createEventSink(const kube::Client& client, const Origin& origin,
                                                            const kube::ApiResource& resource,
                                                            const tke::EventSinkDraft& draft, const WriteLog* log)
{
    const Target target{.resource = resource, .nameSpace = {}, .name = tke::newPersistentEventName()};
    auto manifests = kube::parseManifests(kube::toBytes(tke::persistentEventOf(draft, resource, target.name)));
    if (!manifests)
        return base::failure(manifests.error());
    auto flow = std::make_unique<ManifestFlow>(client, origin, target, std::move(manifests->front()), log, false);
    flow->createOnly();
    return flow;
}

std::unique_ptr<DeleteFlow> undoEventSink(const kube::Client& client, const ManifestFlow& created, const WriteLog* log)
{
    const QString uid = kube::rawText(created.answer(), {"metadata", "uid"});
    return std::make_unique<DeleteFlow>(client, created.origin(), created.target(), uid, Propagation::Background, log);
}

QString curlEventSink(const ManifestFlow& flow)
{
    kube::Json object = flow.manifest().object();
    const kube::Json::json_pointer password("/spec/persistentBackEnd/es/password");
    if (object.contains(password))
        object[password] = PasswordPlace.toStdString();
    return curlCreateCommand(flow.origin(), flow.target(), object).replace(PasswordPlace, PasswordWord);
}

} // namespace change
