#include "app/tke/imagepulls.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <QRegularExpression>
#include <algorithm>

namespace tke {
namespace {

using kube::Json;

struct Words {
    PullTrouble trouble;
    const char* pattern;
};
/// The first that matches: what is said first is what stopped it.
constexpr Words Sorted[] = {
    {PullTrouble::NameUnknown, "no such host|server misbehaving|name resolution|Name or service not known"},
    {PullTrouble::Refused, "connection refused"},
    {PullTrouble::PlainHttp, "server gave HTTP response to HTTPS client"},
    {PullTrouble::Certificate, "x509:|certificate"},
    {PullTrouble::NoAnswer,
     "i/o timeout|deadline exceeded|handshake timeout|Client\\.Timeout|timed out|no route to host"},
    {PullTrouble::Unauthorized,
     "unauthorized|authentication required|pull access denied|access denied|denied:|\\b401\\b|403 Forbidden|"
     "no basic auth credentials"},
    {PullTrouble::NotFound, "manifest unknown|not found|name unknown|repository .* does not exist"},
    {PullTrouble::Failing, "\\b50[0-4]\\b|internal server error|bad gateway|service unavailable"},
};

bool isPullReason(const QString& reason)
{
    return reason == QLatin1String("ErrImagePull") || reason == QLatin1String("ImagePullBackOff");
}

} // namespace

PullTrouble troubleOf(const QString& words)
{
    for (const Words& each : Sorted)
        if (QRegularExpression(QLatin1String(each.pattern), QRegularExpression::CaseInsensitiveOption)
                .match(words)
                .hasMatch())
            return each.trouble;
    return PullTrouble::Unsorted;
}

std::vector<WaitingPull> waitingPullsOf(const Json& pod)
{
    std::vector<WaitingPull> pulls;
    for (const char* list : {"initContainerStatuses", "containerStatuses"})
        for (const Json& status : kube::elements(pod, {"status", list})) {
            const Json& waiting = kube::at(status, {"state", "waiting"});
            const QString image = kube::rawText(status, {"image"});
            if (!isPullReason(kube::rawText(waiting, {"reason"})) ||
                std::ranges::find(pulls, image, &WaitingPull::image) != pulls.end())
                continue;
            pulls.push_back({.nameSpace = kube::rawText(pod, {"metadata", "namespace"}),
                             .pod = kube::rawText(pod, {"metadata", "name"}),
                             .uid = kube::rawText(pod, {"metadata", "uid"}),
                             .node = kube::rawText(pod, {"spec", "nodeName"}),
                             .image = image,
                             .words = base::visible(kube::rawText(waiting, {"message"}))});
        }
    return pulls;
}

void takeEvent(std::vector<WaitingPull>& pulls, const Json& event)
{
    const QString uid = kube::rawText(event, {"involvedObject", "uid"});
    const QString words = base::visible(kube::rawText(event, {"message"}));
    if (uid.isEmpty() || !words.contains(QLatin1String("pull"), Qt::CaseInsensitive))
        return;
    for (WaitingPull& pull : pulls)
        // "Error: ImagePullBackOff" is an event of the same reason, and says nothing.
        if (pull.uid == uid && words.contains(pull.image) &&
            (troubleOf(words) != PullTrouble::Unsorted || pull.words.isEmpty()))
            pull.words = words;
}

} // namespace tke
