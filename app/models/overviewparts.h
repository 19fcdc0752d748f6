#pragma once
// The parts of an overview by kind; internal to models/.

#include "app/models/overview.h"

#include <QCoreApplication>

namespace models::overview {

struct Overview {
    Q_DECLARE_TR_FUNCTIONS(Overview)
};

/// Leaves out rows without a value.
void add(OverviewGroup& group, OverviewRow row);
QString timeText(const QString& rfc3339, std::int64_t now);
kube::Severity conditionSeverity(const QString& type, const QString& status);
void addConditions(std::vector<OverviewGroup>& groups, const kube::Json& object, std::int64_t now);
void addContainers(std::vector<OverviewGroup>& groups, const kube::Json& podSpec, const kube::Json& podStatus,
                   std::int64_t now);

/// Each answers whether the kind is its own.
bool addPod(std::vector<OverviewGroup>& groups, const kube::Json& object, const QString& kind, const QString& cluster,
            std::int64_t now);
bool addNode(std::vector<OverviewGroup>& groups, const kube::Json& object, const QString& kind);
bool addWorkload(std::vector<OverviewGroup>& groups, const kube::Json& object, const QString& kind,
                 const QString& cluster);

} // namespace models::overview
