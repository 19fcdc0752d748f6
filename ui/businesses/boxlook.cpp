#include "ui/businesses/boxlook.h"

#include "app/base/visible.h"
#include "app/messages/businesses.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace ui {
namespace {

using Kind = tke::GraphBox::Kind;

struct Graph {
    Q_DECLARE_TR_FUNCTIONS(ui::BusinessGraph)
};

Sign signOf(kube::Severity severity)
{
    return static_cast<Sign>(severity);
}

QString percent(double ratio)
{
    // What somebody wrote may be a thousand times of what is allowed.
    return QLocale().toString(std::lround(std::min(ratio, 99.99) * 100)) + QStringLiteral(" %");
}

BoxLook lookOf(const tke::Business& business, const tke::GraphBox& box)
{
    BoxLook look;
    look.title = base::visible(business.displayName.isEmpty() ? business.name : business.displayName);
    look.detail = base::visible(business.name);
    look.fixedDetail = true;
    look.sign = signOf(tke::severityOf(business));
    look.unfolds = box.unfolds;
    look.isFolded = box.folded > 0;
    QStringList told{Graph::tr("Business %1, phase %2").arg(titleOf(business), base::visible(business.phase))};
    if (business.locked)
        told << Graph::tr("It is locked.");
    if (const QString failure = messages::failureOf(business); !failure.isEmpty())
        told << failure;
    if (const auto fullest = tke::fullestOf(business)) {
        look.fullness = fullest->ratio;
        told << Graph::tr("%1: %2 of the quota are given out.")
                    .arg(base::visible(fullest->resource), percent(fullest->ratio));
    }
    if (look.isFolded) {
        look.count = QLocale().toString(box.folded);
        told << Graph::tr("Folded: %n businesses and namespaces are not shown.", nullptr, box.folded);
    }
    look.told = told.join(QLatin1Char('\n'));
    return look;
}

BoxLook lookOf(const tke::BusinessPicture& picture, std::size_t index)
{
    const tke::BusinessNamespace& planned = picture.survey.namespaces[index];
    const tke::LiveNamespace* live = picture.liveOf(index);
    BoxLook look;
    look.title = base::visible(planned.nameSpace.isEmpty() ? planned.name : planned.nameSpace);
    look.detail = messages::word(live, planned);
    look.sign = signOf(tke::severityOf(planned));
    look.detailSign = signOf(tke::severityOf(live, planned));
    QStringList told{Graph::tr("Namespace %1 in the cluster %2, phase %3")
                         .arg(look.title, picture.clusterTitle(planned.cluster), base::visible(planned.phase))};
    if (const QString health = messages::healthSentence(planned); !health.isEmpty())
        told << health;
    if (live)
        told << messages::sentence(*live, planned);
    if (const auto fullest = tke::fullestOf(planned.hard, planned.used)) {
        look.fullness = fullest->ratio;
        told << Graph::tr("%1: %2 of the quota are used.")
                    .arg(base::visible(fullest->resource), percent(fullest->ratio));
    }
    look.told = told.join(QLatin1Char('\n'));
    return look;
}

} // namespace

std::vector<BoxLook> looksOf(const tke::BusinessPicture& picture, const tke::BusinessGraph& graph)
{
    QHash<QString, int> sits;
    for (const tke::BusinessNamespace& each : picture.survey.namespaces)
        ++sits[each.cluster];
    std::vector<BoxLook> looks;
    looks.reserve(graph.boxes.size());
    for (const tke::GraphBox& box : graph.boxes) {
        BoxLook look;
        if (box.kind == Kind::Business && box.index)
            look = lookOf(picture.survey.businesses[*box.index], box);
        else if (box.kind == Kind::Namespace && box.index)
            look = lookOf(picture, *box.index);
        else {
            const QString title = picture.clusterTitle(box.id);
            const QString id = base::visible(box.id);
            look.title = title == id ? id : title.chopped(id.size() + 3); // " (id)"
            look.detail = id;
            look.fixedDetail = true;
            look.count = QLocale().toString(sits.value(box.id));
            look.told = Graph::tr("Cluster %1: %n namespaces of businesses", nullptr, sits.value(box.id)).arg(title);
        }
        look.part = {box.kind, box.id};
        looks.push_back(std::move(look));
    }
    return looks;
}

} // namespace ui
