// Guide business-missing: why a user does not see a business in the business console.

#include "app/base/visible.h"
#include "app/diagnose/businesses.h"
#include "app/diagnose/guide.h"
#include "app/messages/businesses.h"
#include "app/tke/visibility.h"

#include <algorithm>

namespace diagnose {
namespace {

using tke::CheckResult;
using tke::Visibility;
using tke::VisibilityCheck;

/// In the order in which they decide; those that a platform does not have are skipped.
constexpr const char* Checks[] = {"defaultTenant", "userKnown", "bound",         "member", "bindingFailed",
                                  "businessName",  "tenant",    "administrator", "portal"};

StepResult resultOf(CheckResult result)
{
    switch (result) {
    case CheckResult::Pass:
        return StepResult::Pass;
    case CheckResult::Fail:
        return StepResult::Fail;
    case CheckResult::Unknown:
        return StepResult::Unknown;
    case CheckResult::Skipped:
        break;
    }
    return StepResult::Skipped;
}

class MissingExamination final : public BusinessExamination {
public:
    explicit MissingExamination(const Subject& subject)
        : BusinessExamination(QStringLiteral("business-missing"), subject)
    {
        declare("businesses", [] { return Diagnose::tr("Businesses of the platform"); });
        for (const char* id : Checks)
            declare(id, [id] { return messages::checkTitle({.id = QLatin1String(id)}); });
    }

private:
    void run() override { readPlatform(); }

    void read() override
    {
        const QStringList& arguments = subject().arguments;
        const QString user = arguments.isEmpty() ? QString() : arguments.front();
        if (user.isEmpty()) {
            tellFailed();
            for (const char* id : Checks)
                settle(id, StepResult::Skipped, [] { return Diagnose::tr("Give the user: USER [BUSINESS]."); });
            finish();
            return;
        }
        const QString wanted = arguments.size() > 1 ? arguments.at(1) : QString();
        tke::VisibilityQuestion question{.user = user, .businesses = {}, .mayImpersonate = mayImpersonate()};
        for (const tke::Business& each : survey().businesses)
            if (wanted.isEmpty() ? each.members.contains(user) : (each.name == wanted || each.displayName == wanted))
                question.businesses.push_back(each);
        if (question.businesses.empty()) {
            settle("businesses", StepResult::Fail, [wanted = base::visible(wanted), user = base::visible(user)] {
                return wanted.isEmpty()
                           ? Diagnose::tr(
                                 "No business names “%1” as a member. Give the business as well: USER BUSINESS.")
                                 .arg(user)
                           : Diagnose::tr("There is no business “%1”.").arg(wanted);
            });
            if (!wanted.isEmpty())
                giveIn({.kind = base::ErrorKind::NotFound,
                        .reason = QStringLiteral("businessMissing"),
                        .said = base::visible(wanted)});
            else
                finish();
            return;
        }
        follow<tke::VisibilityFacts>(tke::readVisibility(*client(), question),
                                     [this, businesses = question.businesses](const auto& facts) {
                                         if (!facts) {
                                             giveIn(facts.error());
                                             return;
                                         }
                                         judge(businesses, *facts);
                                     });
    }

    bool mayImpersonate() const
    {
        const auto context = subject().kubeconfig.resolve(subject().context);
        return !context || context->user.impersonate.isEmpty();
    }

    void judge(const std::vector<tke::Business>& businesses, const tke::VisibilityFacts& facts)
    {
        std::vector<Visibility> verdicts;
        for (const tke::Business& each : businesses)
            verdicts.push_back(tke::judgeVisibility(each, facts));
        for (const char* id : Checks)
            tellStep(id, verdicts, facts);
        for (std::size_t i = 0; i < businesses.size(); ++i)
            tell(businesses[i], verdicts[i]);
        finish();
    }

    /// The worst of all businesses, in the words of those that it is so for.
    void tellStep(const char* id, const std::vector<Visibility>& verdicts, const tke::VisibilityFacts& facts)
    {
        if (const auto read = facts.read.find(QLatin1String(id)); read != facts.read.end())
            ask(id, read->second);
        CheckResult worst = CheckResult::Skipped;
        const auto rank = [](CheckResult result) {
            return result == CheckResult::Fail ? 3 : result == CheckResult::Unknown ? 2 : result == CheckResult::Pass;
        };
        std::vector<std::pair<VisibilityCheck, Visibility>> of;
        for (const Visibility& verdict : verdicts)
            for (const VisibilityCheck& check : verdict.checks) {
                if (check.id != QLatin1String(id))
                    continue;
                if (of.empty() || rank(check.result) > rank(worst)) {
                    of.clear();
                    worst = check.result;
                }
                if (check.result == worst)
                    of.emplace_back(check, verdict);
            }
        settle(id, resultOf(worst), [of] {
            QStringList lines;
            for (const auto& [check, verdict] : of) {
                const QString line = messages::sentence(check, verdict);
                if (!lines.contains(line))
                    lines << line;
            }
            return lines.join(QLatin1Char('\n'));
        });
    }

