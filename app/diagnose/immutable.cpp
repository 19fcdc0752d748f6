// Guide field-immutable: from the words of a refusal to the object of the same name that stands in the way.

#include "app/change/immutable.h"
#include "app/base/shell.h"
#include "app/base/visible.h"
#include "app/diagnose/clusterexamination.h"
#include "app/diagnose/guide.h"
#include "app/kube/discovery.h"
#include "app/kube/jsonread.h"
#include "app/messages/errors.h"
#include "app/messages/manifests.h"

#include <QRegularExpression>

namespace diagnose {
namespace {

using kube::Json;

/// What a refusal is about: Service "deployment" is invalid: spec.clusterIP: ...
struct Refusal {
    QString kind;
    QString name;
    QString field; ///< empty: not told
};

std::optional<Refusal> refusalIn(const QString& text)
{
    // k8s.io/apimachinery/pkg/api/errors, NewInvalid: Kind.group "name" is invalid: field: words
    static const QRegularExpression words(QStringLiteral(
        "\\b([A-Za-z][A-Za-z0-9]*)(?:\\.[a-z0-9.-]+)? \"([^\"]+)\" is invalid:\\s*\\[?\\s*([A-Za-z][^:\\s]*)?"));
    const auto match = words.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return Refusal{match.captured(1), match.captured(2), match.captured(3)};
}

class ImmutableExamination final : public ClusterExamination {
public:
    explicit ImmutableExamination(const Subject& subject)
        : ClusterExamination(QStringLiteral("field-immutable"), subject)
    {
        declare("words", [] { return Diagnose::tr("What was refused"); });
        declare("object", [] { return Diagnose::tr("The object of the same name"); });
        declare("keeper", [] { return Diagnose::tr("Whose it is"); });
    }

private:
    void run() override
    {
        const QString given = subject().arguments.isEmpty() ? QString() : subject().arguments.front();
        const auto refusal =
            given.contains(QLatin1Char('/'))
                ? std::optional(Refusal{given.section(QLatin1Char('/'), 0, 0), given.section(QLatin1Char('/'), 1), {}})
                : refusalIn(subject().text);
        if (!refusal) {
            settle("words", StepResult::Unknown, [] {
                return Diagnose::tr("Paste the whole error, or give KIND/NAME: which object it is about is not known.");
            });
            finish();
            return;
        }
        m_refusal = *refusal;
        ask("words", {base::visible(subject().text.isEmpty() ? given : subject().text.simplified().left(400))});
        settle("words", StepResult::Pass, [r = m_refusal] {
            const QString what = base::visible(r.kind + QLatin1Char('/') + r.name);
            return r.field.isEmpty() ? Diagnose::tr("It is about %1.").arg(what)
                                     : Diagnose::tr("It is about %1 of %2.").arg(base::visible(r.field), what);
        });
        const kube::Client* asked = client();
        if (!asked) {
            settle("object", StepResult::Skipped,
                   [] { return Diagnose::tr("There is no connection to the cluster."); });
            finish();
            return;
        }
        follow<kube::ApiCatalog>(kube::discover(*asked), [this](const auto& catalog) {
            if (catalog)
                look(*catalog);
            else
                unknown(catalog.error());
        });
    }

    void unknown(const base::Error& error)
    {
        settle("object", StepResult::Unknown, said(error));
        giveIn(error);
    }

    void look(const kube::ApiCatalog& catalog)
    {
        const kube::ApiResource* resource = catalog.find(m_refusal.kind);
        if (!resource) {
            settle("object", StepResult::Unknown, [kind = base::visible(m_refusal.kind)] {
                return Diagnose::tr("The cluster serves no kind “%1”.").arg(kind);
            });
            finish();
            return;
        }
        m_resource = *resource;
        // The words name no namespace: all are looked through, and the context's is taken where there are several.
        transport::Request request{.path = resource->path()};
        request.query = {{QStringLiteral("fieldSelector"), QStringLiteral("metadata.name=") + m_refusal.name},
                         {QStringLiteral("limit"), QStringLiteral("50")}};
        askJson("object", std::move(request), [this](const base::Result<Json>& list) {
            if (list)
                choose(*list);
            else
                unknown(list.error());
        });
    }

