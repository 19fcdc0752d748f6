#include "ui/manifests/pages.h"

#include "app/messages/errors.h"
#include "ui/manifests/editpage.h"
#include "ui/manifests/manifestsession.h"
#include "ui/manifests/objectsession.h"

#include <QCoreApplication>
#include <QPointer>

namespace ui {

namespace {

void connectRecreation(EditPage* page, EditSession* session, const Recreate& recreate)
{
    QObject::connect(session, &EditSession::recreateRequested, page,
                     [page, recreate](const auto& target, const auto& manifest, const auto& live, const auto& fields) {
                         recreate(target, manifest, live, fields, page, [page = QPointer(page)] {
                             if (page)
                                 page->refresh();
                         });
                     });
}

} // namespace

Page* newManifestsPage(const View& view, store::Cluster* cluster, const Recreate& recreate)
{
    auto* session = new ManifestSession(cluster);
    auto* page = new EditPage(view, session,
                              QCoreApplication::translate("ui::EditPage", "Apply · %1").arg(cluster->context().name),
                              cluster->context().readOnly);
    connectRecreation(page, session, recreate);
    return page;
}

Page* newObjectEditPage(const View& view, store::Cluster* cluster, const kube::ApiResource& resource,
                        const Recreate& recreate)
{
    auto* session = new ObjectSession(cluster, {resource, view.object.nameSpace, view.object.name});
    auto* page =
        new EditPage(view, session, QCoreApplication::translate("ui::EditPage", "Edit · %1").arg(view.object.name),
                     cluster->context().readOnly);
    QObject::connect(session, &ObjectSession::loaded, page, &EditPage::setText);
    QObject::connect(session, &ObjectSession::failed, page,
                     [page](const base::Error& error) { page->setFailure(messages::sentenceWithAdvice(error)); });
    connectRecreation(page, session, recreate);
    session->load();
    return page;
}

View manifestsView(const QString& context)
{
    View view;
    view.page = QStringLiteral("manifests");
    view.cluster = context;
    return view;
}

} // namespace ui