    void tell(const tke::Business& business, const Visibility& verdict)
    {
        const std::vector<VisibilityCheck> reasons = verdict.reasons();
        if (verdict.visible == true && hasFailed(business))
            tellFailed(business);
        if (reasons.empty())
            return;
        if (!verdict.visible) {
            tellUnknown(business, verdict);
            return;
        }
        Finding finding{.id = QStringLiteral("businessInvisible"), .ref = refOf(business)};
        finding.title = [name = nameOf(business), user = base::visible(verdict.user)] {
            return Diagnose::tr("“%1” does not see the business %2").arg(user, name);
        };
        finding.cause = [check = reasons.front(), verdict] { return messages::sentence(check, verdict); };
        for (const VisibilityCheck& each : reasons)
            finding.evidence += each.read;
        if (!business.reason.isEmpty() || !business.message.isEmpty())
            finding.evidence << base::visible(business.phase + QStringLiteral(": ") + business.message +
                                              QStringLiteral(": ") + business.reason);
        QStringList told;
        for (const VisibilityCheck& each : reasons) {
            const QString advice = messages::advice(each, verdict);
            if (advice.isEmpty() || told.contains(advice))
                continue;
            told << advice;
            finding.fix.steps.emplace_back([each, verdict] { return messages::advice(each, verdict); });
        }
        if (!told.isEmpty())
            finding.fix.title = [] { return Diagnose::tr("What to do"); };
        report(std::move(finding));
    }

    /// That nothing was found to be wrong would be taken for an answer.
    void tellUnknown(const tke::Business& business, const Visibility& verdict)
    {
        Finding finding{
            .id = QStringLiteral("businessVisibilityUnknown"), .severity = Severity::Info, .ref = refOf(business)};
        finding.title = [verdict] { return messages::verdict(verdict); };
        const std::vector<VisibilityCheck> reasons = verdict.reasons();
        finding.cause = [check = reasons.front(), verdict] { return messages::sentence(check, verdict); };
        for (const VisibilityCheck& each : reasons)
            finding.evidence += each.read;
        report(std::move(finding));
    }

    static bool hasFailed(const tke::Business& business) { return business.phase == QLatin1String("Failed"); }

    /// Without a user: businesses whose members can see nothing, whoever they are.
    void tellFailed()
    {
        for (const tke::Business& business : survey().businesses)
            if (hasFailed(business))
                tellFailed(business);
    }

    void tellFailed(const tke::Business& business)
    {
        Finding finding{.id = QStringLiteral("businessFailed"), .ref = refOf(business)};
        finding.title = [name = nameOf(business)] {
            return Diagnose::tr("The business %1 could not be made").arg(name);
        };
        finding.evidence << base::visible(business.message + QStringLiteral(": ") + business.reason);
        finding.cause = [words = base::visible(business.reason.isEmpty() ? business.message : business.reason)] {
            return Diagnose::tr("The business controller gave up and the business stays locked, so its members may "
                                "not see it: %1")
                .arg(words);
        };
        finding.fix.title = [] { return Diagnose::tr("Make it anew"); };
        finding.fix.steps = {
            [] { return Diagnose::tr("See to it that every member exists under exactly that name."); },
            [] { return Diagnose::tr("Delete the business and create it again: its members are bound once."); }};
        report(std::move(finding));
    }
};

} // namespace

Guide businessMissingGuide()
{
    return {.id = QStringLiteral("business-missing"),
            .title = [] { return Diagnose::tr("A user does not see a business"); },
            .symptoms = {[] { return Diagnose::tr("A business is missing in the business console."); },
                         [] { return Diagnose::tr("A new member cannot choose the business."); }},
            .patterns = {{"failed to add business member", 30},
                         {"business.{0,40}(not (visible|shown)|missing|invisible)", 10},
                         {"业务.{0,20}(看不到|不显示|缺失|不可见|没有显示)|(看不到|找不到|没有想要的).{0,20}业务", 20}},
            .arguments = QStringLiteral("USER [BUSINESS]"),
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<MissingExamination>(subject);
            }};
}

} // namespace diagnose
