#include "app/kube/access.h"

#include "app/kube/jsonread.h"

namespace kube {

base::Call<bool> mayI(const Client& client, const AccessQuestion& question, std::chrono::milliseconds silence)
{
    Json attributes{{"verb", question.verb.toStdString()},
                    {"group", question.group.toStdString()},
                    {"resource", question.resource.section(QLatin1Char('/'), 0, 0).toStdString()}};
    if (const QString part = question.resource.section(QLatin1Char('/'), 1); !part.isEmpty())
        attributes["subresource"] = part.toStdString();
    if (!question.nameSpace.isEmpty())
        attributes["namespace"] = question.nameSpace.toStdString();
    if (!question.name.isEmpty())
        attributes["name"] = question.name.toStdString();
    Json review{{"apiVersion", "authorization.k8s.io/v1"},
                {"kind", "SelfSubjectAccessReview"},
                {"spec", {{"resourceAttributes", std::move(attributes)}}}};
    transport::Request request{.verb = "POST", .path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"};
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = kube::toBytes(review);
    request.silence = silence;
    return base::mapped<bool>(client.askJson(std::move(request)),
                              [](const base::Result<Json>& answer) -> base::Result<bool> {
                                  if (!answer)
                                      return base::failure(answer.error());
                                  return flag(*answer, {"status", "allowed"});
                              });
}

} // namespace kube
