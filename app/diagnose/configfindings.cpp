// What is wrong before anything is sent: the files, the context, its sign-in plugin.

#include "app/base/shell.h"
#include "app/diagnose/connectionfindings.h"
#include "app/messages/errors.h"

namespace diagnose {
namespace {

/// How far two names are apart, in letters put in, left out or exchanged.
int distance(const QString& a, const QString& b)
{
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
    for (std::size_t j = 0; j < row.size(); ++j)
        row[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int corner = row[0];
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j < row.size(); ++j) {
            const int changed = corner + (a[i - 1] == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            corner = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

QString nearest(const QString& wanted, const QStringList& known)
{
    constexpr qsizetype LongestCompared = 253;
    QString best;
    int least = static_cast<int>(std::max<qsizetype>(2, wanted.size() / 3)) + 1;
    for (const QString& name : known) {
        if (wanted.size() > LongestCompared || name.size() > LongestCompared)
            continue;
        if (const int apart = distance(wanted.toLower(), name.toLower()); apart < least) {
            least = apart;
            best = name;
        }
    }
    return best;
}

Finding about(const base::Error& error, Text title)
{
    return {.id = error.reason.isEmpty() ? base::idOf(error.kind) : error.reason,
            .title = std::move(title),
            .evidence = evidenceOf(error),
            .cause = [error] { return messages::sentence(error); }};
}

} // namespace

Finding fileFinding(const base::Error& error, const QStringList& files)
{
    Finding finding = about(error, [] { return Diagnose::tr("A kubeconfig cannot be used"); });
    Fix& fix = finding.fix;
    fix.action = QStringLiteral("editKubeconfig");
    const QString file = error.ofWhom.isEmpty() ? files.join(QStringLiteral(", ")) : error.ofWhom;
    const QString place = error.causes.empty() ? QString() : error.causes.front().field;
    if (error.reason == QLatin1String("fileMissing")) {
        fix.title = [] { return Diagnose::tr("Give the file that holds the cluster's address and credentials"); };
        fix.steps = {[] { return Diagnose::tr("Check the path in --kubeconfig and in the variable KUBECONFIG."); },
                     [] {
                         return Diagnose::tr("Where there is no kubeconfig yet: the console shows one under the "
                                             "cluster's credentials; on a master it is /etc/kubernetes/admin.conf.");
                     }};
        fix.command = QStringLiteral("ls -l ") + base::shellQuoted(file);
    } else if (error.reason == QLatin1String("fileUnreadable")) {
        fix.title = [] { return Diagnose::tr("Make the file readable for you"); };
        fix.command = QStringLiteral("ls -l ") + base::shellQuoted(file);
    } else {
        fix.title = [place] {
            return place.isEmpty() ? Diagnose::tr("Mend the file")
                                   : Diagnose::tr("Mend the file at %1 (line:column)").arg(place);
        };
        fix.steps = {[] { return Diagnose::tr("The other kubeconfigs go on working meanwhile."); }};
        fix.command = QStringLiteral("kubectl config view --kubeconfig ") + base::shellQuoted(file);
    }
    return finding;
}

Finding contextFinding(const base::Error& error, const QStringList& known)
{
    Finding finding = about(error, [] { return Diagnose::tr("The context cannot be used"); });
    Fix& fix = finding.fix;
    const bool isMissing = error.reason == QLatin1String("contextMissing");
    if (!isMissing && error.reason != QLatin1String("noCurrentContext")) {
        fix.action = QStringLiteral("editKubeconfig");
        fix.title = [] { return Diagnose::tr("Mend the entry in the kubeconfig"); };
        if (!error.ofWhom.isEmpty())
            fix.steps = {[file = error.ofWhom] { return Diagnose::tr("The context stands in %1.").arg(file); }};
        return finding;
    }
    fix.action = QStringLiteral("chooseContext");
    if (known.isEmpty()) {
        fix.title = [] { return Diagnose::tr("Give a kubeconfig that has a context"); };
        return finding;
    }
    const QString near = isMissing ? nearest(error.said, known) : QString();
    fix.title = [near] {
        return near.isEmpty() ? Diagnose::tr("Choose one of the contexts there are")
                              : Diagnose::tr("Perhaps “%1” is meant").arg(near);
    };
    constexpr qsizetype MostNamed = 10;
    fix.steps = {[names = known.mid(0, MostNamed).join(QStringLiteral(", "))] {
        return Diagnose::tr("There are: %1").arg(names);
    }};
    fix.command =
        QStringLiteral("kubectl config use-context ") + base::shellQuoted(near.isEmpty() ? known.front() : near);
    return finding;
}

Finding pluginMissing(const config::Context& context, const QStringList& searched)
{
    const config::ExecEntry& exec = *context.user.exec;
    Finding finding{.id = QStringLiteral("execMissing"),
                    .title = [] { return Diagnose::tr("The sign-in plugin is not there"); },
                    .evidence = searched,
                    .cause =
                        [command = exec.command] {
                            return Diagnose::tr(
                                       "The kubeconfig signs in with the program “%1”, which is not on this machine.")
                                .arg(command);
                        }};
    finding.fix.action = QStringLiteral("installPlugin");
    finding.fix.title = [command = exec.command] { return Diagnose::tr("Install “%1”").arg(command); };
    if (!exec.installHint.isEmpty())
        finding.fix.steps.emplace_back(exec.installHint);
    finding.fix.steps.emplace_back(
        [] { return Diagnose::tr("Where it is installed elsewhere: give its whole path in the kubeconfig."); });
    return finding;
}

} // namespace diagnose
