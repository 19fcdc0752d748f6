#include "app/change/diff.h"

#include "app/kube/secrets.h"
#include "app/kube/serverfields.h"
#include "app/kube/yaml.h"

#include <QStringList>
#include <algorithm>

namespace change {
namespace {

using Kind = DiffLine::Kind;

/// The steps of the search are remembered, one array each: their number bounds memory and time.
constexpr int MostSteps = 1'000;

/// Myers' greedy search for the shortest edit (An O(ND) Difference Algorithm and Its Variations, 1986).
std::vector<DiffLine> edits(const QStringList& a, const QStringList& b)
{
    const int n = static_cast<int>(a.size());
    const int m = static_cast<int>(b.size());
    const int most = std::min(n + m, MostSteps);
    std::vector<std::vector<int>> trace;
    std::vector<int> furthest(static_cast<std::size_t>(2 * most + 3), 0);
    const auto at = [&](std::vector<int>& v, int k) -> int& { return v[static_cast<std::size_t>(k + most + 1)]; };
    int steps = -1;
    for (int d = 0; d <= most && steps < 0; ++d) {
        trace.push_back(furthest);
        for (int k = -d; k <= d; k += 2) {
            const bool down = k == -d || (k != d && at(furthest, k - 1) < at(furthest, k + 1));
            int x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
            int y = x - k;
            while (x < n && y < m && a[x] == b[y]) {
                ++x;
                ++y;
            }
            at(furthest, k) = x;
            if (x >= n && y >= m) {
                steps = d;
                break;
            }
        }
    }
    std::vector<DiffLine> lines;
    if (steps < 0) { // too different to be told line by line
        for (int i = 0; i < n; ++i)
            lines.push_back({Kind::Removed, i + 1, 0, a[i]});
        for (int i = 0; i < m; ++i)
            lines.push_back({Kind::Added, 0, i + 1, b[i]});
        return lines;
    }
    int x = n;
    int y = m;
    for (int d = steps; d >= 0; --d) {
        auto& v = trace[static_cast<std::size_t>(d)];
        const int k = x - y;
        const bool down = k == -d || (k != d && at(v, k - 1) < at(v, k + 1));
        const int before = down ? k + 1 : k - 1;
        const int fromX = d == 0 ? 0 : at(v, before);
        const int fromY = d == 0 ? 0 : fromX - before;
        while (x > fromX && y > fromY) {
            --x;
            --y;
            lines.push_back({Kind::Same, x + 1, y + 1, a[x]});
        }
        if (d == 0)
            break;
        if (down)
            lines.push_back({Kind::Added, 0, fromY + 1, b[fromY]});
        else
            lines.push_back({Kind::Removed, fromX + 1, 0, a[fromX]});
        x = fromX;
        y = fromY;
    }
    std::ranges::reverse(lines);
    return lines;
}

QStringList linesOf(const QString& text)
{
    QStringList lines = text.split(QLatin1Char('\n'));
    if (!lines.isEmpty() && lines.back().isEmpty())
        lines.removeLast();
    return lines;
}

QString yamlOf(const kube::Json& object, bool isNew = false)
{
    if (!object.is_object())
        return {};
    return kube::toYaml(isNew ? kube::withoutServerFields(object) : kube::withoutVersion(object));
}

} // namespace

std::vector<DiffLine> diffLines(const QString& before, const QString& after, int context)
{
    if (before == after)
        return {};
    const std::vector<DiffLine> all = edits(linesOf(before), linesOf(after));
    std::vector<bool> isShown(all.size(), false);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind == Kind::Same)
            continue;
        const std::size_t from = i < static_cast<std::size_t>(context) ? 0 : i - static_cast<std::size_t>(context);
        const std::size_t to = std::min(all.size(), i + static_cast<std::size_t>(context) + 1);
        std::fill(isShown.begin() + static_cast<std::ptrdiff_t>(from),
                  isShown.begin() + static_cast<std::ptrdiff_t>(to), true);
    }
    std::vector<DiffLine> lines;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (isShown[i])
            lines.push_back(all[i]);
        else if (lines.empty() || lines.back().kind != Kind::Gap)
            lines.push_back({Kind::Gap, 0, 0, {}});
    }
    return lines;
}

std::vector<DiffLine> diffObjects(const kube::Json& before, const kube::Json& after, int context)
{
    const auto [left, right] = kube::withoutSecrets(before, after);
    return diffLines(yamlOf(left), yamlOf(right, before.is_null()), context);
}

QString unifiedText(const std::vector<DiffLine>& lines)
{
    QString text;
    for (std::size_t i = 0; i < lines.size();) {
        if (lines[i].kind == Kind::Gap) {
            ++i;
            continue;
        }
        std::size_t end = i;
        int before = 0;
        int after = 0;
        int firstBefore = 0;
        int firstAfter = 0;
        QString body;
        for (; end < lines.size() && lines[end].kind != Kind::Gap; ++end) {
            const DiffLine& line = lines[end];
            if (line.before > 0) {
                ++before;
                firstBefore = firstBefore > 0 ? firstBefore : line.before;
            }
            if (line.after > 0) {
                ++after;
                firstAfter = firstAfter > 0 ? firstAfter : line.after;
            }
            const char sign = line.kind == Kind::Added ? '+' : line.kind == Kind::Removed ? '-' : ' ';
            body += QLatin1Char(sign) + line.text + QLatin1Char('\n');
        }
        text += QStringLiteral("@@ -%1,%2 +%3,%4 @@\n").arg(firstBefore).arg(before).arg(firstAfter).arg(after) + body;
        i = end;
    }
    return text;
}

} // namespace change
