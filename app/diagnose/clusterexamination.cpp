#include "app/diagnose/clusterexamination.h"

#include "app/kube/jsonread.h"

namespace diagnose {
namespace {

constexpr std::chrono::seconds Patience{30};
constexpr auto PageSize = "500";

} // namespace

ClusterExamination::ClusterExamination(QString guide, const Subject& subject, QObject* parent)
    : Examination(std::move(guide), parent),
      m_subject(subject)
{
}

void ClusterExamination::giveIn(const base::Error& error)
{
    fail(error);
    finish();
}

QString ClusterExamination::ownNameSpace() const
{
    if (!m_subject.nameSpace.isEmpty())
        return m_subject.nameSpace;
    const auto context = m_subject.kubeconfig.resolve(m_subject.context);
    return context && !context->nameSpace.isEmpty() ? context->nameSpace : QStringLiteral("default");
}

const kube::Client* ClusterExamination::clientFor(const char* step, transport::Request& request)
{
    request.silence = Patience;
    const kube::Client* asked = client();
    if (asked)
        ask(step, {QString::fromLatin1(request.verb + ' ' + request.target())});
    return asked;
}

void ClusterExamination::askReply(const char* step, transport::Request request,
                                  std::function<void(const base::Result<transport::Reply>&)> take)
{
    if (const kube::Client* asked = clientFor(step, request))
        follow(asked->ask(std::move(request)), std::move(take));
    else
        take(base::failure({.kind = base::ErrorKind::Canceled}));
}

void ClusterExamination::askJson(const char* step, transport::Request request,
                                 std::function<void(const base::Result<kube::Json>&)> take)
{
    if (const kube::Client* asked = clientFor(step, request))
        follow(asked->askJson(std::move(request)), std::move(take));
    else
        take(base::failure({.kind = base::ErrorKind::Canceled}));
}

void ClusterExamination::askList(const char* step, const QByteArray& path, const QString& fieldSelector,
                                 std::function<void(const kube::Json&)> each,
                                 std::function<void(const std::optional<base::Error>&)> done,
                                 const QString& continueToken)
{
    transport::Request request{.path = path};
    request.query.emplace_back(QStringLiteral("limit"), QLatin1String(PageSize));
    if (!fieldSelector.isEmpty())
        request.query.emplace_back(QStringLiteral("fieldSelector"), fieldSelector);
    if (!continueToken.isEmpty())
        request.query.emplace_back(QStringLiteral("continue"), continueToken);
    askJson(step, std::move(request),
            [this, step, path, fieldSelector, each = std::move(each),
             done = std::move(done)](const base::Result<kube::Json>& list) {
                if (!list) {
                    done(list.error());
                    return;
                }
                for (const kube::Json& item : kube::elements(*list, {"items"}))
                    each(item);
                const QString next = kube::rawText(*list, {"metadata", "continue"});
                if (next.isEmpty())
                    done(std::nullopt);
                else
                    askList(step, path, fieldSelector, each, done, next);
            });
}

} // namespace diagnose
