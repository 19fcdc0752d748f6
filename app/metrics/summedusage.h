#pragma once
// Usage of a workload over time: the sum over its pods, and how many of them it is the sum of. Pods come and go. Pure.

#include "app/metrics/samples.h"

#include <map>

namespace metrics {

struct SummedPoints {
    std::vector<Point> points;
    std::vector<int> pods; ///< beside each point: how many pods had a reading then
};

/// The sum at each multiple of `step`: of each series its last reading, unless that is older than `longest`: then the
/// pod is gone, or silent. Readings of different pods are never of one moment.
SummedPoints sumOver(const std::vector<const SampleSeries*>& pods, std::chrono::milliseconds step,
                     std::chrono::milliseconds longest);

/// The same where all series are of the same moments, as those of a range of Prometheus are.
SummedPoints sumOver(const std::map<Subject, std::vector<Point>>& pods);

/// A regular expression (RE2, matched as a whole) of the names that the controller of a workload gives its pods, past
/// ones too; empty where there is no rule for it.
/// https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go has the letters.
QString podNamePattern(const Subject& workload);
/// Not a node, a pod or a container.
bool isWorkload(const Subject& subject);

} // namespace metrics
