<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Cli</name>
    <message numerus="yes">
        <source>fires for %n object(s)</source>
        <translation>
            <numerusform>fires for %n object</numerusform>
            <numerusform>fires for %n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Deletions</name>
    <message numerus="yes">
        <source>Nothing that was looked at depends on it (%n kinds).</source>
        <translation>
            <numerusform>Nothing that was looked at depends on it (%n kind).</numerusform>
            <numerusform>Nothing that was looked at depends on it (%n kinds).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Diagnose</name>
    <message numerus="yes">
        <source>%1 The other files have %n context(s).</source>
        <translation>
            <numerusform>%1 The other files have %n context.</numerusform>
            <numerusform>%1 The other files have %n contexts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read, %n context(s).</source>
        <translation>
            <numerusform>Read, %n context.</numerusform>
            <numerusform>Read, %n contexts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server&apos;s clock is %n second(s) behind this machine&apos;s: certificates and tokens are judged by the wrong time on one side.</source>
        <translation>
            <numerusform>The server&apos;s clock is %n second behind this machine&apos;s: certificates and tokens are judged by the wrong time on one side.</numerusform>
            <numerusform>The server&apos;s clock is %n seconds behind this machine&apos;s: certificates and tokens are judged by the wrong time on one side.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server&apos;s clock is %n second(s) ahead of this machine&apos;s: certificates and tokens are judged by the wrong time on one side.</source>
        <translation>
            <numerusform>The server&apos;s clock is %n second ahead of this machine&apos;s: certificates and tokens are judged by the wrong time on one side.</numerusform>
            <numerusform>The server&apos;s clock is %n seconds ahead of this machine&apos;s: certificates and tokens are judged by the wrong time on one side.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>names</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) are cordoned</source>
        <translation>
            <numerusform>%n node is cordoned</numerusform>
            <numerusform>%n nodes are cordoned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) take no pods: %1</source>
        <translation>
            <numerusform>%n node takes no pods: %1</numerusform>
            <numerusform>%n nodes take no pods: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The taint %1 is not tolerated: %n node(s)</source>
        <translation>
            <numerusform>The taint %1 is not tolerated: %n node</numerusform>
            <numerusform>The taint %1 is not tolerated: %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) have no toleration for %1, which stands on %2.</source>
        <translation>
            <numerusform>%n pod has no toleration for %1, which stands on %2.</numerusform>
            <numerusform>%n pods have no toleration for %1, which stands on %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) pending; of these %1 have a place already, %2 are held by a gate.</source>
        <translation>
            <numerusform>%n pod pending; of these %1 have a place already, %2 are held by a gate.</numerusform>
            <numerusform>%n pods pending; of these %1 have a place already, %2 are held by a gate.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>FailedScheduling, last seen %1, %n time(s): %2</source>
        <translation>
            <numerusform>FailedScheduling, last seen %1, once: %2</numerusform>
            <numerusform>FailedScheduling, last seen %1, %n times: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) about it, none of them FailedScheduling.</source>
        <translation>
            <numerusform>%n event about it, which is not FailedScheduling.</numerusform>
            <numerusform>%n events about it, none of them FailedScheduling.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) have an event FailedScheduling.</source>
        <translation>
            <numerusform>%n pod has an event FailedScheduling.</numerusform>
            <numerusform>%n pods have an event FailedScheduling.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%1” has not looked at %n pod(s).</source>
        <translation>
            <numerusform>“%1” has not looked at %n pod.</numerusform>
            <numerusform>“%1” has not looked at %n pods.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s), %1 with the labels asked for; %2 of these are open to the pod.</source>
        <translation>
            <numerusform>%n node, %1 with the labels asked for; %2 of these are open to the pod.</numerusform>
            <numerusform>%n nodes, %1 with the labels asked for; %2 of these are open to the pod.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s); to %1 pods none of them is open.</source>
        <translation>
            <numerusform>%n node; to %1 pods it is not open.</numerusform>
            <numerusform>%n nodes; to %1 pods none of them is open.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not for %n pod(s): their nodes have changed since the scheduler looked.</source>
        <translation>
            <numerusform>Not for %n pod: its nodes have changed since the scheduler looked.</numerusform>
            <numerusform>Not for %n pods: their nodes have changed since the scheduler looked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its pods are on %n nodes, and each sees the path of its own node: what one writes the others do not find.</source>
        <translation>
            <numerusform>Its pods are on %n node, and each sees the path of its own node: what one writes the others do not find.</numerusform>
            <numerusform>Its pods are on %n nodes, and each sees the path of its own node: what one writes the others do not find.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n containers cannot get their image from %1</source>
        <translation>
            <numerusform>%n container cannot get its image from %1</numerusform>
            <numerusform>%n containers cannot get their image from %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n containers wait for an image from it.</source>
        <translation>
            <numerusform>%n container waits for an image from it.</numerusform>
            <numerusform>%n containers wait for an image from it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n business(es)</source>
        <translation>
            <numerusform>%n business</numerusform>
            <numerusform>%n businesses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n business namespace(s)</source>
        <translation>
            <numerusform>%n business namespace</numerusform>
            <numerusform>%n business namespaces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The platform finds something wrong with %n of them.</source>
        <translation>
            <numerusform>The platform finds something wrong with %n of them.</numerusform>
            <numerusform>The platform finds something wrong with %n of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are not as the platform wants them.</source>
        <translation>
            <numerusform>%n of them is not as the platform wants it.</numerusform>
            <numerusform>%n of them are not as the platform wants them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them could not be seen.</source>
        <translation>
            <numerusform>%n of them could not be seen.</numerusform>
            <numerusform>%n of them could not be seen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cluster(s): %1</source>
        <translation>
            <numerusform>%n cluster: %1</numerusform>
            <numerusform>%n clusters: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are not well.</source>
        <translation>
            <numerusform>%n of them is not well.</numerusform>
            <numerusform>%n of them are not well.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message numerus="yes">
        <source>%n address(es): %1</source>
        <translation>
            <numerusform>%n address: %1</numerusform>
            <numerusform>%n addresses: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A token of %n character(s).</source>
        <translation>
            <numerusform>A token of %n character.</numerusform>
            <numerusform>A token of %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Redacted: %n values; addresses were replaced.</source>
        <translation>
            <numerusform>Redacted: %n value; addresses were replaced.</numerusform>
            <numerusform>Redacted: %n values; addresses were replaced.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Redacted: %n values.</source>
        <translation>
            <numerusform>Redacted: %n value.</numerusform>
            <numerusform>Redacted: %n values.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetricRules</name>
    <message numerus="yes">
        <source>The FAQ&apos;s expression also fires for %n Job(s) that have not failed for good: %1.</source>
        <translation>
            <numerusform>The FAQ&apos;s expression also fires for %n Job that has not failed for good: %1.</numerusform>
            <numerusform>The FAQ&apos;s expression also fires for %n Jobs that have not failed for good: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The answer was cut after %n value(s).</source>
        <translation>
            <numerusform>The answer was cut after %n value.</numerusform>
            <numerusform>The answer was cut after %n values.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Alidade has been looking for %n minute(s). What was before is known by the last ending of each container only: that it restarted, not how often.</source>
        <translation>
            <numerusform>Alidade has been looking for %n minute. What was before is known by the last ending of each container only: that it restarted, not how often.</numerusform>
            <numerusform>Alidade has been looking for %n minutes. What was before is known by the last ending of each container only: that it restarted, not how often.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Alidade has been looking for %n minute(s); restarts before that are not seen.</source>
        <translation>
            <numerusform>Alidade has been looking for %n minute; restarts before that are not seen.</numerusform>
            <numerusform>Alidade has been looking for %n minutes; restarts before that are not seen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n Job(s) with failed pods still try: %1.</source>
        <translation>
            <numerusform>%n Job with failed pods still tries: %1.</numerusform>
            <numerusform>%n Jobs with failed pods still try: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed pod(s) of Jobs are left out; the FAQ&apos;s expression fires for them.</source>
        <translation>
            <numerusform>%n failed pod of Jobs is left out; the FAQ&apos;s expression fires for it.</numerusform>
            <numerusform>%n failed pods of Jobs are left out; the FAQ&apos;s expression fires for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The FAQ&apos;s expression fires for %n Job(s): %1. Whether they have failed for good is not known: there is no metric kube_job_failed.</source>
        <translation>
            <numerusform>The FAQ&apos;s expression fires for %n Job: %1. Whether it has failed for good is not known: there is no metric kube_job_failed.</numerusform>
            <numerusform>The FAQ&apos;s expression fires for %n Jobs: %1. Whether they have failed for good is not known: there is no metric kube_job_failed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message numerus="yes">
        <source>%n byte(s), in base64</source>
        <translation>
            <numerusform>%n byte, in base64</numerusform>
            <numerusform>%n bytes, in base64</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Taints</name>
    <message numerus="yes">
        <source>%1 allows %2 disruptions now; %n pods of it would be evicted.</source>
        <translation>
            <numerusform>%1 allows %2 disruptions now; one pod of it would be evicted.</numerusform>
            <numerusform>%1 allows %2 disruptions now; %n pods of it would be evicted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pods of %1 would be evicted, which it allows.</source>
        <translation>
            <numerusform>One pod of %1 would be evicted, which it allows.</numerusform>
            <numerusform>%n pods of %1 would be evicted, which it allows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsageRanges</name>
    <message numerus="yes">
        <source>CPU is the average over the %n second(s) before each value.</source>
        <translation>
            <numerusform>CPU is the average over the %n second before each value.</numerusform>
            <numerusform>CPU is the average over the %n seconds before each value.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One value every %n second(s).</source>
        <translation>
            <numerusform>One value every %n second.</numerusform>
            <numerusform>One value every %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ActForm</name>
    <message numerus="yes">
        <source>Cordon %n nodes</source>
        <translation>
            <numerusform>Cordon %n node</numerusform>
            <numerusform>Cordon %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Uncordon %n nodes</source>
        <translation>
            <numerusform>Uncordon %n node</numerusform>
            <numerusform>Uncordon %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n workloads</source>
        <translation>
            <numerusform>Restart %n workload</numerusform>
            <numerusform>Restart %n workloads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Suspend %n objects</source>
        <translation>
            <numerusform>Suspend %n object</numerusform>
            <numerusform>Suspend %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume %n objects</source>
        <translation>
            <numerusform>Resume %n object</numerusform>
            <numerusform>Resume %n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::AddonsPage</name>
    <message numerus="yes">
        <source>%n addons</source>
        <translation>
            <numerusform>%n addon</numerusform>
            <numerusform>%n addons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <comment>addons that are not well</comment>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more that could not be read</source>
        <translation>
            <numerusform>and %n more that could not be read</numerusform>
            <numerusform>and %n more that could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::BusinessDetail</name>
    <message numerus="yes">
        <source>and %n more: the table lists all</source>
        <translation>
            <numerusform>and %n more: the table lists all</numerusform>
            <numerusform>and %n more: the table lists all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::BusinessGraph</name>
    <message numerus="yes">
        <source>Folded: %n businesses and namespaces are not shown.</source>
        <translation>
            <numerusform>Folded: %n business or namespace is not shown.</numerusform>
            <numerusform>Folded: %n businesses and namespaces are not shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cluster %1: %n namespaces of businesses</source>
        <translation>
            <numerusform>Cluster %1: %n namespace of a business</numerusform>
            <numerusform>Cluster %1: %n namespaces of businesses</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::BusinessGraphView</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>names</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::BusinessesPage</name>
    <message numerus="yes">
        <source>%n found; Return goes to the next</source>
        <translation>
            <numerusform>%n found; Return goes to it</numerusform>
            <numerusform>%n found; Return goes to the next</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n businesses</source>
        <translation>
            <numerusform>%n business</numerusform>
            <numerusform>%n businesses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n namespaces</source>
        <translation>
            <numerusform>%n namespace</numerusform>
            <numerusform>%n namespaces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::CaptureDialog</name>
    <message numerus="yes">
        <source>%n requests</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parts were not captured:</source>
        <translation>
            <numerusform>%n part was not captured:</numerusform>
            <numerusform>%n parts were not captured:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ChangeController</name>
    <message numerus="yes">
        <source>%n objects were not written; the reason stands beside each.</source>
        <translation>
            <numerusform>%n object was not written; the reason stands beside it.</numerusform>
            <numerusform>%n objects were not written; the reason stands beside each.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objects cannot be written; the reason stands beside each.</source>
        <translation>
            <numerusform>%n object cannot be written; the reason stands beside it.</numerusform>
            <numerusform>%n objects cannot be written; the reason stands beside each.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ContentsDialog</name>
    <message numerus="yes">
        <source>%n requests</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ContrastView</name>
    <message numerus="yes">
        <source>%n contradicted</source>
        <comment>rows</comment>
        <translation>
            <numerusform>%n contradicted</numerusform>
            <numerusform>%n contradicted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::EditPage</name>
    <message numerus="yes">
        <source>%n problem(s), marked at the line.</source>
        <translation>
            <numerusform>%n problem, marked at its line.</numerusform>
            <numerusform>%n problems, marked at their lines.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FindingCard</name>
    <message numerus="yes">
        <source>Edit the taints of %n node(s)</source>
        <translation>
            <numerusform>Edit the taints of %n node</numerusform>
            <numerusform>Edit the taints of %n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HistoryController</name>
    <message numerus="yes">
        <source>metrics-server keeps nothing: these are the samples since it was chosen, %n minutes ago.</source>
        <translation>
            <numerusform>metrics-server keeps nothing: these are the samples since it was chosen, %n minute ago.</numerusform>
            <numerusform>metrics-server keeps nothing: these are the samples since it was chosen, %n minutes ago.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HistoryPlot</name>
    <message numerus="yes">
        <source>%n gap(s).</source>
        <translation>
            <numerusform>%n gap.</numerusform>
            <numerusform>%n gaps.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HistoryView</name>
    <message numerus="yes">
        <source>%1, sum of %n pods</source>
        <comment>a source</comment>
        <translation>
            <numerusform>%1, one pod</numerusform>
            <numerusform>%1, sum of %n pods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HostPathController</name>
    <message numerus="yes">
        <source>Mount in %n pods</source>
        <translation>
            <numerusform>Mount in %n pod</numerusform>
            <numerusform>Mount in %n pods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::KeysForm</name>
    <message numerus="yes">
        <source>Change %n labels</source>
        <translation>
            <numerusform>Change %n label</numerusform>
            <numerusform>Change %n labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n annotations</source>
        <translation>
            <numerusform>Change %n annotation</numerusform>
            <numerusform>Change %n annotations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ManifestSession</name>
    <message numerus="yes">
        <source>Apply to %n object(s)</source>
        <translation>
            <numerusform>Apply to %n object</numerusform>
            <numerusform>Apply to %n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::NamespaceBox</name>
    <message numerus="yes">
        <source>%n namespace(s)</source>
        <translation>
            <numerusform>%n namespace</numerusform>
            <numerusform>%n namespaces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::PaneStates</name>
    <message numerus="yes">
        <source>None of the %n %1 matches.</source>
        <translation>
            <numerusform>The only one of the %1 does not match.</numerusform>
            <numerusform>None of the %n %1 matches.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ScaleForm</name>
    <message numerus="yes">
        <source>Scale %n workloads to %1</source>
        <translation>
            <numerusform>Scale %n workload to %1</numerusform>
            <numerusform>Scale %n workloads to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SnapshotBar</name>
    <message numerus="yes">
        <source>%n not captured…</source>
        <translation>
            <numerusform>%n not captured…</numerusform>
            <numerusform>%n not captured…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parts were not captured</source>
        <translation>
            <numerusform>%n part was not captured</numerusform>
            <numerusform>%n parts were not captured</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n values redacted…</source>
        <translation>
            <numerusform>%n value redacted…</numerusform>
            <numerusform>%n values redacted…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TaintsController</name>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pods</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TroubleshootPage</name>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%n finding</numerusform>
            <numerusform>%n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::VerdictColumn</name>
    <message numerus="yes">
        <source>Fires for %n object(s)</source>
        <translation>
            <numerusform>Fires for %n object</numerusform>
            <numerusform>Fires for %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fired for %n object(s) by its old figures</source>
        <translation>
            <numerusform>Fired for %n object by its old figures</numerusform>
            <numerusform>Fired for %n objects by its old figures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) so far</source>
        <translation>
            <numerusform>%n object so far</numerusform>
            <numerusform>%n objects so far</numerusform>
        </translation>
    </message>
</context>
</TS>
