#include "app/metrics/statefamilies.h"

#include <algorithm>
#include <iterator>

namespace metrics {
namespace {

using Kind = StateKind;
using Fact = StateFact;

constexpr StateFamily Families[] = {
    {"kube_pod_info", Kind::Pod, Fact::Info},
    {"kube_pod_created", Kind::Pod, Fact::Created},
    {"kube_pod_start_time", Kind::Pod, Fact::Started},
    {"kube_pod_owner", Kind::Pod, Fact::Owner},
    {"kube_pod_status_phase", Kind::Pod, Fact::Phase},
    {"kube_pod_status_ready", Kind::Pod, Fact::PodReady},
    {"kube_pod_status_reason", Kind::Pod, Fact::Reason},
    {"kube_pod_container_info", Kind::Container, Fact::Info},
    {"kube_pod_container_state_started", Kind::Container, Fact::Started},
    {"kube_pod_container_status_ready", Kind::Container, Fact::Ready},
    {"kube_pod_container_status_restarts_total", Kind::Container, Fact::Restarts},
    {"kube_pod_container_status_restarts", Kind::Container, Fact::Restarts},
    {"kube_pod_container_status_waiting_reason", Kind::Container, Fact::Reason},
    {"kube_pod_container_status_terminated_reason", Kind::Container, Fact::Reason},
    {"kube_pod_container_status_last_terminated_reason", Kind::Container, Fact::LastReason},
    {"kube_pod_container_status_last_terminated_exitcode", Kind::Container, Fact::LastExitCode},
    {"kube_pod_container_status_last_terminated_timestamp", Kind::Container, Fact::LastFinished},
    {"kube_pod_container_resource_requests", Kind::Container, Fact::Requests},
    {"kube_pod_container_resource_requests_cpu_cores", Kind::Container, Fact::RequestsCpu},
    {"kube_pod_container_resource_requests_memory_bytes", Kind::Container, Fact::RequestsMemory},
    {"kube_pod_container_resource_limits", Kind::Container, Fact::Limits},
    {"kube_pod_container_resource_limits_cpu_cores", Kind::Container, Fact::LimitsCpu},
    {"kube_pod_container_resource_limits_memory_bytes", Kind::Container, Fact::LimitsMemory},
    {"kube_pod_init_container_info", Kind::InitContainer, Fact::Info},
    {"kube_pod_init_container_state_started", Kind::InitContainer, Fact::Started},
    {"kube_pod_init_container_status_ready", Kind::InitContainer, Fact::Ready},
    {"kube_pod_init_container_status_restarts_total", Kind::InitContainer, Fact::Restarts},
    {"kube_pod_init_container_status_waiting_reason", Kind::InitContainer, Fact::Reason},
    {"kube_pod_init_container_status_terminated_reason", Kind::InitContainer, Fact::Reason},
    {"kube_pod_init_container_status_last_terminated_reason", Kind::InitContainer, Fact::LastReason},
    {"kube_pod_init_container_status_last_terminated_exitcode", Kind::InitContainer, Fact::LastExitCode},
    {"kube_pod_init_container_status_last_terminated_timestamp", Kind::InitContainer, Fact::LastFinished},
    {"kube_pod_init_container_resource_requests", Kind::InitContainer, Fact::Requests},
    {"kube_pod_init_container_resource_limits", Kind::InitContainer, Fact::Limits},
    {"kube_node_info", Kind::Node, Fact::Info},
    {"kube_node_created", Kind::Node, Fact::Created},
    {"kube_node_status_condition", Kind::Node, Fact::Condition},
    {"kube_node_status_allocatable", Kind::Node, Fact::Allocatable},
    {"kube_node_status_allocatable_cpu_cores", Kind::Node, Fact::AllocatableCpu},
    {"kube_node_status_allocatable_memory_bytes", Kind::Node, Fact::AllocatableMemory},
    {"kube_node_status_capacity", Kind::Node, Fact::Capacity},
    {"kube_node_status_capacity_cpu_cores", Kind::Node, Fact::CapacityCpu},
    {"kube_node_status_capacity_memory_bytes", Kind::Node, Fact::CapacityMemory},
    {"kube_deployment_created", Kind::Deployment, Fact::Created},
    {"kube_deployment_spec_replicas", Kind::Deployment, Fact::Wanted},
    {"kube_deployment_status_replicas_available", Kind::Deployment, Fact::Available},
    {"kube_deployment_status_replicas_ready", Kind::Deployment, Fact::ReadyReplicas},
    {"kube_deployment_status_condition", Kind::Deployment, Fact::Condition},
    {"kube_statefulset_created", Kind::StatefulSet, Fact::Created},
    {"kube_statefulset_replicas", Kind::StatefulSet, Fact::Wanted},
    {"kube_statefulset_status_replicas_available", Kind::StatefulSet, Fact::Available},
    {"kube_statefulset_status_replicas_ready", Kind::StatefulSet, Fact::ReadyReplicas},
    {"kube_daemonset_created", Kind::DaemonSet, Fact::Created},
    {"kube_daemonset_status_desired_number_scheduled", Kind::DaemonSet, Fact::Wanted},
    {"kube_daemonset_status_number_available", Kind::DaemonSet, Fact::Available},
    {"kube_daemonset_status_number_ready", Kind::DaemonSet, Fact::ReadyReplicas},
    {"kube_replicaset_created", Kind::ReplicaSet, Fact::Created},
    {"kube_replicaset_owner", Kind::ReplicaSet, Fact::Owner},
    {"kube_replicaset_spec_replicas", Kind::ReplicaSet, Fact::Wanted},
    {"kube_replicaset_status_ready_replicas", Kind::ReplicaSet, Fact::ReadyReplicas},
    {"kube_job_info", Kind::Job, Fact::Info},
    {"kube_job_created", Kind::Job, Fact::Created},
    {"kube_job_owner", Kind::Job, Fact::Owner},
    {"kube_job_spec_completions", Kind::Job, Fact::Wanted},
    {"kube_job_status_failed", Kind::Job, Fact::JobFailed},
    {"kube_job_failed", Kind::Job, Fact::JobFailedFinally},
    {"kube_job_complete", Kind::Job, Fact::JobComplete},
    {"kube_cronjob_info", Kind::CronJob, Fact::Info},
    {"kube_cronjob_created", Kind::CronJob, Fact::Created},
    {"kube_state_metrics_build_info", Kind::None, Fact::Version},
};

} // namespace

int stateFamilyOf(std::string_view name)
{
    // Asked once a run of lines, a few hundred times a page.
    const auto* const found = std::ranges::find(Families, name, &StateFamily::name);
    return found == std::end(Families) ? -1 : static_cast<int>(found - std::begin(Families));
}

const StateFamily& stateFamily(int number)
{
    return Families[number];
}

} // namespace metrics