    void choose(const Json& list)
    {
        const QString wanted = ownNameSpace();
        const auto& items = kube::elements(list, {"items"});
        const Json* chosen = items.empty() ? nullptr : &items.front();
        QStringList spaces;
        for (const Json& each : items) {
            const QString space = kube::rawText(each, {"metadata", "namespace"});
            spaces << base::visible(space);
            if (space == wanted)
                chosen = &each;
        }
        const QString what = base::visible(m_resource.kind + QLatin1Char('/') + m_refusal.name);
        if (!chosen) {
            settle("object", StepResult::Pass, [what] {
                return Diagnose::tr("%1 is not there now: what was refused can be tried again.").arg(what);
            });
            finish();
            return;
        }
        const QString space = kube::rawText(*chosen, {"metadata", "namespace"});
        settle(
            "object", StepResult::Fail,
            [what, space = base::visible(space), since = kube::rawText(*chosen, {"metadata", "creationTimestamp"}),
             spaces] {
                QString text =
                    space.isEmpty()
                        ? Diagnose::tr("%1 is there since %2.").arg(what, base::visible(since))
                        : Diagnose::tr("%1 is there in namespace %2 since %3.").arg(what, space, base::visible(since));
                if (spaces.size() > 1)
                    text +=
                        QLatin1Char(' ') +
                        Diagnose::tr("The name stands in these namespaces: %1").arg(spaces.join(QStringLiteral(", ")));
                return text;
            });
        tell(*chosen, what);
    }

    void tell(Json object, const QString& what)
    {
        object["kind"] = m_resource.kind.toStdString(); // a list leaves it out
        settle("keeper", StepResult::Pass, [lines = messages::keeperLines(object)] {
            return lines.isEmpty() ? Diagnose::tr("Nobody is named.") : lines.join(QLatin1Char(' '));
        });
        const change::ImmutableField field{.field = m_refusal.field, .live = {}, .wanted = {}};
        Finding finding{.id = QStringLiteral("fieldImmutable")};
        const QString space = kube::rawText(object, {"metadata", "namespace"});
        finding.title = [what] { return Diagnose::tr("%1 is there already").arg(what); };
        finding.ref = kube::ObjectRef{.cluster = subject().clusterId,
                                      .apiVersion = m_resource.apiVersion(),
                                      .kind = m_resource.kind,
                                      .nameSpace = space,
                                      .name = m_refusal.name,
                                      .uid = kube::rawText(object, {"metadata", "uid"})};
        if (!subject().text.isEmpty())
            finding.evidence << base::visible(subject().text.simplified().left(400));
        finding.cause = [what, field = base::visible(m_refusal.field)] {
            return field.isEmpty()
                       ? Diagnose::tr(
                             "What was sent is for a new object, but %1 is there already, and a part of it can "
                             "only be said when it is made.")
                             .arg(what)
                       : Diagnose::tr(
                             "What was sent is for a new object, but %1 is there already, and its %2 can only be "
                             "said when it is made.")
                             .arg(what, field);
        };
        finding.fix.action = QStringLiteral("openObject");
        finding.fix.title = [] { return Diagnose::tr("Three ways out"); };
        for (const change::WayOut& way : change::waysOut(object, {field})) {
            finding.fix.steps.push_back([way] {
                QStringList losses;
                for (const QString& loss : way.loses)
                    losses << messages::lossSentence(loss);
                const QString text = messages::sentence(way);
                return losses.isEmpty() ? text
                                        : Diagnose::tr("%1 %2", "a sentence that ends in a colon, then a list")
                                              .arg(text, losses.join(QStringLiteral(" / ")));
            });
        }
        finding.fix.command =
            QStringLiteral("kubectl get %1%2 %3 -o yaml")
                .arg(m_resource.key(), space.isEmpty() ? QString() : QStringLiteral(" -n ") + base::shellQuoted(space),
                     base::shellQuoted(m_refusal.name));
        report(finding);
        finish();
    }

    Refusal m_refusal;
    kube::ApiResource m_resource;
};

} // namespace

Guide immutableGuide()
{
    return {.id = QStringLiteral("field-immutable"),
            .title = [] { return Diagnose::tr("Field is immutable"); },
            .symptoms = {[] { return Diagnose::tr("An object cannot be made or changed: “field is immutable”"); }},
            .patterns = {{"field is immutable", 30},
                         {"is immutable after creation", 30},
                         {"may not change once set", 30},
                         {"may not change fields other than", 30},
                         {"updates to .* for fields other than", 30},
                         {"cannot change roleRef", 30},
                         {"updates to \\w+ (is|are) forbidden", 30}},
            .arguments = QStringLiteral("KIND/NAME"),
            .inScan = false,
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<ImmutableExamination>(subject);
            }};
}

} // namespace diagnose
