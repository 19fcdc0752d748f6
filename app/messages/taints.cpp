#include "app/messages/taints.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct Taints {
    Q_DECLARE_TR_FUNCTIONS(Taints)
};

} // namespace

QString sentence(const scheduling::SpecProblem& problem)
{
    const auto is = [&problem](const char* id) { return problem.id == QLatin1String(id); };
    const QString& detail = problem.detail;
    if (is("effectMissing"))
        return Taints::tr("“%1” names no effect: a taint is added as key=value:effect and removed as key:effect- or "
                          "key-.")
            .arg(problem.spec);
    if (is("effectUnknown"))
        return Taints::tr("“%1” is no effect: NoSchedule, PreferNoSchedule and NoExecute are.").arg(detail);
    if (is("keyEmpty"))
        return Taints::tr("A taint needs a key.");
    if (is("keyInvalid"))
        return Taints::tr("“%1” cannot be a key: it is made of letters, digits, “-”, “_” and “.”, begins and ends with "
                          "a letter or digit, and may have a domain and one “/” before it.")
            .arg(detail);
    if (is("keyTooLong"))
        return Taints::tr("The key “%1” is longer than 63 characters.").arg(detail);
    if (is("prefixEmpty"))
        return Taints::tr("Nothing stands before the “/” of the key: a domain is wanted there.");
    if (is("prefixInvalid"))
        return Taints::tr("“%1” cannot stand before the “/” of a key: it is a domain of lower-case letters, digits, "
                          "“-” and “.”.")
            .arg(detail);
    if (is("prefixTooLong"))
        return Taints::tr("The domain “%1” is longer than 253 characters.").arg(detail);
    if (is("valueInvalid"))
        return Taints::tr("“%1” cannot be a value: it is made of letters, digits, “-”, “_” and “.”, and begins and "
                          "ends with a letter or digit.")
            .arg(detail);
    if (is("valueTooLong"))
        return Taints::tr("The value “%1” is longer than 63 characters.").arg(detail);
    if (is("duplicate"))
        return Taints::tr("%1 is added twice.").arg(detail);
    if (is("addedAndRemoved"))
        return Taints::tr("%1 is both added and removed.").arg(detail);
    return Taints::tr("“%1” is not a taint: key=value:effect or key:effect adds one, key:effect- or key- removes it.")
        .arg(problem.spec);
}

QString effectSentence(const QString& effect)
{
    if (effect == scheduling::NoSchedule)
        return Taints::tr(
            "NoSchedule: pods that do not tolerate it are not placed here any more; those that run stay.");
    if (effect == scheduling::PreferNoSchedule)
        return Taints::tr("PreferNoSchedule: pods that do not tolerate it are placed elsewhere where that is possible; "
                          "nothing is kept away for certain.");
    if (effect == scheduling::NoExecute)
        return Taints::tr("NoExecute: pods that do not tolerate it are deleted now; PodDisruptionBudgets do not stop "
                          "it.");
    return {};
}

} // namespace messages
