#include "ui/manifests/pages.h"

#include "app/messages/errors.h"
#include "ui/manifests/editpage.h"
#include "ui/manifests/manifestsession.h"
#include "ui/manifests/objectsession.h"

#include <QCoreApplication>

namespace ui {

Page* newManifestsPage(const View& view, store::Cluster* cluster)
{
    return new EditPage(view, new ManifestSession(cluster),
                        QCoreApplication::translate("ui::EditPage", "Apply · %1").arg(cluster->context().name),
                        cluster->context().readOnly);
}

Page* newObjectEditPage(const View& view, store::Cluster* cluster, const kube::ApiResource& resource)
{
    auto* session = new ObjectSession(cluster, {resource, view.object.nameSpace, view.object.name});
    auto* page =
        new EditPage(view, session, QCoreApplication::translate("ui::EditPage", "Edit · %1").arg(view.object.name),
                     cluster->context().readOnly);
    QObject::connect(session, &ObjectSession::loaded, page, &EditPage::setText);
    QObject::connect(session, &ObjectSession::failed, page,
                     [page](const base::Error& error) { page->setFailure(messages::sentenceWithAdvice(error)); });
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
