<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Addons</name>
    <message>
        <source>The platform has no cluster “%1”.</source>
        <translation>平台没有集群“%1”。</translation>
    </message>
    <message>
        <source>There is more than one %1 for this cluster, and they write the same objects.</source>
        <translation>该集群有多个 %1，它们写入相同的对象。</translation>
    </message>
    <message>
        <source>The platform says %1, but %2 is not in the cluster.</source>
        <translation>平台显示 %1，但集群中没有 %2。</translation>
    </message>
    <message>
        <source>The platform says %1, but %2 is not ready: %3</source>
        <translation>平台显示 %1，但 %2 未就绪：%3</translation>
    </message>
    <message>
        <source>The platform says %1, but %2 is scaled to no pod.</source>
        <translation>平台显示 %1，但 %2 的实例数量为 0。</translation>
    </message>
    <message>
        <source>It runs, but %1 is not there, which it was made with.</source>
        <translation>它在运行，但随它创建的 %1 已不存在。</translation>
    </message>
    <message>
        <source>The platform says %1, but all that it made is there and ready. It says: %2</source>
        <translation>平台显示 %1，但它创建的对象都存在且就绪。平台说：%2</translation>
    </message>
    <message>
        <source>It cannot be installed, since something of an earlier installation is there: %1</source>
        <translation>无法安装，因为存在之前安装的残留：%1</translation>
    </message>
    <message>
        <source>The platform says %1 (%2); in the cluster, %3: %4</source>
        <translation>平台显示 %1（%2）；集群中 %3：%4</translation>
    </message>
    <message>
        <source>The platform says %1. What this kind makes in the cluster is not known here.</source>
        <translation>平台显示 %1。此处不知道这类组件会在集群中创建什么。</translation>
    </message>
    <message>
        <source>well</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>failing</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a kind, then an object&apos;s name</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>not known: %1</source>
        <translation>未知：%1</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>there</source>
        <translation>存在</translation>
    </message>
    <message>
        <source>scaled to no pod</source>
        <translation>实例数量为 0</translation>
    </message>
    <message>
        <source>%1 of %2 ready</source>
        <comment>pods</comment>
        <translation>%2 个中 %1 个就绪</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <comment>how many pods are ready, then why</comment>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>The platform says %1.</source>
        <translation>平台显示 %1。</translation>
    </message>
    <message>
        <source>The platform says %1: %2</source>
        <translation>平台显示 %1：%2</translation>
    </message>
    <message>
        <source>All that it made is there and ready.</source>
        <translation>它创建的对象都存在且就绪。</translation>
    </message>
    <message>
        <source>What stands in the cluster is not known: %1</source>
        <translation>集群中的情况未知：%1</translation>
    </message>
    <message>
        <source>%1 is not known: %2</source>
        <translation>%1 的情况未知：%2</translation>
    </message>
    <message>
        <source>What stands in the cluster is not known yet.</source>
        <translation>集群中的情况尚未知晓。</translation>
    </message>
    <message>
        <source>The platform says nothing of it: nothing of it was done yet.</source>
        <translation>平台没有给出阶段：尚未做任何事。</translation>
    </message>
    <message>
        <source>Delete it at the platform, or import the cluster again under this name.</source>
        <translation>在平台上删除它，或以此名称重新导入集群。</translation>
    </message>
    <message>
        <source>Delete all but one at the platform.</source>
        <translation>在平台上只保留一个，删除其余。</translation>
    </message>
    <message>
        <source>Delete the addon at the platform and install it again: by itself the platform does not make what is gone.</source>
        <translation>在平台上删除该扩展组件并重新安装：平台不会自行重建已消失的对象。</translation>
    </message>
    <message>
        <source>See why its pods do not start: the platform looks whether the object is there, and not whether it is ready.</source>
        <translation>查看其 Pod 为何不能启动：平台只看对象是否存在，不看是否就绪。</translation>
    </message>
    <message>
        <source>Scale it to one pod.</source>
        <translation>将实例数量调整为 1。</translation>
    </message>
    <message>
        <source>The platform does not come back from this phase by itself. Deleting the addon there and installing it again mends that, and interrupts it.</source>
        <translation>平台不会自行离开该阶段。在平台上删除该扩展组件并重新安装可以解决，但会造成中断。</translation>
    </message>
    <message>
        <source>Delete in the cluster what is named; the platform tries again every five minutes, five times at most.</source>
        <translation>在集群中删除所指的对象；平台每五分钟重试一次，最多五次。</translation>
    </message>
    <message>
        <source>Mend what the reason names, then delete the addon at the platform and install it again.</source>
        <translation>先解决原因所指的问题，再在平台上删除该扩展组件并重新安装。</translation>
    </message>
    <message>
        <source>Mend what the reason names: the platform tries again every five minutes, five times at most.</source>
        <translation>解决原因所指的问题：平台每五分钟重试一次，最多五次。</translation>
    </message>
    <message>
        <source>%1 is in the cluster (%2), but the platform has no %3 installed there.</source>
        <translation>集群中有 %1（%2），但平台并未在其中安装 %3。</translation>
    </message>
    <message>
        <source>If nobody needs it, delete it there: installing %1 again may fail on it.</source>
        <translation>如果没有人需要它，请在集群中删除：再次安装 %1 可能因它而失败。</translation>
    </message>
    <message>
        <source>Where %1 are installed is not known: %2</source>
        <translation>不知道 %1 安装在哪里：%2</translation>
    </message>
    <message>
        <source>This cluster serves no kind of addons: it is no TKEStack platform.</source>
        <translation>该集群不提供任何扩展组件类型：它不是 TKEStack 平台。</translation>
    </message>
    <message>
        <source>Its API does not answer just now: %1</source>
        <translation>其 API 暂时没有应答：%1</translation>
    </message>
</context>
<context>
    <name>Businesses</name>
    <message>
        <source>The platform takes everybody of the tenant “default” for an administrator and lists no business to anybody (since v1.9.1).</source>
        <translation>平台把租户“default”中的所有人都视为管理员，因此不向任何人列出业务（自 v1.9.1 起）。</translation>
    </message>
    <message>
        <source>This platform is %1: since v1.9.1 it takes everybody of the tenant “default” for an administrator and lists no business to anybody.</source>
        <translation>该平台版本为 %1：自 v1.9.1 起，平台把租户“default”中的所有人都视为管理员，因此不向任何人列出业务。</translation>
    </message>
    <message>
        <source>The platform knows no user “%1”.</source>
        <translation>平台中没有用户“%1”。</translation>
    </message>
    <message>
        <source>“%1” is bound to no role in the business.</source>
        <translation>“%1”未绑定该业务的任何角色。</translation>
    </message>
    <message>
        <source>“%1” does not stand in spec.members, which decides where the auth component is not installed.</source>
        <translation>“%1”不在 spec.members 中；未安装 auth 组件时由该列表决定。</translation>
    </message>
    <message>
        <source>The business is locked, or has failed: its members may not be bound.</source>
        <translation>业务已锁定或创建失败：其成员可能未绑定。</translation>
    </message>
    <message>
        <source>Making the business failed, and it stays locked: %1</source>
        <translation>业务创建失败，并保持锁定：%1</translation>
    </message>
    <message>
        <source>The name %1 does not begin with “prj-”: the auth component passes over it.</source>
        <translation>名称 %1 不以“prj-”开头：auth 组件会跳过它。</translation>
    </message>
    <message>
        <source>“%1” is of the tenant “%2”, and the business of another.</source>
        <translation>“%1”属于租户“%2”，而该业务属于另一个租户。</translation>
    </message>
    <message>
        <source>The platform&apos;s own answer to “%1” does not list the business.</source>
        <translation>平台对“%1”的应答中没有列出该业务。</translation>
    </message>
    <message>
        <source>The rule that hides all businesses of the tenant “default” does not apply here.</source>
        <translation>“隐藏租户 default 的所有业务”这一规则在此不适用。</translation>
    </message>
    <message>
        <source>The platform knows “%1”.</source>
        <translation>平台中有用户“%1”。</translation>
    </message>
    <message>
        <source>“%1” is bound to a role in the business.</source>
        <translation>“%1”已绑定该业务的角色。</translation>
    </message>
    <message>
        <source>“%1” stands in spec.members.</source>
        <translation>“%1”在 spec.members 中。</translation>
    </message>
    <message>
        <source>The business was made without an error (phase %1).</source>
        <translation>业务创建时没有出错（状态为 %1）。</translation>
    </message>
    <message>
        <source>The name %1 begins with “prj-”.</source>
        <translation>名称 %1 以“prj-”开头。</translation>
    </message>
    <message>
        <source>Both are of the tenant “%1”.</source>
        <translation>二者都属于租户“%1”。</translation>
    </message>
    <message>
        <source>“%1” administers the platform, which puts nobody into a business.</source>
        <translation>“%1”是平台管理员，但这并不会使其加入任何业务。</translation>
    </message>
    <message>
        <source>“%1” does not administer the platform.</source>
        <translation>“%1”不是平台管理员。</translation>
    </message>
    <message>
        <source>The platform&apos;s own answer to “%1” lists the business.</source>
        <translation>平台对“%1”的应答中列出了该业务。</translation>
    </message>
    <message>
        <source>The cluster has no such namespace any more.</source>
        <translation>集群中已没有该命名空间。</translation>
    </message>
    <message>
        <source>The namespace in the cluster does not carry the label of its business.</source>
        <translation>集群中的命名空间没有所属业务的标签。</translation>
    </message>
    <message>
        <source>The namespace in the cluster belongs to another business.</source>
        <translation>集群中的命名空间属于另一个业务。</translation>
    </message>
    <message>
        <source>The namespace in the cluster is not active.</source>
        <translation>集群中的命名空间不处于 Active 状态。</translation>
    </message>
    <message>
        <source>The platform cannot reach the cluster.</source>
        <translation>平台无法连接该集群。</translation>
    </message>
    <message>
        <source>The cluster has no such ResourceQuota any more.</source>
        <translation>集群中已没有该 ResourceQuota。</translation>
    </message>
    <message>
        <source>The platform could not make the namespace in the cluster.</source>
        <translation>平台未能在集群中创建该命名空间。</translation>
    </message>
    <message>
        <source>Does this platform hide all businesses of the tenant?</source>
        <translation>该平台是否隐藏此租户的所有业务？</translation>
    </message>
    <message>
        <source>Does the platform know the user?</source>
        <translation>平台中是否有该用户？</translation>
    </message>
    <message>
        <source>Is the user bound to a role in the business?</source>
        <translation>用户是否绑定了该业务的角色？</translation>
    </message>
    <message>
        <source>Is the user a member of the business?</source>
        <translation>用户是否为该业务的成员？</translation>
    </message>
    <message>
        <source>Could the members be bound when the business was made?</source>
        <translation>创建业务时成员是否绑定成功？</translation>
    </message>
    <message>
        <source>Has the business a name that the auth component takes?</source>
        <translation>业务的名称是否为 auth 组件所接受？</translation>
    </message>
    <message>
        <source>Are user and business of one tenant?</source>
        <translation>用户与业务是否属于同一租户？</translation>
    </message>
    <message>
        <source>Does the user administer the platform?</source>
        <translation>用户是否为平台管理员？</translation>
    </message>
    <message>
        <source>What does the platform itself list to the user?</source>
        <translation>平台自身向该用户列出了什么？</translation>
    </message>
    <message>
        <source>This could not be read.</source>
        <translation>此项无法读取。</translation>
    </message>
    <message>
        <source>Not asked: another answer decides, or the platform does not serve this.</source>
        <translation>未查询：由其他结果决定，或平台不提供此项。</translation>
    </message>
    <message>
        <source>Use the platform&apos;s own console (平台管理) for businesses of the tenant “default”, or keep business users in a tenant of their own.</source>
        <translation>租户“default”的业务请在平台管理中查看，或者将业务用户放在单独的租户中。</translation>
    </message>
    <message>
        <source>Check the spelling, or create the user (用户管理).</source>
        <translation>请检查拼写，或在用户管理中创建该用户。</translation>
    </message>
    <message>
        <source>Add the member in the console under the business&apos; members, which makes the binding: POST /apis/auth.tkestack.io/v1/projects/%1/binding. Changing spec.members does nothing.</source>
        <translation>请在控制台该业务的成员中添加，这会建立绑定：POST /apis/auth.tkestack.io/v1/projects/%1/binding。修改 spec.members 不起作用。</translation>
    </message>
    <message>
        <source>Add “%1” to the members of the business when it is made, or install the auth component.</source>
        <translation>请在创建业务时将“%1”加入成员，或安装 auth 组件。</translation>
    </message>
    <message>
        <source>Make the business anew in the console, which gives it a name of its own.</source>
        <translation>请在控制台重新创建该业务，由控制台为其命名。</translation>
    </message>
    <message>
        <source>Sign in as a user of the tenant that the business is of.</source>
        <translation>请以该业务所属租户的用户登录。</translation>
    </message>
    <message>
        <source>Whether “%1” sees the business %2 cannot be told.</source>
        <translation>无法判断“%1”是否能看到业务 %2。</translation>
    </message>
    <message>
        <source>“%1” sees the business %2.</source>
        <translation>“%1”能看到业务 %2。</translation>
    </message>
    <message>
        <source>“%1” does not see the business %2.</source>
        <translation>“%1”看不到业务 %2。</translation>
    </message>
    <message>
        <source>%1 It says: %2</source>
        <translation>%1平台给出的信息：%2</translation>
    </message>
    <message>
        <source>The cluster was not asked.</source>
        <translation>未查询该集群。</translation>
    </message>
    <message>
        <source>The cluster has no namespace %1.</source>
        <translation>集群中没有命名空间 %1。</translation>
    </message>
    <message>
        <source>The namespace %1 belongs to the business %2 by its label.</source>
        <translation>从标签看，命名空间 %1 属于业务 %2。</translation>
    </message>
    <message>
        <source>The namespace %1 is being deleted.</source>
        <translation>命名空间 %1 正在删除。</translation>
    </message>
    <message>
        <source>The namespace %1 is there without the label of a business.</source>
        <translation>命名空间 %1 存在，但没有业务标签。</translation>
    </message>
    <message>
        <source>The namespace %1 is there without its ResourceQuota: nothing is limited.</source>
        <translation>命名空间 %1 存在，但没有 ResourceQuota：没有任何限制。</translation>
    </message>
    <message>
        <source>The namespace %1 is there; its ResourceQuota could not be seen.</source>
        <translation>命名空间 %1 存在；其 ResourceQuota 无法查看。</translation>
    </message>
    <message>
        <source>The namespace %1 is there as the platform wants it.</source>
        <translation>命名空间 %1 存在，且与平台的要求一致。</translation>
    </message>
    <message>
        <source>A name is wanted.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>The name has %1 characters; 48 are the most.</source>
        <translation>名称有 %1 个字符，最长 48 个。</translation>
    </message>
    <message>
        <source>A name has lower-case letters, digits and “-”, begins with a letter and ends with a letter or a digit.</source>
        <translation>名称只能包含小写字母、数字及“-”，以小写字母开头，以小写字母或数字结尾。</translation>
    </message>
    <message>
        <source>The name %1 is kept for the cluster itself.</source>
        <translation>名称 %1 保留给集群自身使用。</translation>
    </message>
    <message>
        <source>A business is wanted.</source>
        <translation>请选择业务。</translation>
    </message>
    <message>
        <source>There is no business %1.</source>
        <translation>没有业务 %1。</translation>
    </message>
    <message>
        <source>The business %1 is locked: the platform makes no namespace in it.</source>
        <translation>业务 %1 已锁定：平台不会在其中创建命名空间。</translation>
    </message>
    <message>
        <source>The business %1 is not active.</source>
        <translation>业务 %1 不可用。</translation>
    </message>
    <message>
        <source>The business %1 is not active: %2.</source>
        <translation>业务 %1 不可用：%2。</translation>
    </message>
    <message>
        <source>A cluster is wanted, exactly one.</source>
        <translation>请选择集群，只能选一个。</translation>
    </message>
    <message>
        <source>The business may not use the cluster %1.</source>
        <translation>该业务不能使用集群 %1。</translation>
    </message>
    <message>
        <source>%1: the business limits it, so the namespace must.</source>
        <translation>%1：业务对其设有限制，因此命名空间也必须设置。</translation>
    </message>
    <message>
        <source>%1: “%2” is no quantity.</source>
        <translation>%1：“%2”不是有效的数量。</translation>
    </message>
    <message>
        <source>%1: the business has %2 left.</source>
        <translation>%1：该业务剩余 %2。</translation>
    </message>
    <message>
        <source>The business %1 has a namespace of this name in this cluster.</source>
        <translation>业务 %1 在该集群中已有同名的命名空间。</translation>
    </message>
    <message>
        <source>A business namespace sits in exactly one cluster: its spec.clusterName is one name, it is called CLUSTER-NAMESPACE, and neither can be changed. For a second cluster make a second business namespace; the business itself may use several clusters.</source>
        <translation>一个业务命名空间只属于一个集群：其 spec.clusterName 只有一个值，对象名称为“集群-命名空间”，两者都不能修改。如需使用另一个集群，请再创建一个业务命名空间；业务本身可以使用多个集群。</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>尚未查询</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>conflict: %1</source>
        <translation>冲突：%1</translation>
    </message>
    <message>
        <source>being deleted</source>
        <translation>正在删除</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>no quota</source>
        <translation>无配额</translation>
    </message>
    <message>
        <source>there, quota not known</source>
        <translation>存在，配额未知</translation>
    </message>
    <message>
        <source>as planned</source>
        <translation>符合要求</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what failed, the error</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>At most 48 characters: lower-case letters, digits and “-”; it begins with a letter, ends with a letter or a digit, and does not begin with “kube-”.</source>
        <translation>最长 48 个字符，只能包含小写字母、数字及“-”，以小写字母开头，以小写字母或数字结尾，且不能以“kube-”开头。</translation>
    </message>
    <message>
        <source>There is a LocalIdentity “%1” in the tenant “%2”, but the sign-in of that tenant does not list it: the tenant has no identity provider, or one of another type.</source>
        <translation>租户“%2”中有名为“%1”的 LocalIdentity，但该租户的登录方式中列不出该用户：该租户没有身份提供商（IdentityProvider），或身份提供商是其他类型。</translation>
    </message>
    <message>
        <source>“%1” stands in spec.members, but is bound to no role in the business. The list is made into bindings once, while the business is created, without the names that the platform does not know then; later changes to it are accepted and dropped.</source>
        <translation>“%1”在 spec.members 中，但未绑定该业务的任何角色。该列表只在创建业务时转成绑定一次，当时平台不认识的用户名会被略去；之后的修改会被接受但不生效。</translation>
    </message>
    <message>
        <source>No binding of the business names “%1”; some name groups (%2), and the business console does not count these, whoever is in them.</source>
        <translation>该业务的绑定中没有“%1”本人；有的绑定了用户组（%2），但无论组内有谁，业务管理界面都不计入用户组的绑定。</translation>
    </message>
    <message>
        <source>A binding of the business names “%1”, but the auth component does not count it: tke-auth-controller, which makes a binding count within seconds, has not done so.</source>
        <translation>该业务的绑定中有“%1”，但 auth 组件未计入：tke-auth-controller 本应在数秒内使绑定生效，却没有做到。</translation>
    </message>
    <message>
        <source>The Kubernetes API server does not let this be asked in the name of “%1”. The console does not ask by way of it, so this says nothing of what the console lists: %2</source>
        <translation>Kubernetes API Server 不允许以“%1”的名义查询。控制台不经由它查询，因此这不说明控制台会列出什么：%2</translation>
    </message>
    <message>
        <source>Make an IdentityProvider “%1” for the tenant, of the type “tke”, or create the user where the tenant&apos;s identity provider keeps its own.</source>
        <translation>请为该租户创建名为“%1”、类型为“tke”的 IdentityProvider，或在该租户的身份提供商自己的用户库中创建该用户。</translation>
    </message>
    <message>
        <source>Look whether tke-auth-controller runs (namespace tke), and what its log says of the binding.</source>
        <translation>请查看 tke-auth-controller（命名空间 tke）是否在运行，以及其日志中与该绑定有关的内容。</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <source>The server warns: %1</source>
        <translation>服务器警告：%1</translation>
    </message>
    <message>
        <source>%1 keeps this object and may put it back.</source>
        <translation>%1 管理着这个对象，可能会把它改回去。</translation>
    </message>
    <message>
        <source>Helm keeps this object: the next upgrade may put it back.</source>
        <translation>Helm 管理着这个对象：下次升级可能会把它改回去。</translation>
    </message>
    <message>
        <source>The Helm release %1 keeps this object: its next upgrade may put it back.</source>
        <translation>Helm 应用 %1 管理着这个对象：它下次升级时可能会把它改回去。</translation>
    </message>
    <message>
        <source>The Argo CD application %1 keeps this object and may put it back.</source>
        <translation>Argo CD 应用 %1 管理着这个对象，可能会把它改回去。</translation>
    </message>
    <message>
        <source>Flux (%1) keeps this object and may put it back.</source>
        <translation>Flux（%1）管理着这个对象，可能会把它改回去。</translation>
    </message>
    <message>
        <source>%1 wrote this field last.</source>
        <translation>这个字段上次由 %1 写入。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Somebody came between: it was %1 and is now %2.</source>
        <translation>期间有人改动：原为 %1，现为 %2。</translation>
    </message>
    <message>
        <source>%1 came between at %2: it was %3 and is now %4.</source>
        <translation>期间 %1 在 %2 改动过：原为 %3，现为 %4。</translation>
    </message>
    <message>
        <source>This stops all pods.</source>
        <translation>这会停止所有 Pod。</translation>
    </message>
    <message>
        <source>The HorizontalPodAutoscaler %1 keeps the number within %2 and may put it back. At 0 it rests until somebody scales up.</source>
        <translation>HorizontalPodAutoscaler %1 把数量保持在 %2 之间，可能会改回去；数量为 0 时它停止伸缩，直到有人扩容。</translation>
    </message>
    <message>
        <source>Whether a HorizontalPodAutoscaler keeps the number could not be read: %1</source>
        <translation>无法读取是否有 HorizontalPodAutoscaler 管理该数量：%1</translation>
    </message>
    <message>
        <source>The update strategy is OnDelete: no pod restarts until somebody deletes it.</source>
        <translation>更新策略为 OnDelete：在有人删除 Pod 之前，不会有 Pod 重启。</translation>
    </message>
    <message>
        <source>Pods are replaced one after the other, as the update strategy says. A restart cannot be taken back.</source>
        <translation>Pod 会按更新策略逐个替换。重启无法撤销。</translation>
    </message>
    <message>
        <source>Its running pods are deleted; when it is resumed new ones begin from the start.</source>
        <translation>正在运行的 Pod 会被删除；恢复后新的 Pod 从头开始运行。</translation>
    </message>
    <message>
        <source>No new jobs are started. Those that run go on.</source>
        <translation>不再启动新的 Job，正在运行的 Job 继续运行。</translation>
    </message>
    <message>
        <source>The cluster itself needs this. Without it the cluster may stop working.</source>
        <translation>这是集群自身需要的对象。没有它，集群可能无法工作。</translation>
    </message>
    <message>
        <source>This is the heartbeat of a node. Without it the node may be taken for dead.</source>
        <translation>这是节点的心跳。没有它，节点可能被判定为失联。</translation>
    </message>
    <message>
        <source>Everything in this namespace is deleted with it.</source>
        <translation>该命名空间中的所有对象会随之删除。</translation>
    </message>
    <message>
        <source>Every object of the kind %1, in all namespaces, is deleted with it.</source>
        <translation>所有命名空间中类型为 %1 的对象都会随之删除。</translation>
    </message>
    <message>
        <source>The machine keeps running, and its kubelet may register it again. Drain it first.</source>
        <translation>机器会继续运行，其 kubelet 可能重新注册该节点。请先驱逐。</translation>
    </message>
    <message>
        <source>The claim %1 is bound to this volume; the reclaim policy is %2.</source>
        <translation>声明 %1 绑定在该卷上；回收策略为 %2。</translation>
    </message>
    <message>
        <source>It is being deleted already, since %1.</source>
        <translation>它从 %1 起已在删除中。</translation>
    </message>
    <message>
        <source>It stays until its finalizers are done: %1.</source>
        <translation>在其 finalizers 完成之前它会一直存在：%1。</translation>
    </message>
    <message>
        <source>%1 keeps this object and makes another in its place.</source>
        <translation>该对象由 %1 维护，删除后会重新创建一个。</translation>
    </message>
    <message>
        <source>%1 wrote %2 last.</source>
        <translation>%1 最后写入了 %2。</translation>
    </message>
    <message>
        <source>An image has a name.</source>
        <translation>请填写镜像名称。</translation>
    </message>
    <message>
        <source>An image&apos;s name has no spaces.</source>
        <translation>镜像名称中不能有空格。</translation>
    </message>
    <message>
        <source>The name of an image&apos;s repository is in lower case.</source>
        <translation>镜像仓库名称必须为小写。</translation>
    </message>
    <message>
        <source>This is no name of an image: registry/repository:tag@digest.</source>
        <translation>这不是镜像名称，格式为 registry/repository:tag@digest。</translation>
    </message>
    <message>
        <source>A key is missing.</source>
        <translation>缺少键。</translation>
    </message>
    <message>
        <source>What stands before the slash is a DNS name in lower case, of 253 characters at the most.</source>
        <translation>斜杠之前必须是小写的 DNS 名称，最多 253 个字符。</translation>
    </message>
    <message>
        <source>A key has at most 63 letters, digits, “-”, “_” and “.”, and begins and ends with a letter or digit.</source>
        <translation>键最多 63 个字符，只能包含字母、数字、“-”、“_”和“.”，并以字母或数字开头和结尾。</translation>
    </message>
    <message>
        <source>This key is there already.</source>
        <translation>该键已存在。</translation>
    </message>
    <message>
        <source>The value of a label has at most 63 characters.</source>
        <translation>标签的值最多 63 个字符。</translation>
    </message>
    <message>
        <source>The value of a label has letters, digits, “-”, “_” and “.”, and begins and ends with a letter or digit.</source>
        <translation>标签的值只能包含字母、数字、“-”、“_”和“.”，并以字母或数字开头和结尾。</translation>
    </message>
    <message>
        <source>All annotations together have at most 256 KiB.</source>
        <translation>所有注解合计最多 256 KiB。</translation>
    </message>
    <message>
        <source>Who else keeps this object could not be read: %1</source>
        <translation>无法读取该对象还由谁维护：%1</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>There are no %1.</source>
        <translation>没有%1。</translation>
    </message>
    <message>
        <source>There are no %1 in namespace %2.</source>
        <translation>命名空间 %2 中没有%1。</translation>
    </message>
    <message>
        <source>Read this kubeconfig only.</source>
        <translation>只读取这个 kubeconfig。</translation>
    </message>
    <message>
        <source>Use this context, not the current one.</source>
        <translation>使用这个上下文，而不是当前上下文。</translation>
    </message>
    <message>
        <source>Look in this namespace.</source>
        <translation>在这个命名空间中查看。</translation>
    </message>
    <message>
        <source>Look in all namespaces.</source>
        <translation>在所有命名空间中查看。</translation>
    </message>
    <message>
        <source>en or zh_CN.</source>
        <translation>en 或 zh_CN。</translation>
    </message>
    <message>
        <source>Give up after so many seconds.</source>
        <translation>超过这么多秒后放弃。</translation>
    </message>
    <message>
        <source>Send a token to a server that is not verified.</source>
        <translation>允许把令牌发给身份未经验证的服务器。</translation>
    </message>
    <message>
        <source>No command was given. See alidadectl --help.</source>
        <translation>没有给出命令。请参阅 alidadectl --help。</translation>
    </message>
    <message>
        <source>“%1” is not a command. See alidadectl --help.</source>
        <translation>没有“%1”这个命令。请参阅 alidadectl --help。</translation>
    </message>
    <message>
        <source>“%1” is not an output format: text and json are.</source>
        <translation>“%1”不是输出格式：可用 text 和 json。</translation>
    </message>
    <message>
        <source>“%1” is not a language: en and zh_CN are.</source>
        <translation>“%1”不是可用的语言：可用 en 和 zh_CN。</translation>
    </message>
    <message>
        <source>“%1” is not a time in seconds.</source>
        <translation>“%1”不是以秒为单位的时间。</translation>
    </message>
    <message>
        <source>Either one namespace (-n) or all (-A) can be asked for, not both.</source>
        <translation>只能指定一个命名空间（-n）或所有命名空间（-A），不能同时指定。</translation>
    </message>
    <message>
        <source>“%1” takes no arguments.</source>
        <translation>“%1”不带参数。</translation>
    </message>
    <message>
        <source>“get” takes a kind, and a name if one object is wanted.</source>
        <translation>“get”需要资源类型；要看单个对象时再加名称。</translation>
    </message>
    <message>
        <source>One object is in one namespace: name it with -n.</source>
        <translation>一个对象只属于一个命名空间：请用 -n 指定。</translation>
    </message>
    <message>
        <source>the contexts of the kubeconfigs, with their problems</source>
        <translation>各 kubeconfig 的上下文及其问题</translation>
    </message>
    <message>
        <source>the server&apos;s own table of a kind, or one object</source>
        <translation>某一类资源的服务端表格，或一个对象</translation>
    </message>
    <message>
        <source>Inspects Kubernetes and TKEStack clusters.</source>
        <translation>检查 Kubernetes 与 TKEStack 集群。</translation>
    </message>
    <message>
        <source>Commands:</source>
        <translation>命令：</translation>
    </message>
    <message>
        <source>One of the commands above.</source>
        <translation>上面的命令之一。</translation>
    </message>
    <message>
        <source>“%1” takes no --%2.</source>
        <translation>“%1”不接受 --%2。</translation>
    </message>
    <message>
        <source>the kinds that a cluster serves, with counts</source>
        <translation>集群提供的资源类型及其数量</translation>
    </message>
    <message>
        <source>“%1” is not a guide: alidadectl check --list names them.</source>
        <translation>“%1”不是排查指引：alidadectl check --list 会列出所有指引。</translation>
    </message>
    <message>
        <source>“%1” takes no “%2”.</source>
        <translation>“%1”不接受“%2”。</translation>
    </message>
    <message>
        <source>GUIDE</source>
        <translation>指引</translation>
    </message>
    <message>
        <source>WHAT IT IS FOR</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>No guide knows this error text. alidadectl check --list names the guides there are.</source>
        <translation>没有指引认识这段错误信息。alidadectl check --list 会列出现有的指引。</translation>
    </message>
    <message>
        <source>finds out what is wrong, step by step, and says what to do</source>
        <translation>逐步查找问题所在，并说明如何处理</translation>
    </message>
    <message>
        <source>List the guides.</source>
        <translation>列出排查指引。</translation>
    </message>
    <message>
        <source>Choose the guides by an error text.</source>
        <translation>按错误信息选择指引。</translation>
    </message>
    <message>
        <source>text or json; a report also as md or html.</source>
        <translation>text 或 json；报告还可用 md 或 html。</translation>
    </message>
    <message>
        <source>“%1” is not a report&apos;s format: text, json, md and html are.</source>
        <translation>“%1”不是报告格式：可用 text、json、md 和 html。</translation>
    </message>
    <message>
        <source>the addresses of the cluster, each tried step by step</source>
        <translation>集群的各个地址，逐步逐个检测</translation>
    </message>
    <message>
        <source>Expect this name in the certificate of --endpoint.</source>
        <translation>--endpoint 的证书中应有的名称。</translation>
    </message>
    <message>
        <source>Use --endpoint also where it cannot be told that it is the same cluster.</source>
        <translation>即使无法确认是同一集群，也使用 --endpoint。</translation>
    </message>
    <message>
        <source>“%1” is no address of a cluster: real, real:N, advertise and URLs are.</source>
        <translation>“%1”不是集群地址；可用 real、real:N、advertise 或 URL。</translation>
    </message>
    <message>
        <source>--tls-server-name goes with --endpoint.</source>
        <translation>--tls-server-name 须与 --endpoint 一起使用。</translation>
    </message>
    <message>
        <source>cordoned</source>
        <translation>已封锁</translation>
    </message>
    <message>
        <source>schedulable</source>
        <translation>可调度</translation>
    </message>
    <message>
        <source>NODE</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>BEFORE</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>AFTER</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Nothing was sent. With --apply it is.</source>
        <translation>尚未发送。加上 --apply 才会发送。</translation>
    </message>
    <message>
        <source>“%1” takes the names of nodes.</source>
        <translation>“%1” 后面要写节点名。</translation>
    </message>
    <message>
        <source>keeps new pods off nodes (with --apply)</source>
        <translation>封锁节点（需加 --apply）</translation>
    </message>
    <message>
        <source>lets new pods onto nodes again (with --apply)</source>
        <translation>取消封锁节点（需加 --apply）</translation>
    </message>
    <message>
        <source>“taint” takes nodes and, after them, taints: key=value:effect or key:effect adds one, key:effect- or key- removes it.</source>
        <translation>“taint” 后面先写节点，再写 Taint：key=value:effect 或 key:effect 为添加，key:effect- 或 key- 为移除。</translation>
    </message>
    <message>
        <source>The nodes come before the taints.</source>
        <translation>节点要写在 Taint 之前。</translation>
    </message>
    <message>
        <source>what a change of taints would do, and with --apply the change</source>
        <translation>预览修改 Taint 的影响，加上 --apply 则执行</translation>
    </message>
    <message>
        <source>POD</source>
        <translation>Pod（实例）</translation>
    </message>
    <message>
        <source>WHAT HAPPENS</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>NOTES</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>Pods: %1 stay, %2 evicted now, %3 evicted later.</source>
        <translation>Pod：%1 个保留，%2 个立即驱逐，%3 个稍后驱逐。</translation>
    </message>
    <message>
        <source>As far as taints go, %1 can be placed on %2.</source>
        <translation>就 Taint 而言，%1 可以调度到 %2。</translation>
    </message>
    <message>
        <source>%1 is written (version %2).</source>
        <translation>%1 已写入（版本 %2）。</translation>
    </message>
    <message>
        <source>Send it; without this it is only tried.</source>
        <translation>发送；不加则只试运行。</translation>
    </message>
    <message>
        <source> (done)</source>
        <translation>（已完成）</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>“apply” takes a file: -f FILE, or -f - for standard input.</source>
        <translation>“apply”需要一个文件：-f FILE，或用 -f - 读取标准输入。</translation>
    </message>
    <message>
        <source>“apply” takes one namespace (-n), not all.</source>
        <translation>“apply”只接受一个命名空间（-n），不接受全部。</translation>
    </message>
    <message>
        <source>what the objects of a file would change; --apply changes them</source>
        <translation>文件中的对象会改变什么；加 --apply 则执行更改</translation>
    </message>
    <message>
        <source>Read objects from this file, or - for standard input.</source>
        <translation>从该文件读取对象，- 表示标准输入。</translation>
    </message>
    <message>
        <source>Take over fields that other managers own.</source>
        <translation>接管其他管理者所有的字段。</translation>
    </message>
    <message>
        <source>Run the kubeconfig&apos;s sign-in program without asking.</source>
        <translation>不询问，直接运行 kubeconfig 中的登录程序。</translation>
    </message>
    <message>
        <source>The time is up: what was not answered is left out.</source>
        <translation>时间已到：未得到应答的步骤已略去。</translation>
    </message>
    <message>
        <source>No pod would come about: %1</source>
        <translation>不会产生任何 Pod：%1</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>“--new-deployment NAME” takes --image, and no KIND/NAME.</source>
        <translation>“--new-deployment NAME”需要 --image，且不带 KIND/NAME。</translation>
    </message>
    <message>
        <source>“hostpath” takes one KIND/NAME.</source>
        <translation>“hostpath”需要一个 KIND/NAME。</translation>
    </message>
    <message>
        <source>“hostpath” takes --path on the node and --mount in the container.</source>
        <translation>“hostpath”需要节点上的 --path 和容器中的 --mount。</translation>
    </message>
    <message>
        <source>“%1” takes one namespace (-n), not all.</source>
        <translation>“%1”只针对一个命名空间（-n），不能是全部。</translation>
    </message>
    <message>
        <source>mounts a directory of the node into a workload (with --apply)</source>
        <translation>将节点上的目录挂载到工作负载（加 --apply 执行）</translation>
    </message>
    <message>
        <source>Directory or file on the node.</source>
        <translation>节点上的目录或文件。</translation>
    </message>
    <message>
        <source>Where it is seen in the container.</source>
        <translation>容器中的挂载点。</translation>
    </message>
    <message>
        <source>Name of the volume; one is made of the path.</source>
        <translation>数据卷名称；省略时由路径生成。</translation>
    </message>
    <message>
        <source>What has to be there: Directory, File, Socket, ….</source>
        <translation>检查类型：Directory、File、Socket 等。</translation>
    </message>
    <message>
        <source>The container; the first without it.</source>
        <translation>容器名称；省略时为第一个容器。</translation>
    </message>
    <message>
        <source>Only this part of the volume.</source>
        <translation>仅挂载数据卷中的这一子路径。</translation>
    </message>
    <message>
        <source>The container may write; else read-only.</source>
        <translation>容器可读写；省略时为只读。</translation>
    </message>
    <message>
        <source>For a Pod or Job: a copy of this name gets it.</source>
        <translation>对于 Pod 或 Job：创建以此命名并带有该数据卷的副本。</translation>
    </message>
    <message>
        <source>Makes a Deployment with it.</source>
        <translation>新建带有该数据卷的 Deployment。</translation>
    </message>
    <message>
        <source>Image of the new Deployment.</source>
        <translation>新 Deployment 的镜像。</translation>
    </message>
    <message>
        <source>  %1 cannot be changed any more: it is %2, wanted is %3</source>
        <translation>  %1 不能再更改：当前为 %2，期望为 %3</translation>
    </message>
    <message>
        <source>  %1 stays as it is: %2, wanted was %3</source>
        <translation>  %1 保持原样：%2，期望的是 %3</translation>
    </message>
    <message>
        <source>Leave fields that cannot be changed any more as they are, and apply the rest.</source>
        <translation>不能再修改的字段保持原样，应用其余部分。</translation>
    </message>
    <message>
        <source>NAMESPACE</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>CONTAINER</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>MEMORY</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>REQUESTED</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>ALLOCATABLE</source>
        <translation>可分配</translation>
    </message>
    <message>
        <source>LIMIT</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>USED</source>
        <translation>使用率</translation>
    </message>
    <message>
        <source>OF REQUEST</source>
        <translation>占请求</translation>
    </message>
    <message>
        <source>BOOKED</source>
        <translation>预订率</translation>
    </message>
    <message>
        <source>OF LIMIT</source>
        <translation>占限制</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>DISAGREEMENTS</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>TARGET</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>METRICS</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>FED BY</source>
        <translation>来源 API</translation>
    </message>
    <message>
        <source>MIN</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>MAX</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>CURRENT</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>WANTED</source>
        <translation>期望</translation>
    </message>
    <message>
        <source>“metrics” takes one of nodes, pods, containers, workloads, rules, autoscalers.</source>
        <translation>“metrics” 后需跟 nodes、pods、containers、workloads、rules、autoscalers 之一。</translation>
    </message>
    <message>
        <source>“--sort” takes gap, cpu, memory or name.</source>
        <translation>“--sort” 可取 gap、cpu、memory 或 name。</translation>
    </message>
    <message>
        <source>what metrics-server, kube-state-metrics and the objects say, side by side</source>
        <translation>并排显示 metrics-server、kube-state-metrics 与对象自身的数据</translation>
    </message>
    <message>
        <source>By gap, cpu, memory or name.</source>
        <translation>按 gap（差距）、cpu、memory 或 name 排序。</translation>
    </message>
    <message numerus="yes">
        <source>fires for %n object(s)</source>
        <translation>
            <numerusform>命中 %n 个对象</numerusform>
        </translation>
    </message>
    <message>
        <source>locked by the platform</source>
        <translation>已被平台锁定</translation>
    </message>
    <message>
        <source>The platform has no clusters, or none that you may see.</source>
        <translation>平台没有集群，或没有您可以查看的集群。</translation>
    </message>
    <message>
        <source>%1 has an address that is none, or of an unknown type: %2</source>
        <translation>%1 有一个无效或类型未知的地址：%2</translation>
    </message>
    <message>
        <source>the member clusters of a TKEStack platform</source>
        <translation>TKEStack 平台的成员集群</translation>
    </message>
    <message>
        <source>--show-secrets goes with the name of one object.</source>
        <translation>--show-secrets 须与一个对象的名称一起使用。</translation>
    </message>
    <message>
        <source>Speak to this member cluster of the TKEStack platform that the context is.</source>
        <translation>访问该上下文所指 TKEStack 平台的这个成员集群。</translation>
    </message>
    <message>
        <source>Speak to this address of the cluster: real, real:N, advertise or a URL; a member also through its platform: platform.</source>
        <translation>访问集群的这个地址：real、real:N、advertise 或 URL；成员集群还可经由其平台访问：platform。</translation>
    </message>
    <message>
        <source>--member takes the name of a cluster.</source>
        <translation>--member 须给出集群的名称。</translation>
    </message>
    <message>
        <source>--endpoint platform goes with --member.</source>
        <translation>--endpoint platform 须与 --member 一起使用。</translation>
    </message>
    <message>
        <source>BUSINESS</source>
        <translation>业务</translation>
    </message>
    <message>
        <source>DISPLAY NAME</source>
        <translation>显示名称</translation>
    </message>
    <message>
        <source>PARENT</source>
        <translation>上级业务</translation>
    </message>
    <message>
        <source>PHASE</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>MEMBERS</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>CLUSTERS</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>CLUSTER</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>IN THE CLUSTER</source>
        <translation>集群中的实际情况</translation>
    </message>
    <message>
        <source>businesses, their namespaces and what the clusters show of them</source>
        <translation>业务、业务的命名空间，以及它们在集群中的实际情况</translation>
    </message>
    <message>
        <source>why this user sees each business, or does not</source>
        <translation>该用户能看到或看不到各个业务的原因</translation>
    </message>
    <message>
        <source>The time is up. It was created; “alidadectl check event-persistence %1” tells how it goes on.</source>
        <translation>时间到。它已创建；之后的情况由“alidadectl check event-persistence %1”给出。</translation>
    </message>
    <message>
        <source>Created. To take it back: %1</source>
        <translation>已创建。撤回：%1</translation>
    </message>
    <message>
        <source>“event-persistence” takes one cluster of the platform.</source>
        <translation>“event-persistence”需要平台的一个集群。</translation>
    </message>
    <message>
        <source>“event-persistence” takes --address of Elasticsearch and --index.</source>
        <translation>“event-persistence”需要 Elasticsearch 的 --address 和 --index。</translation>
    </message>
    <message>
        <source>A login is --user and --password-stdin, both.</source>
        <translation>登录需同时给出 --user 和 --password-stdin。</translation>
    </message>
    <message>
        <source>keeps a member cluster&apos;s events in Elasticsearch (with --apply)</source>
        <translation>把成员集群的事件保存到 Elasticsearch（配合 --apply）</translation>
    </message>
    <message>
        <source>Elasticsearch: http://HOST:PORT. It is tried.</source>
        <translation>Elasticsearch：http://HOST:PORT，会先试连。</translation>
    </message>
    <message>
        <source>The index that events go to.</source>
        <translation>事件写入的索引。</translation>
    </message>
    <message>
        <source>Its login, where it wants one.</source>
        <translation>它要求登录时的用户。</translation>
    </message>
    <message>
        <source>Read the password from stdin.</source>
        <translation>从标准输入读取密码。</translation>
    </message>
    <message>
        <source>Show the passwords, keys and tokens in TKEStack&apos;s objects, too.</source>
        <translation>同时显示 TKEStack 对象中的密码、密钥和令牌。</translation>
    </message>
    <message>
        <source>No addons are installed.</source>
        <translation>没有安装扩展组件。</translation>
    </message>
    <message>
        <source>--no-redact writes passwords, tokens and keys into the file as they are: say --yes as well.</source>
        <translation>--no-redact 会把密码、令牌和密钥原样写入文件：请同时给出 --yes。</translation>
    </message>
    <message>
        <source>Either --no-redact or --redact-addresses can be asked for, not both.</source>
        <translation>--no-redact 与 --redact-addresses 只能选其一。</translation>
    </message>
    <message>
        <source>Captured into %1: %2 after %3 requests; values redacted: %4.</source>
        <translation>已采集到 %1：%2，共 %3 次请求；已脱敏的值：%4。</translation>
    </message>
    <message>
        <source>NOT CAPTURED</source>
        <translation>未采集</translation>
    </message>
    <message>
        <source>WHY</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>takes a snapshot of the cluster, without its secrets, into a file</source>
        <translation>为集群采集快照（不含机密）并写入文件</translation>
    </message>
    <message>
        <source>Write secrets as they are; wants --yes as well.</source>
        <translation>原样写入机密；需同时给出 --yes。</translation>
    </message>
    <message>
        <source>Replace the addresses of nodes and masters as well.</source>
        <translation>同时替换节点和 Master 的地址。</translation>
    </message>
    <message>
        <source>Do as was asked, whatever it means.</source>
        <translation>无论后果如何，按要求执行。</translation>
    </message>
    <message>
        <source>Connections are not looked at in a snapshot; “endpoints” tells how they were then.</source>
        <translation>快照中不检查连接；“endpoints” 显示当时的情况。</translation>
    </message>
    <message>
        <source>What stands in %1 is not known: %2</source>
        <translation>%1 中的情况未知：%2</translation>
    </message>
    <message>
        <source>what is installed where, and what stands there of it</source>
        <translation>哪里安装了什么扩展组件，以及实际情况</translation>
    </message>
    <message>
        <source>Ask this snapshot in place of a cluster; “demo” is the one inside the program.</source>
        <translation>查询此快照而不是集群；“demo” 是程序内置的快照。</translation>
    </message>
    <message>
        <source>--snapshot takes a file, or “demo”.</source>
        <translation>--snapshot 需要一个文件，或 “demo”。</translation>
    </message>
    <message>
        <source>A snapshot has no other contexts and no addresses to speak to.</source>
        <translation>快照没有其他上下文，也没有可连接的地址。</translation>
    </message>
    <message>
        <source>“%1” takes the file to write: -o FILE.</source>
        <translation>“%1” 需要要写入的文件：-o FILE。</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Access Modes</source>
        <translation>访问权限</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>存在时间</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>Cluster-IP</source>
        <translation>集群 IP</translation>
    </message>
    <message>
        <source>Completions</source>
        <translation>完成数</translation>
    </message>
    <message>
        <source>Container-Runtime</source>
        <translation>容器运行时</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Created At</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Current</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Desired</source>
        <translation>期望</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>External-IP</source>
        <translation>外部 IP</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Internal-IP</source>
        <translation>内部 IP</translation>
    </message>
    <message>
        <source>IP</source>
        <translation>IP</translation>
    </message>
    <message>
        <source>Kernel-Version</source>
        <translation>内核版本</translation>
    </message>
    <message>
        <source>Last Schedule</source>
        <translation>上次调度</translation>
    </message>
    <message>
        <source>Last Seen</source>
        <translation>最近出现</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Node Selector</source>
        <translation>节点选择器</translation>
    </message>
    <message>
        <source>Nominated Node</source>
        <translation>提名节点</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>OS-Image</source>
        <translation>操作系统镜像</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Port(s)</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Provisioner</source>
        <translation>制备器</translation>
    </message>
    <message>
        <source>Readiness Gates</source>
        <translation>就绪门控</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reclaim Policy</source>
        <translation>回收策略</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>重启次数</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>执行计划</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>选择器</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Up-to-date</source>
        <translation>已更新</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>数据卷</translation>
    </message>
    <message>
        <source>Taints</source>
        <translation>Taint</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
</context>
<context>
    <name>Deletions</name>
    <message>
        <source>%1 stays, without its owner: %2</source>
        <translation>%1 会保留，但不再有所有者：%2</translation>
    </message>
    <message>
        <source>%1 is deleted as well: %2</source>
        <translation>%1 也会被删除：%2</translation>
    </message>
    <message>
        <source>%1 stays, since it has another owner too: %2</source>
        <translation>%1 会保留，因为它还有其他所有者：%2</translation>
    </message>
    <message>
        <source>%1 stays with its data: %2</source>
        <translation>%1 及其数据会保留：%2</translation>
    </message>
    <message>
        <source>%1 is deleted with it: %2</source>
        <translation>%1 会随之删除：%2</translation>
    </message>
    <message>
        <source>%1 runs there and is removed with the node: %2</source>
        <translation>%1 在该节点上运行，会随节点移除：%2</translation>
    </message>
    <message>
        <source>In the background</source>
        <translation>后台删除</translation>
    </message>
    <message>
        <source>Dependents first</source>
        <translation>先删除从属对象</translation>
    </message>
    <message>
        <source>Leave dependents alone</source>
        <translation>保留从属对象</translation>
    </message>
    <message>
        <source>The object goes at once; what it owns is deleted afterwards (Background).</source>
        <translation>对象立即删除，它拥有的对象随后删除（Background）。</translation>
    </message>
    <message>
        <source>The object stays, marked as being deleted, until what it owns is gone (Foreground).</source>
        <translation>对象先标记为删除中，等它拥有的对象都删除后才消失（Foreground）。</translation>
    </message>
    <message>
        <source>The object goes; what it owns stays and runs on without an owner (Orphan).</source>
        <translation>只删除对象本身，它拥有的对象保留并继续运行，但不再有所有者（Orphan）。</translation>
    </message>
    <message>
        <source>Could not be read (no permission), so there may be some: %1</source>
        <translation>无权限读取以下类型，其中可能有关联对象：%1</translation>
    </message>
    <message>
        <source>Could not be read in all namespaces (no permission), so there may be some: %1</source>
        <translation>无权限读取所有命名空间中的以下类型，其中可能有关联对象：%1</translation>
    </message>
    <message>
        <source>Not served by the cluster just now, so there may be some: %1</source>
        <translation>集群当前不提供以下类型，其中可能有关联对象：%1</translation>
    </message>
    <message>
        <source>Could not be read to the end, so there may be some: %1</source>
        <translation>以下类型未能完整读取，其中可能有关联对象：%1</translation>
    </message>
    <message>
        <source>Could not be read to the end in all namespaces, so there may be some: %1</source>
        <translation>所有命名空间中的以下类型未能完整读取，其中可能有关联对象：%1</translation>
    </message>
    <message numerus="yes">
        <source>Nothing that was looked at depends on it (%n kinds).</source>
        <translation>
            <numerusform>已检查 %n 种资源，其中没有依赖它的对象。</numerusform>
        </translation>
    </message>
    <message>
        <source>What depends on it is not known.</source>
        <translation>尚不清楚有哪些对象依赖它。</translation>
    </message>
    <message>
        <source>%1 names it and misses it from then on: %2</source>
        <translation>%1 引用了它，删除后将找不到它：%2</translation>
    </message>
</context>
<context>
    <name>Diagnose</name>
    <message>
        <source>The client certificate has expired</source>
        <translation>客户端证书已过期</translation>
    </message>
    <message>
        <source>The token has expired</source>
        <translation>令牌已过期</translation>
    </message>
    <message>
        <source>The client certificate of this context is not valid since %1.</source>
        <translation>此上下文的客户端证书自 %1 起已失效。</translation>
    </message>
    <message>
        <source>The token of this context is not valid since %1.</source>
        <translation>此上下文的令牌自 %1 起已失效。</translation>
    </message>
    <message>
        <source>Renew the certificate</source>
        <translation>更新证书</translation>
    </message>
    <message>
        <source>An administrator&apos;s, on a master: kubeadm certs renew admin.conf, then take /etc/kubernetes/admin.conf again.</source>
        <translation>管理员证书：在 Master 节点上执行 kubeadm certs renew admin.conf，然后重新取用 /etc/kubernetes/admin.conf。</translation>
    </message>
    <message>
        <source>One that the console gave: open the cluster&apos;s credentials there and take the kubeconfig again.</source>
        <translation>由控制台签发的：在控制台打开集群凭证，重新获取 kubeconfig。</translation>
    </message>
    <message>
        <source>Is this machine&apos;s clock right?</source>
        <translation>本机的时钟是否正确？</translation>
    </message>
    <message>
        <source>Get a new token</source>
        <translation>获取新的令牌</translation>
    </message>
    <message>
        <source>A service account&apos;s: have one made for it.</source>
        <translation>服务账号的令牌：为它重新签发一个。</translation>
    </message>
    <message>
        <source>One that the console gave: open the cluster&apos;s credentials there and take it again.</source>
        <translation>由控制台签发的：在控制台打开集群凭证，重新获取。</translation>
    </message>
    <message>
        <source>The context has no credential</source>
        <translation>此上下文没有凭证</translation>
    </message>
    <message>
        <source>The context names no user, so nobody asks, and the server lets nobody in.</source>
        <translation>此上下文没有指定用户，请求是匿名的，而服务器不允许匿名访问。</translation>
    </message>
    <message>
        <source>The user “%1” has neither certificate nor token, and the server lets nobody in without.</source>
        <translation>用户“%1”既没有证书也没有令牌，服务器不允许匿名访问。</translation>
    </message>
    <message>
        <source>Give the context a credential</source>
        <translation>为此上下文提供凭证</translation>
    </message>
    <message>
        <source>The console shows a token under the cluster&apos;s credentials.</source>
        <translation>控制台的集群凭证中可以看到令牌。</translation>
    </message>
    <message>
        <source>The server does not accept the credential</source>
        <translation>服务器不接受此凭证</translation>
    </message>
    <message>
        <source>%1 answers 401: it does not know the authority that signed the client certificate.</source>
        <translation>%1 返回 401：它不认识签发客户端证书的 CA。</translation>
    </message>
    <message>
        <source>%1 answers 401: the token is not one of this cluster, was revoked, or its service account is gone.</source>
        <translation>%1 返回 401：令牌不属于此集群、已被吊销，或其服务账号已不存在。</translation>
    </message>
    <message>
        <source>Take a credential of this cluster</source>
        <translation>使用此集群的凭证</translation>
    </message>
    <message>
        <source>Is the address that of the cluster which the credential is for? After a reinstallation all of them are new.</source>
        <translation>地址与凭证是否属于同一个集群？集群重装后所有凭证都会更换。</translation>
    </message>
    <message>
        <source>The console shows the token and the kubeconfig under the cluster&apos;s credentials.</source>
        <translation>控制台的集群凭证中可以看到令牌和 kubeconfig。</translation>
    </message>
    <message>
        <source>The server knows who asks and permits too little</source>
        <translation>服务器认识请求者，但权限不足</translation>
    </message>
    <message>
        <source>“%1” may not %2 %3: no role that it has says so.</source>
        <translation>“%1”不能 %2 %3：它拥有的角色都没有此权限。</translation>
    </message>
    <message>
        <source>Have a role bound</source>
        <translation>请求绑定角色</translation>
    </message>
    <message>
        <source>The server takes us for nobody</source>
        <translation>服务器把请求当作匿名访问</translation>
    </message>
    <message>
        <source>No credential reached %1: the request counts as system:anonymous.</source>
        <translation>凭证没有送达 %1：请求被视为 system:anonymous。</translation>
    </message>
    <message>
        <source>An administrator binds a role: cluster-wide to see nodes and all namespaces, or in the namespaces that are yours.</source>
        <translation>由管理员绑定角色：集群范围的角色可以查看节点和所有命名空间，或仅在您的命名空间内绑定。</translation>
    </message>
    <message>
        <source>Where only some namespaces are yours: name them, and those are listed.</source>
        <translation>如果您只有部分命名空间的权限：指定它们，就会列出这些命名空间的内容。</translation>
    </message>
    <message>
        <source>The API server answers that it is not well</source>
        <translation>API Server 报告自身状态异常</translation>
    </message>
    <message>
        <source>See which of its checks fails</source>
        <translation>查看是哪一项检查失败</translation>
    </message>
    <message>
        <source>etcd is the first to look at: its members, its disk, its alarms.</source>
        <translation>首先检查 etcd：成员、磁盘和告警。</translation>
    </message>
    <message>
        <source>An https port is asked over http</source>
        <translation>用 http 访问了 https 端口</translation>
    </message>
    <message>
        <source>%1 is written with http, and what listens there speaks https.</source>
        <translation>%1 写的是 http，而该端口使用 https。</translation>
    </message>
    <message>
        <source>Write https:// in the kubeconfig</source>
        <translation>在 kubeconfig 中改为 https://</translation>
    </message>
    <message>
        <source>Something else than an API server answers</source>
        <translation>应答的不是 API Server</translation>
    </message>
    <message>
        <source>%1 sends on to %2, which no API server does: it is a login page, or a proxy before it. No credential was sent there.</source>
        <translation>%1 重定向到 %2，API Server 不会这样做：这是登录页面或前面的代理。没有向那里发送任何凭证。</translation>
    </message>
    <message>
        <source>What answers at %1 is not an API server: a login page, a proxy&apos;s error page, or a web server.</source>
        <translation>在 %1 应答的不是 API Server：可能是登录页面、代理的错误页面或 Web 服务器。</translation>
    </message>
    <message>
        <source>Give the address of the API server itself</source>
        <translation>填写 API Server 本身的地址</translation>
    </message>
    <message>
        <source>Compare address and port with a kubeconfig that works, or with the cluster&apos;s credentials in the console.</source>
        <translation>与可用的 kubeconfig 或控制台的集群凭证核对地址和端口。</translation>
    </message>
    <message>
        <source>A path belongs to the address only where a platform stands before the cluster.</source>
        <translation>只有集群前面有平台代理时，地址才需要带路径。</translation>
    </message>
    <message>
        <source>A kubeconfig cannot be used</source>
        <translation>kubeconfig 无法使用</translation>
    </message>
    <message>
        <source>Give the file that holds the cluster&apos;s address and credentials</source>
        <translation>提供包含集群地址和凭证的文件</translation>
    </message>
    <message>
        <source>Check the path in --kubeconfig and in the variable KUBECONFIG.</source>
        <translation>检查 --kubeconfig 和环境变量 KUBECONFIG 中的路径。</translation>
    </message>
    <message>
        <source>Where there is no kubeconfig yet: the console shows one under the cluster&apos;s credentials; on a master it is /etc/kubernetes/admin.conf.</source>
        <translation>如果还没有 kubeconfig：可在控制台的集群凭证中获取；在 Master 节点上是 /etc/kubernetes/admin.conf。</translation>
    </message>
    <message>
        <source>Make the file readable for you</source>
        <translation>为您授予此文件的读权限</translation>
    </message>
    <message>
        <source>Mend the file</source>
        <translation>修正此文件</translation>
    </message>
    <message>
        <source>Mend the file at %1 (line:column)</source>
        <translation>修正文件的 %1 处（行：列）</translation>
    </message>
    <message>
        <source>The other kubeconfigs go on working meanwhile.</source>
        <translation>其他 kubeconfig 仍可正常使用。</translation>
    </message>
    <message>
        <source>The context cannot be used</source>
        <translation>上下文无法使用</translation>
    </message>
    <message>
        <source>Mend the entry in the kubeconfig</source>
        <translation>修正 kubeconfig 中的条目</translation>
    </message>
    <message>
        <source>The context stands in %1.</source>
        <translation>此上下文位于 %1。</translation>
    </message>
    <message>
        <source>Give a kubeconfig that has a context</source>
        <translation>提供包含上下文的 kubeconfig</translation>
    </message>
    <message>
        <source>Choose one of the contexts there are</source>
        <translation>从现有的上下文中选择</translation>
    </message>
    <message>
        <source>Perhaps “%1” is meant</source>
        <translation>您可能是指“%1”</translation>
    </message>
    <message>
        <source>There are: %1</source>
        <translation>现有：%1</translation>
    </message>
    <message>
        <source>The sign-in plugin is not there</source>
        <translation>登录插件不存在</translation>
    </message>
    <message>
        <source>The kubeconfig signs in with the program “%1”, which is not on this machine.</source>
        <translation>kubeconfig 使用程序“%1”登录，但本机没有此程序。</translation>
    </message>
    <message>
        <source>Install “%1”</source>
        <translation>安装“%1”</translation>
    </message>
    <message>
        <source>Where it is installed elsewhere: give its whole path in the kubeconfig.</source>
        <translation>如果安装在其他位置：在 kubeconfig 中写明完整路径。</translation>
    </message>
    <message>
        <source>The server takes the question and does not answer</source>
        <translation>服务器接收了请求但没有应答</translation>
    </message>
    <message>
        <source>%1 took the question and did not answer in time: its process hangs, or etcd does.</source>
        <translation>%1 接收了请求但未及时应答：其进程或 etcd 可能已挂起。</translation>
    </message>
    <message>
        <source>Kubeconfig</source>
        <translation>kubeconfig 文件</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Sign-in plugin</source>
        <translation>登录插件</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Name of the server</source>
        <translation>服务器域名</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>TLS and certificate</source>
        <translation>TLS 和证书</translation>
    </message>
    <message>
        <source>API server</source>
        <translation>API Server 状态</translation>
    </message>
    <message>
        <source>Credential</source>
        <translation>凭证</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权限</translation>
    </message>
    <message numerus="yes">
        <source>%1 The other files have %n context(s).</source>
        <translation>
            <numerusform>%1其他文件中有 %n 个上下文。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read, %n context(s).</source>
        <translation>
            <numerusform>已读取，共 %n 个上下文。</numerusform>
        </translation>
    </message>
    <message>
        <source>Asks %1 as nobody.</source>
        <translation>匿名访问 %1。</translation>
    </message>
    <message>
        <source>Asks %1 as “%2”.</source>
        <translation>以“%2”身份访问 %1。</translation>
    </message>
    <message>
        <source>This context needs none.</source>
        <translation>此上下文不需要。</translation>
    </message>
    <message>
        <source>The program “%1” was not found.</source>
        <translation>没有找到程序“%1”。</translation>
    </message>
    <message>
        <source>It is at %1.</source>
        <translation>位于 %1。</translation>
    </message>
    <message>
        <source>None is named: the way is direct.</source>
        <translation>没有指定代理：直接连接。</translation>
    </message>
    <message>
        <source>The address needs no name.</source>
        <translation>地址不需要域名解析。</translation>
    </message>
    <message>
        <source>Over %1.</source>
        <translation>经过 %1。</translation>
    </message>
    <message>
        <source>The credential expires soon</source>
        <translation>凭证即将过期</translation>
    </message>
    <message>
        <source>The credential of this context is valid until %1.</source>
        <translation>此上下文的凭证有效期至 %1。</translation>
    </message>
    <message>
        <source>Accepted.</source>
        <translation>已接受。</translation>
    </message>
    <message>
        <source>The server knows us as “%1”.</source>
        <translation>服务器识别的身份是“%1”。</translation>
    </message>
    <message>
        <source>%1 Valid until %2.</source>
        <comment>a sentence, then a date</comment>
        <translation>%1有效期至 %2。</translation>
    </message>
    <message>
        <source>The server does not say what is permitted.</source>
        <translation>服务器没有说明允许哪些操作。</translation>
    </message>
    <message>
        <source>Nothing of what was asked may be listed.</source>
        <translation>所询问的资源都不允许列出。</translation>
    </message>
    <message>
        <source>The server accepts the credential, and permits it to list neither nodes nor namespaces nor pods.</source>
        <translation>服务器接受此凭证，但不允许列出节点、命名空间和 Pod。</translation>
    </message>
    <message>
        <source>“%1” may list neither nodes nor namespaces nor pods.</source>
        <translation>“%1”不能列出节点、命名空间和 Pod。</translation>
    </message>
    <message>
        <source>May list %1.</source>
        <translation>可以列出 %1。</translation>
    </message>
    <message>
        <source>May list %1; may not list %2.</source>
        <translation>可以列出 %1；不能列出 %2。</translation>
    </message>
    <message>
        <source>The certificate or the token is not accepted</source>
        <translation>证书或令牌不被接受</translation>
    </message>
    <message>
        <source>Real works and Advertise does not, or the other way round</source>
        <translation>Real 地址可用而 Advertise 地址不可用，或相反</translation>
    </message>
    <message>
        <source>Meanwhile, another address of this cluster may do: see the step on its addresses.</source>
        <translation>在此期间，此集群的其他地址也许可用：参见“其他地址”一步。</translation>
    </message>
    <message>
        <source>The name %1 is not known</source>
        <translation>域名 %1 无法解析</translation>
    </message>
    <message>
        <source>This machine cannot turn the name %1 into an address.</source>
        <translation>本机无法把域名 %1 解析为地址。</translation>
    </message>
    <message>
        <source>Check the name, and who answers for it</source>
        <translation>检查域名，以及由谁解析</translation>
    </message>
    <message>
        <source>Read the server&apos;s name in the kubeconfig letter by letter.</source>
        <translation>逐字核对 kubeconfig 中的服务器域名。</translation>
    </message>
    <message>
        <source>A name inside a company is known over its VPN only: is it up?</source>
        <translation>公司内部域名只有通过 VPN 才能解析：VPN 是否已连接？</translation>
    </message>
    <message>
        <source>Where no DNS knows it, /etc/hosts can, or the address itself with tls-server-name beside it.</source>
        <translation>如果没有 DNS 可以解析，可写入 /etc/hosts，或直接使用地址并设置 tls-server-name。</translation>
    </message>
    <message>
        <source>Nothing comes back from %1, port %2</source>
        <translation>%1 的端口 %2 没有任何应答</translation>
    </message>
    <message>
        <source>What is sent to %1, port %2, vanishes: a firewall drops it, the machine is off, or the way there ends somewhere.</source>
        <translation>发往 %1 端口 %2 的数据没有回音：可能被防火墙丢弃、机器已关机，或网络在途中中断。</translation>
    </message>
    <message>
        <source>Find out where the way ends</source>
        <translation>查明网络在哪里中断</translation>
    </message>
    <message>
        <source>Is the VPN up, and does it carry this network?</source>
        <translation>VPN 是否已连接，并且包含此网段？</translation>
    </message>
    <message>
        <source>Do firewalls and security groups let port %1 through from here?</source>
        <translation>防火墙和安全组是否放行从本机到端口 %1 的访问？</translation>
    </message>
    <message>
        <source>Is the machine on? Its console or its neighbours tell.</source>
        <translation>机器是否开机？可从其控制台或相邻机器确认。</translation>
    </message>
    <message>
        <source>No way leads to %1</source>
        <translation>没有通往 %1 的路由</translation>
    </message>
    <message>
        <source>This machine, or a router before the server, knows no way to %1.</source>
        <translation>本机或途中的路由器没有通往 %1 的路由。</translation>
    </message>
    <message>
        <source>Make a way there</source>
        <translation>打通网络</translation>
    </message>
    <message>
        <source>Is the address a private one of another network?</source>
        <translation>该地址是否为其他网络的内网地址？</translation>
    </message>
    <message>
        <source>Nothing listens on %1, port %2</source>
        <translation>%1 的端口 %2 没有程序监听</translation>
    </message>
    <message>
        <source>The machine %1 is there and refuses: no program listens on port %2.</source>
        <translation>机器 %1 在线但拒绝连接：端口 %2 没有程序监听。</translation>
    </message>
    <message>
        <source>See whether the API server runs, and on which port</source>
        <translation>检查 API Server 是否运行，以及使用哪个端口</translation>
    </message>
    <message>
        <source>Is the port right? 6443 is usual; TKEStack serves 6443 or 443.</source>
        <translation>端口是否正确？通常为 6443；TKEStack 使用 6443 或 443。</translation>
    </message>
    <message>
        <source>On that machine: does the container kube-apiserver run, and what does it say at its end?</source>
        <translation>在该机器上：容器 kube-apiserver 是否在运行，日志末尾是什么？</translation>
    </message>
    <message>
        <source>%1 ends the connection</source>
        <translation>%1 中断了连接</translation>
    </message>
    <message>
        <source>Find out who ends it</source>
        <translation>查明是谁中断了连接</translation>
    </message>
    <message>
        <source>A load balancer without a healthy server behind it does this.</source>
        <translation>后端没有健康服务器的负载均衡会这样。</translation>
    </message>
    <message>
        <source>So does a firewall that looks into TLS.</source>
        <translation>检查 TLS 流量的防火墙也会这样。</translation>
    </message>
    <message>
        <source>The proxy %1 is in the way</source>
        <translation>代理 %1 阻断了连接</translation>
    </message>
    <message>
        <source>The connection goes over the proxy %1, which does not answer.</source>
        <translation>连接经过代理 %1，但它没有应答。</translation>
    </message>
    <message>
        <source>The connection goes over the proxy %1, which makes none to %2.</source>
        <translation>连接经过代理 %1，但它不转发到 %2。</translation>
    </message>
    <message>
        <source>Change the proxy, or go without</source>
        <translation>更换代理，或不使用代理</translation>
    </message>
    <message>
        <source>It is named by proxy-url in the kubeconfig.</source>
        <translation>它由 kubeconfig 中的 proxy-url 指定。</translation>
    </message>
    <message>
        <source>It is named by the variable HTTPS_PROXY; NO_PROXY names what goes without.</source>
        <translation>它由环境变量 HTTPS_PROXY 指定；NO_PROXY 列出不经过代理的地址。</translation>
    </message>
    <message>
        <source>A proxy that wants a login answers 407: it stands before the host, as in http://name:password@proxy:3128.</source>
        <translation>需要登录的代理会返回 407：登录信息写在主机名之前，如 http://name:password@proxy:3128。</translation>
    </message>
    <message>
        <source>Many proxies let port 443 through and nothing else.</source>
        <translation>许多代理只放行 443 端口。</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 有应答</translation>
    </message>
    <message>
        <source>%1 does not answer, but %2, another address of this cluster, does.</source>
        <translation>%1 没有应答，但此集群的另一个地址 %2 有应答。</translation>
    </message>
    <message>
        <source>Use the other address meanwhile</source>
        <translation>暂时使用另一个地址</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>unknown</source>
        <comment>the answer to a step does not tell</comment>
        <translation>未知</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>未询问</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Note</source>
        <comment>severity of a finding</comment>
        <translation>提示</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>severity and title of a finding</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Nothing was found to be wrong.</source>
        <translation>没有发现问题。</translation>
    </message>
    <message>
        <source>Report on %1</source>
        <translation>%1 的排查报告</translation>
    </message>
    <message>
        <source>the kubeconfigs</source>
        <translation>kubeconfig 文件</translation>
    </message>
    <message>
        <source>Taken at %1.</source>
        <translation>生成于 %1。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现的问题</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>返回内容</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the language of this translation, as in HTML: en, zh-CN</comment>
        <translation>zh-CN</translation>
    </message>
    <message>
        <source>What was asked</source>
        <translation>询问内容</translation>
    </message>
    <message>
        <source>The certificate is made out to another name than %1</source>
        <translation>证书的名称不是 %1</translation>
    </message>
    <message>
        <source>The server&apos;s certificate does not hold %1.</source>
        <translation>服务器证书不包含 %1。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate does not hold %1; it holds %2.</source>
        <translation>服务器证书不包含 %1，只包含 %2。</translation>
    </message>
    <message>
        <source>Expect a name that the certificate holds</source>
        <translation>按证书包含的名称校验</translation>
    </message>
    <message>
        <source>Set tls-server-name to %1</source>
        <translation>把 tls-server-name 设为 %1</translation>
    </message>
    <message>
        <source>The connection stays verified: only the name expected is another.</source>
        <translation>连接仍经过验证：只是期望的名称不同。</translation>
    </message>
    <message>
        <source>For good: have a certificate made that holds %1 as well (kubeadm: apiServer.certSANs).</source>
        <translation>根本解决：重新签发也包含 %1 的证书（kubeadm：apiServer.certSANs）。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is signed by an authority that is not known</source>
        <translation>服务器证书由未知的 CA 签发</translation>
    </message>
    <message>
        <source>somebody else</source>
        <comment>who signed a certificate</comment>
        <translation>其他机构</translation>
    </message>
    <message>
        <source>The certificate was signed by %1 and not by the CA that the kubeconfig gives.</source>
        <translation>证书由 %1 签发，而不是 kubeconfig 给出的 CA。</translation>
    </message>
    <message>
        <source>The certificate was signed by %1, whom this machine does not know, and the kubeconfig gives no CA.</source>
        <translation>证书由 %1 签发，本机不认识它，而 kubeconfig 没有给出 CA。</translation>
    </message>
    <message>
        <source>Give the CA of this cluster</source>
        <translation>提供此集群的 CA</translation>
    </message>
    <message>
        <source>Take certificate-authority-data from a kubeconfig of this cluster that works; on a master the CA is /etc/kubernetes/pki/ca.crt.</source>
        <translation>从此集群可用的 kubeconfig 中取 certificate-authority-data；在 Master 节点上 CA 是 /etc/kubernetes/pki/ca.crt。</translation>
    </message>
    <message>
        <source>Is this the cluster that is meant? After a reinstallation its CA is a new one, and addresses are given out again.</source>
        <translation>这是要访问的集群吗？重装后 CA 会更换，地址也可能被重新分配。</translation>
    </message>
    <message>
        <source>A company&apos;s proxy that looks into TLS signs with a CA of its own.</source>
        <translation>检查 TLS 流量的公司代理会用自己的 CA 签发证书。</translation>
    </message>
    <message>
        <source>Two clocks do not agree</source>
        <translation>两边的时钟不一致</translation>
    </message>
    <message numerus="yes">
        <source>The server&apos;s clock is %n second(s) behind this machine&apos;s: certificates and tokens are judged by the wrong time on one side.</source>
        <translation>
            <numerusform>服务器的时钟比本机慢 %n 秒：其中一方会按错误的时间判断证书和令牌。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server&apos;s clock is %n second(s) ahead of this machine&apos;s: certificates and tokens are judged by the wrong time on one side.</source>
        <translation>
            <numerusform>服务器的时钟比本机快 %n 秒：其中一方会按错误的时间判断证书和令牌。</numerusform>
        </translation>
    </message>
    <message>
        <source>Set the clock that is wrong</source>
        <translation>校正错误的时钟</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired</source>
        <translation>服务器证书已过期</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was valid until %1.</source>
        <translation>服务器证书的有效期至 %1。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid any more.</source>
        <translation>服务器证书已失效。</translation>
    </message>
    <message>
        <source>Renew it on the masters</source>
        <translation>在 Master 节点上更新证书</translation>
    </message>
    <message>
        <source>Is this machine&apos;s clock right? A clock that runs ahead makes every certificate look old.</source>
        <translation>本机的时钟是否正确？时钟偏快会使所有证书看起来已过期。</translation>
    </message>
    <message>
        <source>On each master: kubeadm certs renew all, then restart the containers of the control plane.</source>
        <translation>在每个 Master 节点上：执行 kubeadm certs renew all，然后重启控制面的容器。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is from the future</source>
        <translation>服务器证书尚未生效</translation>
    </message>
    <message>
        <source>By this machine&apos;s clock the server&apos;s certificate is not valid before %1.</source>
        <translation>按本机的时钟，服务器证书在 %1 之前无效。</translation>
    </message>
    <message>
        <source>By this machine&apos;s clock the server&apos;s certificate is not valid yet.</source>
        <translation>按本机的时钟，服务器证书尚未生效。</translation>
    </message>
    <message>
        <source>Set this machine&apos;s clock</source>
        <translation>校正本机的时钟</translation>
    </message>
    <message>
        <source>The token is held back</source>
        <translation>令牌没有发出</translation>
    </message>
    <message>
        <source>With certificate-authority-data in place of insecure-skip-tls-verify nobody else can read the token.</source>
        <translation>用 certificate-authority-data 代替 insecure-skip-tls-verify，其他人就无法读取令牌。</translation>
    </message>
    <message>
        <source>The server takes the connection and says nothing</source>
        <translation>服务器接受了连接但没有任何应答</translation>
    </message>
    <message>
        <source>%1 accepts connections but never begins TLS: its process hangs, or a load balancer has no server behind it.</source>
        <translation>%1 接受连接但没有开始 TLS：其进程可能已挂起，或负载均衡没有后端服务器。</translation>
    </message>
    <message>
        <source>See what holds the API server up</source>
        <translation>检查 API Server 为何停滞</translation>
    </message>
    <message>
        <source>On that master: load, memory and disks; the log of kube-apiserver and of etcd.</source>
        <translation>在该 Master 节点上检查：负载、内存和磁盘；kube-apiserver 和 etcd 的日志。</translation>
    </message>
    <message>
        <source>That port speaks no TLS</source>
        <translation>该端口不使用 TLS</translation>
    </message>
    <message>
        <source>%1 is asked over https, but what listens there answers without TLS.</source>
        <translation>用 https 访问 %1，但该端口不使用 TLS。</translation>
    </message>
    <message>
        <source>Give the port that the API server listens on</source>
        <translation>填写 API Server 监听的端口</translation>
    </message>
    <message>
        <source>6443 is usual. Is this a proxy&apos;s or a web server&apos;s port?</source>
        <translation>通常为 6443。这是代理或 Web 服务器的端口吗？</translation>
    </message>
    <message>
        <source>Only where it really is an API server without TLS, as behind kubectl proxy: write http://.</source>
        <translation>只有确实是不使用 TLS 的 API Server（如 kubectl proxy）时，才写 http://。</translation>
    </message>
    <message>
        <source>No TLS connection comes about</source>
        <translation>无法建立 TLS 连接</translation>
    </message>
    <message>
        <source>See what the server wants</source>
        <translation>查看服务器的要求</translation>
    </message>
    <message>
        <source>A server that ends the handshake often does not accept the client certificate: is it of this cluster?</source>
        <translation>服务器中断握手，通常是不接受客户端证书：它属于此集群吗？</translation>
    </message>
    <message>
        <source>TLS 1.2 is the least that is spoken here.</source>
        <translation>这里至少需要 TLS 1.2。</translation>
    </message>
    <message>
        <source>Connection to the cluster</source>
        <translation>集群连接</translation>
    </message>
    <message>
        <source>A cluster cannot be reached, or is stale</source>
        <translation>集群无法连接，或数据已过时</translation>
    </message>
    <message>
        <source>Other addresses</source>
        <translation>其他地址</translation>
    </message>
    <message>
        <source>After %1 ms.</source>
        <translation>用时 %1 毫秒。</translation>
    </message>
    <message>
        <source>Certificate of “%1”, signed by “%2”, valid until %3.</source>
        <translation>“%1”的证书，由“%2”签发，有效期至 %3。</translation>
    </message>
    <message>
        <source>Over http there is none.</source>
        <translation>http 没有 TLS。</translation>
    </message>
    <message>
        <source>No other address of this cluster is known.</source>
        <translation>没有此集群的其他已知地址。</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <comment>type of an address, address, how it is</comment>
        <translation>%1 %2：%3</translation>
    </message>
    <message>
        <source>None is named here; the desktop&apos;s is used.</source>
        <translation>此处未指定代理，使用桌面设置的代理。</translation>
    </message>
    <message>
        <source>%1 names one, but NO_PROXY leaves this server out: the way is direct.</source>
        <translation>%1 指定了代理，但 NO_PROXY 排除了此服务器：直接连接。</translation>
    </message>
    <message>
        <source>Pending pods</source>
        <translation>Pending 的 Pod</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>What the scheduler said</source>
        <translation>调度器的说法</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>调度器</translation>
    </message>
    <message>
        <source>Nodes and taints</source>
        <translation>节点与污点 (Taint)</translation>
    </message>
    <message>
        <source>Agreement with the scheduler</source>
        <translation>与调度器的说法是否一致</translation>
    </message>
    <message>
        <source>What else the scheduler names</source>
        <translation>调度器提到的其他原因</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>There is no connection to the cluster.</source>
        <translation>没有与集群的连接。</translation>
    </message>
    <message>
        <source>A pod stays Pending</source>
        <translation>Pod 一直 Pending</translation>
    </message>
    <message>
        <source>A pod stays Pending and is not placed on any node</source>
        <translation>Pod 一直 Pending，没有被调度到任何节点</translation>
    </message>
    <message>
        <source>An event FailedScheduling speaks of taints</source>
        <translation>事件 FailedScheduling 提到 Taint</translation>
    </message>
    <message>
        <source>The cluster has no nodes</source>
        <translation>集群没有节点</translation>
    </message>
    <message>
        <source>There is no node that a pod could be placed on.</source>
        <translation>没有可以放置 Pod 的节点。</translation>
    </message>
    <message>
        <source>Join a node to the cluster, or start one that is off</source>
        <translation>向集群添加节点，或启动已关机的节点</translation>
    </message>
    <message>
        <source>Scheduling is held back by a gate</source>
        <translation>调度被调度门 (scheduling gate) 拦住</translation>
    </message>
    <message>
        <source>%1: spec.schedulingGates is not empty, so no scheduler tries to place it.</source>
        <translation>%1：spec.schedulingGates 不为空，因此没有调度器会尝试调度它。</translation>
    </message>
    <message>
        <source>Ask whoever set the gate: its controller takes it away</source>
        <translation>询问设置调度门的一方：由它的控制器移除</translation>
    </message>
    <message>
        <source>A gate&apos;s name begins with the domain of the program that sets it, a queue for instance. Look whether that program runs.</source>
        <translation>调度门的名称以设置它的程序的域名开头，例如某个队列。请检查该程序是否在运行。</translation>
    </message>
    <message>
        <source>The pod is being deleted</source>
        <translation>Pod 正在被删除</translation>
    </message>
    <message>
        <source>%1 has a deletionTimestamp: it is not placed any more.</source>
        <translation>%1 带有 deletionTimestamp：不会再被调度。</translation>
    </message>
    <message>
        <source>Look at its finalizers if it does not go</source>
        <translation>如果一直不消失，请查看它的 finalizers</translation>
    </message>
    <message>
        <source>No scheduler places the pod: “%1” is not heard</source>
        <translation>没有调度器在调度该 Pod：没有 “%1” 的消息</translation>
    </message>
    <message>
        <source>The scheduler “%1” has given no sign of life for minutes; %2 waits for it.</source>
        <translation>调度器 “%1” 已有数分钟没有任何活动迹象；%2 在等它。</translation>
    </message>
    <message>
        <source>%2 asks for the scheduler “%1”, which has written neither a condition nor an event.</source>
        <translation>%2 指定了调度器 “%1”，但它既没有写状况 (condition)，也没有写事件。</translation>
    </message>
    <message>
        <source>See why kube-scheduler does not run</source>
        <translation>检查 kube-scheduler 为什么没有运行</translation>
    </message>
    <message>
        <source>Install that scheduler, or name another one</source>
        <translation>安装该调度器，或改用另一个</translation>
    </message>
    <message>
        <source>No node has the labels that the pod asks for</source>
        <translation>没有节点具有该 Pod 要求的标签</translation>
    </message>
    <message>
        <source>%1 asks in spec.nodeSelector for %2.</source>
        <translation>%1 在 spec.nodeSelector 中要求 %2。</translation>
    </message>
    <message>
        <source>Label a node, or change the node selector in the owner&apos;s template</source>
        <translation>给节点加标签，或修改其所有者模板中的节点选择器</translation>
    </message>
    <message>
        <source>The scheduler says: %1</source>
        <translation>调度器说：%1</translation>
    </message>
    <message>
        <source>%1: this is the scheduler&apos;s own reason; only taints, cordoned nodes and node selectors are reckoned anew here.</source>
        <translation>%1：这是调度器自己给出的原因；这里只重新计算 Taint、已封锁的节点和节点选择器。</translation>
    </message>
    <message>
        <source>%1: these are the scheduler&apos;s own reasons; which nodes they mean is not known, since the nodes could not be read.</source>
        <translation>%1：这些是调度器自己给出的原因；由于无法读取节点，不知道指的是哪些节点。</translation>
    </message>
    <message>
        <source>The nodes have changed since the scheduler looked</source>
        <translation>调度器检查之后，节点发生了变化</translation>
    </message>
    <message>
        <source>%1: the scheduler speaks of taints, and there are nodes now whose taints do not refuse it. The scheduler tries again by itself, after five minutes at the latest.</source>
        <translation>%1：调度器说的是 Taint，但现在已有节点的 Taint 不再拒绝它。调度器会自动重试，最迟在五分钟之后。</translation>
    </message>
    <message>
        <source>This is no matter of scheduling</source>
        <translation>这不是调度问题</translation>
    </message>
    <message>
        <source>%1 has a place on %2; its containers have not started yet.</source>
        <translation>%1 已调度到 %2；容器还没有启动。</translation>
    </message>
    <message>
        <source>%1 has a place on %2; its containers wait: %3.</source>
        <translation>%1 已调度到 %2；容器在等待：%3。</translation>
    </message>
    <message>
        <source>Follow what the kubelet says about images, volumes and init containers</source>
        <translation>查看 kubelet 关于镜像、数据卷和 init 容器的说明</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>names</comment>
        <translation>
            <numerusform>%1等，另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>The kubelet says that the node is not ready; its condition Ready says why.</source>
        <translation>kubelet 报告节点未就绪；原因见状况 Ready。</translation>
    </message>
    <message>
        <source>Nothing is heard of the kubelet: the node is off or cut off, or its kubelet has stopped.</source>
        <translation>收不到 kubelet 的消息：节点已关机、网络中断，或 kubelet 已停止。</translation>
    </message>
    <message>
        <source>The node is short of memory.</source>
        <translation>节点内存不足。</translation>
    </message>
    <message>
        <source>The node is short of disk space.</source>
        <translation>节点磁盘空间不足。</translation>
    </message>
    <message>
        <source>The node is short of process ids.</source>
        <translation>节点的进程号 (PID) 不足。</translation>
    </message>
    <message>
        <source>The node&apos;s network is not set up: its network plugin has not done so.</source>
        <translation>节点的网络没有配置好：网络插件尚未完成。</translation>
    </message>
    <message>
        <source>Somebody has marked the node as out of service for good.</source>
        <translation>有人已将该节点标记为停止服务。</translation>
    </message>
    <message>
        <source>The cloud controller manager has not prepared the node yet.</source>
        <translation>cloud controller manager 还没有初始化该节点。</translation>
    </message>
    <message>
        <source>The cloud says that the machine is shut down.</source>
        <translation>云平台报告该机器已关机。</translation>
    </message>
    <message>
        <source>One of Kubernetes&apos; own controllers keeps pods off the node.</source>
        <translation>Kubernetes 自己的某个控制器不让 Pod 调度到该节点。</translation>
    </message>
    <message>
        <source>No other node is left.</source>
        <translation>没有其他可用的节点。</translation>
    </message>
    <message>
        <source>Other nodes are not closed by taints: there something else is in the way.</source>
        <translation>其他节点并没有被 Taint 拦住：那里另有原因。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1%2</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) are cordoned</source>
        <translation>
            <numerusform>%n 个节点已封锁</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody has closed %1 for new pods (spec.unschedulable).</source>
        <translation>有人封锁了 %1，不再调度新的 Pod（spec.unschedulable）。</translation>
    </message>
    <message>
        <source>Open the node again when its maintenance is over</source>
        <translation>维护结束后取消封锁该节点</translation>
    </message>
    <message>
        <source>Ask who cordoned it: a node is often closed for a reason.</source>
        <translation>先询问是谁封锁的：封锁节点往往是有原因的。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) take no pods: %1</source>
        <translation>
            <numerusform>%n 个节点不接收 Pod：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Mend the node: the taint then goes by itself</source>
        <translation>修复该节点：之后 Taint 会自动消失</translation>
    </message>
    <message>
        <source>Do not take this taint away by hand: its controller sets it again, and until then pods would be placed where they cannot run.</source>
        <translation>不要手动移除这个 Taint：它的控制器会再次设置，在此之前 Pod 会被调度到无法运行的地方。</translation>
    </message>
    <message>
        <source>Or let the pods tolerate it: add a toleration for %1 to the pod template of their owner. Its pods are then made anew.</source>
        <translation>或者让 Pod 容忍它：在其所有者的 Pod 模板中添加对 %1 的容忍。之后它的 Pod 会重建。</translation>
    </message>
    <message>
        <source>Or let the pod tolerate it: %1</source>
        <translation>或者让该 Pod 容忍它：%1</translation>
    </message>
    <message>
        <source>Or let the pods of %1 tolerate it, which makes them anew: %2</source>
        <translation>或者让 %1 的 Pod 容忍它，这些 Pod 会因此重建：%2</translation>
    </message>
    <message>
        <source>Or let its owner %1 make pods that tolerate %2.</source>
        <translation>或者让其所有者 %1 创建容忍 %2 的 Pod。</translation>
    </message>
    <message numerus="yes">
        <source>The taint %1 is not tolerated: %n node(s)</source>
        <translation>
            <numerusform>Taint %1 不被容忍：%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Pod %1 has no toleration for %2, which stands on %3.</source>
        <translation>Pod %1 没有对 %2 的容忍，而 %3 上有这个 Taint。</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) have no toleration for %1, which stands on %2.</source>
        <translation>
            <numerusform>%n 个 Pod 没有对 %1 的容忍，而 %2 上有这个 Taint。</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the taint away, or let the pods tolerate it</source>
        <translation>移除这个 Taint，或者让 Pod 容忍它</translation>
    </message>
    <message>
        <source>Edit the taints of these nodes: what would happen is shown before anything is sent.</source>
        <translation>编辑这些节点的 Taint：发送之前会先显示会发生什么。</translation>
    </message>
    <message>
        <source>A control plane is among these nodes, and this taint keeps ordinary pods off it: take it away only where it must carry them, as in a cluster of one node.</source>
        <translation>这些节点中有控制面（Master）节点，这个 Taint 使普通 Pod 不调度到它上面：只有在它必须承载普通 Pod 时才移除，例如只有一个节点的集群。</translation>
    </message>
    <message>
        <source>It is not all: among these nodes there are some that %1 keeps closed as well.</source>
        <translation>这还不是全部：这些节点中有的还被 %1 拦住。</translation>
    </message>
    <message>
        <source>No pod is pending here.</source>
        <translation>这里没有 Pending 的 Pod。</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) pending; of these %1 have a place already, %2 are held by a gate.</source>
        <translation>
            <numerusform>%n 个 Pod 处于 Pending；其中 %1 个已调度，%2 个被调度门拦住。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not pending: its phase is %2.</source>
        <translation>%1 并不是 Pending：它的 phase 是 %2。</translation>
    </message>
    <message>
        <source>%1 is pending, and is being deleted.</source>
        <translation>%1 处于 Pending，并且正在被删除。</translation>
    </message>
    <message>
        <source>%1 is pending, but has a place: node %2.</source>
        <translation>%1 处于 Pending，但已调度到节点 %2。</translation>
    </message>
    <message>
        <source>%1 is pending and has no node; held by the scheduling gates %2.</source>
        <translation>%1 处于 Pending，没有节点；被调度门 %2 拦住。</translation>
    </message>
    <message>
        <source>%1 is pending and has no node; it is to be placed by the scheduler “%2”.</source>
        <translation>%1 处于 Pending，没有节点；应由调度器 “%2” 调度。</translation>
    </message>
    <message numerus="yes">
        <source>FailedScheduling, last seen %1, %n time(s): %2</source>
        <translation>
            <numerusform>FailedScheduling，最近一次出现在 %1，共 %n 次：%2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) about it, none of them FailedScheduling.</source>
        <translation>
            <numerusform>有 %n 个与它有关的事件，没有 FailedScheduling。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no event FailedScheduling (any more): events go after an hour. The pod&apos;s condition PodScheduled tells the same.</source>
        <translation>（已经）没有事件 FailedScheduling：事件一小时后就会消失。Pod 的状况 PodScheduled 说的是同一件事。</translation>
    </message>
    <message>
        <source>There is no event FailedScheduling: either it has gone after an hour, or no scheduler has looked at the pod.</source>
        <translation>没有事件 FailedScheduling：要么一小时后已消失，要么没有调度器检查过该 Pod。</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) have an event FailedScheduling.</source>
        <translation>
            <numerusform>%n 个 Pod 有事件 FailedScheduling。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no event FailedScheduling (any more): events go after an hour.</source>
        <translation>（已经）没有事件 FailedScheduling：事件一小时后就会消失。</translation>
    </message>
    <message>
        <source>It has said nothing.</source>
        <translation>它什么也没说。</translation>
    </message>
    <message>
        <source>Its lease was renewed at %1.</source>
        <translation>它的 Lease 最近一次续约是在 %1。</translation>
    </message>
    <message>
        <source>“%1” gives no sign of life.</source>
        <translation>“%1” 没有任何活动迹象。</translation>
    </message>
    <message numerus="yes">
        <source>“%1” has not looked at %n pod(s).</source>
        <translation>
            <numerusform>“%1” 没有检查过 %n 个 Pod。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” has not looked at the pod yet, which was made a moment ago.</source>
        <translation>“%1” 还没有检查这个刚刚创建的 Pod。</translation>
    </message>
    <message>
        <source>“%1” works, and has looked at what waits for it.</source>
        <translation>“%1” 在工作，并且已检查过等待它的 Pod。</translation>
    </message>
    <message>
        <source>The cluster has no nodes.</source>
        <translation>集群没有节点。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s), %1 with the labels asked for; %2 of these are open to the pod.</source>
        <translation>
            <numerusform>共 %n 个节点，%1 个具有要求的标签；其中 %2 个对该 Pod 开放。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 Refused by: %2</source>
        <comment>a sentence, then taints with their nodes</comment>
        <translation>%1拒绝它的有：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s); to %1 pods none of them is open.</source>
        <translation>
            <numerusform>共 %n 个节点；对 %1 个 Pod 没有一个节点开放。</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no words of the scheduler that name numbers of nodes.</source>
        <translation>调度器没有说出具体的节点数量。</translation>
    </message>
    <message>
        <source>The nodes could not be read.</source>
        <translation>无法读取节点。</translation>
    </message>
    <message>
        <source>The nodes as they are now refuse just as many as the scheduler says.</source>
        <translation>按现在的节点计算，拒绝的节点数量与调度器所说的一致。</translation>
    </message>
    <message>
        <source>No: by taints and cordon as they are now, another number of nodes refuses the pod than the scheduler says. They have changed since it looked.</source>
        <translation>不一致：按现在的 Taint 和封锁计算，拒绝该 Pod 的节点数量与调度器所说的不同。调度器检查之后，节点发生了变化。</translation>
    </message>
    <message numerus="yes">
        <source>Not for %n pod(s): their nodes have changed since the scheduler looked.</source>
        <translation>
            <numerusform>有 %n 个 Pod 不一致：调度器检查之后，节点发生了变化。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing but taints and cordoned nodes.</source>
        <translation>除了 Taint 和已封锁的节点，没有其他原因。</translation>
    </message>
    <message>
        <source>The scheduler has said nothing.</source>
        <translation>调度器什么也没说。</translation>
    </message>
    <message>
        <source>Not reckoned anew here, by its own words: %1</source>
        <translation>这里不重新计算，以下是它的原话：%1</translation>
    </message>
    <message>
        <source>They start when the pod has a place.</source>
        <translation>Pod 调度之后容器才会启动。</translation>
    </message>
    <message>
        <source>The kubelet has told nothing of them yet.</source>
        <translation>kubelet 还没有报告它们的情况。</translation>
    </message>
    <message>
        <source>It could not be found out whether something is wrong.</source>
        <translation>无法确定是否有问题。</translation>
    </message>
    <message>
        <source>What was refused</source>
        <translation>被拒绝的内容</translation>
    </message>
    <message>
        <source>The object of the same name</source>
        <translation>同名的对象</translation>
    </message>
    <message>
        <source>Whose it is</source>
        <translation>由谁管理</translation>
    </message>
    <message>
        <source>Paste the whole error, or give KIND/NAME: which object it is about is not known.</source>
        <translation>请粘贴完整的错误信息，或给出 KIND/NAME：尚不清楚涉及哪个对象。</translation>
    </message>
    <message>
        <source>It is about %1.</source>
        <translation>涉及 %1。</translation>
    </message>
    <message>
        <source>It is about %1 of %2.</source>
        <translation>涉及 %2 的 %1。</translation>
    </message>
    <message>
        <source>The cluster serves no kind “%1”.</source>
        <translation>集群不提供资源类型“%1”。</translation>
    </message>
    <message>
        <source>%1 is not there now: what was refused can be tried again.</source>
        <translation>%1 目前不存在：可以重试被拒绝的操作。</translation>
    </message>
    <message>
        <source>%1 is there since %2.</source>
        <translation>%1 自 %2 起已存在。</translation>
    </message>
    <message>
        <source>%1 is there in namespace %2 since %3.</source>
        <translation>%1 自 %3 起已存在于命名空间 %2 中。</translation>
    </message>
    <message>
        <source>The name stands in these namespaces: %1</source>
        <translation>这些命名空间中有此名称：%1</translation>
    </message>
    <message>
        <source>Nobody is named.</source>
        <translation>没有记录管理者。</translation>
    </message>
    <message>
        <source>%1 is there already</source>
        <translation>%1 已存在</translation>
    </message>
    <message>
        <source>What was sent is for a new object, but %1 is there already, and a part of it can only be said when it is made.</source>
        <translation>提交的内容用于新建对象，但 %1 已存在，其中一部分只能在创建时指定。</translation>
    </message>
    <message>
        <source>What was sent is for a new object, but %1 is there already, and its %2 can only be said when it is made.</source>
        <translation>提交的内容用于新建对象，但 %1 已存在，其 %2 只能在创建时指定。</translation>
    </message>
    <message>
        <source>Three ways out</source>
        <translation>三种解决办法</translation>
    </message>
    <message>
        <source>Field is immutable</source>
        <translation>字段不可变更（field is immutable）</translation>
    </message>
    <message>
        <source>An object cannot be made or changed: “field is immutable”</source>
        <translation>无法创建或更改对象：“field is immutable”</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a sentence that ends in a colon, then a list</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>Workloads with host paths</source>
        <translation>使用主机路径的工作负载</translation>
    </message>
    <message>
        <source>What controllers and kubelets said</source>
        <translation>控制器和 kubelet 的说明</translation>
    </message>
    <message>
        <source>What admission thinks of their pods</source>
        <translation>准入控制对其 Pod 的判断</translation>
    </message>
    <message>
        <source>Nodes that their pods are on</source>
        <translation>其 Pod 所在的节点</translation>
    </message>
    <message>
        <source>“%1” is no kind that makes pods: give KIND/NAME, such as deployment/web.</source>
        <translation>“%1”不是能产生 Pod 的类型：请给出 KIND/NAME，例如 deployment/web。</translation>
    </message>
    <message>
        <source>None has a host path volume.</source>
        <translation>没有使用主机路径数据卷的工作负载。</translation>
    </message>
    <message>
        <source>A kubelet could not mount a host path.</source>
        <translation>有 kubelet 无法挂载主机路径。</translation>
    </message>
    <message>
        <source>No kubelet complains of a host path.</source>
        <translation>没有 kubelet 报告主机路径问题。</translation>
    </message>
    <message>
        <source>Pods with a host path are refused: none is ever made.</source>
        <translation>带主机路径的 Pod 被拒绝：一个也不会创建。</translation>
    </message>
    <message>
        <source>Nothing speaks against their host paths.</source>
        <translation>其主机路径没有问题。</translation>
    </message>
    <message>
        <source>No workload but DaemonSets has its pods on several nodes.</source>
        <translation>除 DaemonSet 外，没有工作负载的 Pod 分布在多个节点上。</translation>
    </message>
    <message>
        <source>Pods of %1 are refused for their host path</source>
        <translation>%1 的 Pod 因主机路径被拒绝</translation>
    </message>
    <message>
        <source>The namespace %1 does not allow host path volumes (its PodSecurity level); the workload is there, and no pod of it can be.</source>
        <translation>命名空间 %1 不允许主机路径数据卷（其 PodSecurity 级别）；工作负载存在，但无法创建任何 Pod。</translation>
    </message>
    <message>
        <source>Use a claim (PersistentVolumeClaim), or a local PersistentVolume, in its place.</source>
        <translation>改用 PersistentVolumeClaim，或 local 类型的 PersistentVolume。</translation>
    </message>
    <message>
        <source>Move the workload into a namespace that allows host paths.</source>
        <translation>将工作负载移到允许主机路径的命名空间。</translation>
    </message>
    <message>
        <source>Only for what runs the cluster itself: allow everything in namespace %1.</source>
        <translation>仅限集群自身的组件：在命名空间 %1 中允许一切。</translation>
    </message>
    <message>
        <source>A host path of %1 cannot be mounted</source>
        <translation>%1 的主机路径无法挂载</translation>
    </message>
    <message>
        <source>The path on the node where the pod runs is not what the volume&apos;s type demands: it is missing there, or of another kind.</source>
        <translation>Pod 所在节点上的路径不符合数据卷类型的要求：路径不存在，或是另一种文件。</translation>
    </message>
    <message>
        <source>Make it what the type demands, or demand less</source>
        <translation>使路径符合类型要求，或放宽类型</translation>
    </message>
    <message>
        <source>Look on the node that the event names: the path is there and not in the container.</source>
        <translation>请在事件所指的节点上查看：该路径在节点上，而不在容器中。</translation>
    </message>
    <message>
        <source>Type DirectoryOrCreate makes an empty directory that belongs to root; no type looks at nothing.</source>
        <translation>类型 DirectoryOrCreate 会创建一个属于 root 的空目录；不设类型则不做检查。</translation>
    </message>
    <message>
        <source>Pods of %1 see different directories</source>
        <translation>%1 的各个 Pod 看到的目录不同</translation>
    </message>
    <message numerus="yes">
        <source>Its pods are on %n nodes, and each sees the path of its own node: what one writes the others do not find.</source>
        <translation>
            <numerusform>其 Pod 分布在 %n 个节点上，各自看到所在节点的路径：一个 Pod 写入的内容，其他 Pod 找不到。</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep the data in one place</source>
        <translation>将数据放在一处</translation>
    </message>
    <message>
        <source>Use a claim that all of them can mount (ReadWriteMany).</source>
        <translation>使用所有 Pod 都能挂载的 PersistentVolumeClaim（ReadWriteMany）。</translation>
    </message>
    <message>
        <source>Or bind all pods to one node (nodeSelector), or run one only.</source>
        <translation>或将所有 Pod 绑定到一个节点（nodeSelector），或只运行一个 Pod。</translation>
    </message>
    <message>
        <source>A host path does not work</source>
        <translation>主机路径不起作用</translation>
    </message>
    <message>
        <source>A workload with a host path volume has no pods</source>
        <translation>使用主机路径数据卷的工作负载没有 Pod</translation>
    </message>
    <message>
        <source>Files of the node are missing in the container, or differ from pod to pod</source>
        <translation>节点上的文件在容器中找不到，或各 Pod 看到的内容不同</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a source of metrics, and how it stands</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Prometheus does not scrape kube-state-metrics</source>
        <translation>Prometheus 没有采集 kube-state-metrics</translation>
    </message>
    <message>
        <source>No job of Prometheus brings series of kube-state-metrics in, so that alarm rules on the state of objects never fire.</source>
        <translation>Prometheus 没有任何 job 采集 kube-state-metrics 的序列，因此针对对象状态的告警规则永远不会触发。</translation>
    </message>
    <message>
        <source>What the FAQ says of them, and what is so</source>
        <translation>FAQ 的说法与实际情况</translation>
    </message>
    <message>
        <source>The FAQ says that metrics-server collects from the APIServer, serves file descriptors and latency, and writes to InfluxDB. It serves CPU and memory only, reads the kubelets, and keeps and sends nothing; heapster was what wrote to InfluxDB. kube-state-metrics is no source of it, nor the other way round. Nor does the expression with job and k8s_app match where the labels are dropped.</source>
        <translation>FAQ 说 metrics-server 从 APIServer 采集、提供文件描述符和延迟，并写入 InfluxDB。实际上它只提供 CPU 和内存，读取的是各节点的 kubelet，既不保存也不发送数据；写入 InfluxDB 的是 heapster。kube-state-metrics 不是它的数据来源，反之亦然。若 job 和 k8s_app 标签已被丢弃，FAQ 中带这两个标签的表达式也匹配不到任何数据。</translation>
    </message>
    <message>
        <source>Metrics are missing or disagree</source>
        <translation>监控指标缺失或不一致</translation>
    </message>
    <message>
        <source>“kubectl top” fails, or a page of monitoring is empty</source>
        <translation>“kubectl top” 失败，或监控页面没有数据</translation>
    </message>
    <message>
        <source>An autoscaler shows &lt;unknown&gt; and does not scale</source>
        <translation>自动伸缩显示 &lt;unknown&gt;，不进行伸缩</translation>
    </message>
    <message>
        <source>metrics-server and kube-state-metrics say different things</source>
        <translation>metrics-server 与 kube-state-metrics 的数据不一致</translation>
    </message>
    <message>
        <source>This cluster serves no businesses: it is no TKEStack platform, or the platform has none (tke-business-api is not installed). Ask the platform&apos;s own cluster, “global”.</source>
        <translation>该集群不提供业务：它不是 TKEStack 平台，或平台没有安装业务组件（tke-business-api）。请查看平台自身的集群 global。</translation>
    </message>
    <message numerus="yes">
        <source>%n business(es)</source>
        <translation>
            <numerusform>%n 个业务</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n business namespace(s)</source>
        <translation>
            <numerusform>%n 个业务命名空间</numerusform>
        </translation>
    </message>
    <message>
        <source>Businesses of the platform</source>
        <translation>平台的业务</translation>
    </message>
    <message>
        <source>Give the user: USER [BUSINESS].</source>
        <translation>请给出用户：用户名 [业务]。</translation>
    </message>
    <message>
        <source>No business names “%1” as a member. Give the business as well: USER BUSINESS.</source>
        <translation>没有业务把“%1”列为成员。请同时给出业务：用户名 业务。</translation>
    </message>
    <message>
        <source>There is no business “%1”.</source>
        <translation>没有业务“%1”。</translation>
    </message>
    <message>
        <source>“%1” does not see the business %2</source>
        <translation>“%1”看不到业务 %2</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>The business %1 could not be made</source>
        <translation>业务 %1 未能创建成功</translation>
    </message>
    <message>
        <source>The business controller gave up and the business stays locked, so its members may not see it: %1</source>
        <translation>业务控制器已放弃，该业务一直处于锁定状态，其成员可能看不到它：%1</translation>
    </message>
    <message>
        <source>Make it anew</source>
        <translation>重新创建</translation>
    </message>
    <message>
        <source>See to it that every member exists under exactly that name.</source>
        <translation>请确认每个成员都存在，且名称完全一致。</translation>
    </message>
    <message>
        <source>Delete the business and create it again: its members are bound once.</source>
        <translation>删除该业务后重新创建：成员只在创建时绑定一次。</translation>
    </message>
    <message>
        <source>A user does not see a business</source>
        <translation>用户看不到某个业务</translation>
    </message>
    <message>
        <source>A business is missing in the business console.</source>
        <translation>业务管理界面没有想要的业务。</translation>
    </message>
    <message>
        <source>A new member cannot choose the business.</source>
        <translation>新成员无法选择该业务。</translation>
    </message>
    <message>
        <source>The one cluster of each namespace</source>
        <translation>每个命名空间唯一的集群</translation>
    </message>
    <message>
        <source>What the platform says of them</source>
        <translation>平台对它们的说法</translation>
    </message>
    <message>
        <source>What the clusters show</source>
        <translation>集群中的实际情况</translation>
    </message>
    <message>
        <source>There is no business and no business namespace “%1”.</source>
        <translation>没有名为“%1”的业务或业务命名空间。</translation>
    </message>
    <message>
        <source>No way to the clusters of the platform is known here.</source>
        <translation>这里没有可以访问平台各集群的途径。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The platform finds something wrong with %n of them.</source>
        <translation>
            <numerusform>平台认为其中 %n 个有问题。</numerusform>
        </translation>
    </message>
    <message>
        <source>The platform finds nothing wrong with them.</source>
        <translation>平台没有发现问题。</translation>
    </message>
    <message numerus="yes">
        <source>%n of them are not as the platform wants them.</source>
        <translation>
            <numerusform>其中 %n 个与平台所要求的不一致。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them could not be seen.</source>
        <translation>
            <numerusform>其中 %n 个无法查看。</numerusform>
        </translation>
    </message>
    <message>
        <source>Each is there, labelled, with its quota.</source>
        <translation>每个都存在、带有标签并有配额。</translation>
    </message>
    <message>
        <source>The business namespace %1 is not well in cluster %2</source>
        <translation>业务命名空间 %1 在集群 %2 中有问题</translation>
    </message>
    <message>
        <source>Decide whose it is: the label %1 of the live namespace names %2.</source>
        <translation>请先确定它的归属：集群中该命名空间的标签 %1 指向 %2。</translation>
    </message>
    <message>
        <source>Choose another name for this business, or delete the business namespace.</source>
        <translation>为该业务另选一个名称，或删除该业务命名空间。</translation>
    </message>
    <message>
        <source>Delete the business namespace and create it again: the platform does not make a lost namespace anew.</source>
        <translation>删除该业务命名空间后重新创建：平台不会重建丢失的命名空间。</translation>
    </message>
    <message>
        <source>See that the platform reaches the cluster, then wait: it looks every few minutes.</source>
        <translation>请确认平台能够访问该集群，然后等待：平台每隔几分钟检查一次。</translation>
    </message>
    <message>
        <source>A business namespace and its one cluster</source>
        <translation>业务命名空间及其唯一的集群</translation>
    </message>
    <message>
        <source>A business namespace can pick one cluster only.</source>
        <translation>业务的命名空间只能选择一个集群。</translation>
    </message>
    <message>
        <source>A business namespace stays Failed, or is empty in its cluster.</source>
        <translation>业务命名空间一直处于 Failed，或在集群中为空。</translation>
    </message>
    <message>
        <source>What Alidade remembers of the platform</source>
        <translation>照准仪对该平台的记忆</translation>
    </message>
    <message>
        <source>Does the platform&apos;s API answer?</source>
        <translation>平台的 API 有响应吗？</translation>
    </message>
    <message>
        <source>Is the object of cluster %1 there?</source>
        <translation>集群 %1 的对象存在吗？</translation>
    </message>
    <message>
        <source>Which tenant do you ask as?</source>
        <translation>您以哪个租户的身份访问？</translation>
    </message>
    <message>
        <source>Does the list that you get hold it?</source>
        <translation>您得到的列表中有它吗？</translation>
    </message>
    <message>
        <source>Is it well?</source>
        <translation>它正常吗？</translation>
    </message>
    <message>
        <source>What is left: the browser</source>
        <translation>剩下的可能：浏览器</translation>
    </message>
    <message>
        <source>Nothing of it was used: the platform&apos;s clusters are not kept, each look asks anew.</source>
        <translation>没有使用任何缓存：平台的集群不作保存，每次查看都重新读取。</translation>
    </message>
    <message>
        <source>platform.tkestack.io/v1 answers.</source>
        <translation>platform.tkestack.io/v1 有响应。</translation>
    </message>
    <message>
        <source>This cluster serves no platform.tkestack.io: it is no TKEStack platform. Ask the cluster that the platform runs in.</source>
        <translation>该集群不提供 platform.tkestack.io：它不是 TKEStack 平台。请访问平台所在的集群。</translation>
    </message>
    <message>
        <source>The platform&apos;s API does not answer</source>
        <translation>平台的 API 没有响应</translation>
    </message>
    <message>
        <source>None of the pods of tke-platform-api is ready, so no cluster can be listed, “global” among them.</source>
        <translation>tke-platform-api 没有一个 Pod 就绪，因此任何集群都无法列出，包括 global。</translation>
    </message>
    <message>
        <source>The APIServer cannot reach the platform&apos;s own API server, so no cluster can be listed, “global” among them.</source>
        <translation>APIServer 无法访问平台自己的 API 服务，因此任何集群都无法列出，包括 global。</translation>
    </message>
    <message>
        <source>Look at its pods</source>
        <translation>查看它的 Pod</translation>
    </message>
    <message>
        <source>This cluster is no TKEStack platform</source>
        <translation>该集群不是 TKEStack 平台</translation>
    </message>
    <message>
        <source>platform.tkestack.io is not registered with this APIServer, so it has no list of clusters.</source>
        <translation>该 APIServer 没有注册 platform.tkestack.io，因此没有集群列表。</translation>
    </message>
    <message>
        <source>Choose the context of the platform&apos;s own cluster.</source>
        <translation>请选择平台自身集群的上下文。</translation>
    </message>
    <message>
        <source>It is there: %1, tenant %2.</source>
        <translation>存在：%1，租户 %2。</translation>
    </message>
    <message>
        <source>You are “%1”, of no tenant: nothing is filtered.</source>
        <translation>您是“%1”，不属于任何租户：不会过滤。</translation>
    </message>
    <message>
        <source>You are “%1” of tenant “%2”: clusters of other tenants are answered as if they were not there.</source>
        <translation>您是租户“%2”的“%1”：其他租户的集群会像不存在一样应答。</translation>
    </message>
    <message>
        <source>The list is empty.</source>
        <translation>列表为空。</translation>
    </message>
    <message numerus="yes">
        <source>%n cluster(s): %1</source>
        <translation>
            <numerusform>%n 个集群：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>The platform has no cluster %1 for you</source>
        <translation>平台没有您可见的集群 %1</translation>
    </message>
    <message>
        <source>There is no such Cluster object; you are of no tenant, so nothing was filtered.</source>
        <translation>没有这个 Cluster 对象；您不属于任何租户，因此没有被过滤。</translation>
    </message>
    <message>
        <source>There is no such Cluster object, or it is of another tenant than “%1”: the platform answers both alike.</source>
        <translation>没有这个 Cluster 对象，或它不属于租户“%1”：平台对这两种情况的应答相同。</translation>
    </message>
    <message>
        <source>Ask with a credential of no tenant, such as the admin.conf of a master.</source>
        <translation>用不属于任何租户的凭证访问，例如 Master 上的 admin.conf。</translation>
    </message>
    <message>
        <source>If it is gone there as well, import the cluster again, or restore its object.</source>
        <translation>如果那里也没有，请重新导入集群，或恢复它的对象。</translation>
    </message>
    <message>
        <source>The list leaves cluster %1 out, though it is there</source>
        <translation>列表中没有集群 %1，但它是存在的</translation>
    </message>
    <message>
        <source>Lists are filtered by the asker&apos;s tenant; the cluster is of tenant “%1”.</source>
        <translation>列表按访问者的租户过滤；该集群属于租户“%1”。</translation>
    </message>
    <message>
        <source>Sign in as a user of the tenant that the cluster is of.</source>
        <translation>以该集群所属租户的用户登录。</translation>
    </message>
    <message>
        <source>Its phase is %1.</source>
        <translation>其阶段为 %1。</translation>
    </message>
    <message>
        <source>Its phase is %1; %2</source>
        <translation>其阶段为 %1；%2</translation>
    </message>
    <message>
        <source>The platform shows cluster %1 as %2</source>
        <translation>平台显示集群 %1 为 %2</translation>
    </message>
    <message>
        <source>The platform&apos;s pods cannot reach it; that does not say that it is down.</source>
        <translation>平台的 Pod 无法访问它；这并不说明集群已经停止。</translation>
    </message>
    <message>
        <source>Its creation stands at this condition, or it is on its way.</source>
        <translation>它的创建停在这个条件上，或正在进行中。</translation>
    </message>
    <message>
        <source>Probe each of its addresses from here, and from the platform.</source>
        <translation>请从这里以及从平台逐一探测它的地址。</translation>
    </message>
    <message>
        <source>The platform lists it. If the console still does not show it, clear the browser&apos;s cache for the console&apos;s address and sign in again.</source>
        <translation>平台的列表中有它。如果控制台仍然不显示，请清除控制台地址的浏览器缓存并重新登录。</translation>
    </message>
    <message>
        <source>A cluster does not show in the platform&apos;s list</source>
        <translation>集群没有出现在平台的列表中</translation>
    </message>
    <message>
        <source>The global cluster is missing in the console&apos;s list.</source>
        <translation>global 集群没有出现在控制台的列表中。</translation>
    </message>
    <message>
        <source>The list of clusters is empty, or an imported cluster is not in it.</source>
        <translation>集群列表为空，或其中没有已导入的集群。</translation>
    </message>
    <message>
        <source>Delete it, and create it again as it should be</source>
        <translation>删除它，再按正确的内容重新创建</translation>
    </message>
    <message>
        <source>Changing it is not enough: the platform acts on a change only while the phase is Running.</source>
        <translation>只修改不够：平台只在 phase 为 Running 时才处理修改。</translation>
    </message>
    <message>
        <source>What PersistentEvent %1 says cannot deliver</source>
        <translation>PersistentEvent %1 的内容无法投递事件</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>删除它</translation>
    </message>
    <message>
        <source>Cluster %1 has several PersistentEvents</source>
        <translation>集群 %1 有多个 PersistentEvent</translation>
    </message>
    <message>
        <source>All of them keep one Deployment and one ConfigMap in the cluster: who came first is in there, and whoever is deleted takes it away from the others.</source>
        <translation>它们在集群中共用同一个 Deployment 和同一个 ConfigMap：生效的是最先创建的那个，而删除其中任何一个都会把它从其余的手中拿走。</translation>
    </message>
    <message>
        <source>Delete all but one, then that one, and create it again</source>
        <translation>先删除其余的，再删除最后一个，然后重新创建</translation>
    </message>
    <message>
        <source>PersistentEvent %1 is %2</source>
        <translation>PersistentEvent %1 处于 %2</translation>
    </message>
    <message>
        <source>Deployment kube-system/tke-persistent-event is not there any more in the cluster; the platform does not make it again by itself.</source>
        <translation>集群中的 Deployment kube-system/tke-persistent-event 已不存在；平台不会自行重建它。</translation>
    </message>
    <message>
        <source>The platform tries every five minutes, five times (now: %1): %2</source>
        <translation>平台每五分钟重试一次，共五次（当前第 %1 次）：%2</translation>
    </message>
    <message>
        <source>The platform gave up: %1</source>
        <translation>平台已放弃：%1</translation>
    </message>
    <message>
        <source>What PersistentEvent %1 made is gone</source>
        <translation>PersistentEvent %1 创建的内容已不存在</translation>
    </message>
    <message>
        <source>The platform says %1, and Deployment kube-system/tke-persistent-event is not there.</source>
        <translation>平台显示 %1，但 Deployment kube-system/tke-persistent-event 不存在。</translation>
    </message>
    <message>
        <source>What PersistentEvent %1 made does not run</source>
        <translation>PersistentEvent %1 创建的内容没有运行</translation>
    </message>
    <message>
        <source>See what its pod says</source>
        <translation>查看它的 Pod 的说明</translation>
    </message>
    <message>
        <source>PersistentEvent %1 runs and delivers nothing</source>
        <translation>PersistentEvent %1 在运行，但没有投递任何事件</translation>
    </message>
    <message>
        <source>Running only says that a Deployment stands: Elasticsearch refuses fluentd&apos;s login, or wants one that it does not have.</source>
        <translation>Running 只说明 Deployment 已就位：Elasticsearch 拒绝了 fluentd 的登录，或者要求它没有的登录。</translation>
    </message>
    <message>
        <source>Running only says that a Deployment stands: fluentd in it cannot deliver to Elasticsearch, see its words.</source>
        <translation>Running 只说明 Deployment 已就位：其中的 fluentd 无法向 Elasticsearch 投递，见它的原话。</translation>
    </message>
    <message>
        <source>Try the address, then correct what is wrong</source>
        <translation>试连该地址，再改正错误之处</translation>
    </message>
    <message>
        <source>From here: alidadectl check event-persistence %1. A node may have another way to it.</source>
        <translation>在本机：alidadectl check event-persistence %1。节点到它的路径可能不同。</translation>
    </message>
    <message>
        <source>fluentd delivers elsewhere than PersistentEvent %1 says</source>
        <translation>fluentd 投递的位置与 PersistentEvent %1 所写的不同</translation>
    </message>
    <message>
        <source>The PersistentEvent says %1, and fluentd is configured for %2: a ConfigMap fluentd-config that is there already is left as it is.</source>
        <translation>PersistentEvent 写的是 %1，而 fluentd 配置的是 %2：已存在的 ConfigMap fluentd-config 会保持原样。</translation>
    </message>
    <message>
        <source>Before it is created again ConfigMap fluentd-config in kube-system of the cluster has to be gone.</source>
        <translation>重新创建之前，集群 kube-system 中的 ConfigMap fluentd-config 必须已被删除。</translation>
    </message>
    <message>
        <source>%1 takes no events</source>
        <translation>%1 不能接收事件</translation>
    </message>
    <message>
        <source>Try it from a node of the cluster, too</source>
        <translation>也在集群的节点上试连</translation>
    </message>
    <message>
        <source>%1 wants a login</source>
        <translation>%1 要求登录</translation>
    </message>
    <message>
        <source>Create the PersistentEvent with a login</source>
        <translation>创建带登录信息的 PersistentEvent</translation>
    </message>
    <message>
        <source>The FAQ says that only Elasticsearch without a login works; since v1.5.0 of the platform one with a login does.</source>
        <translation>FAQ 说只支持未开启用户登录认证的 Elasticsearch；自平台 v1.5.0 起，开启登录认证的也支持。</translation>
    </message>
    <message>
        <source>Nobody keeps the events of cluster %1</source>
        <translation>没有任何组件保存集群 %1 的事件</translation>
    </message>
    <message>
        <source>There is no PersistentEvent for it. In the console&apos;s form 完成 (Finish) does nothing until the address of Elasticsearch and the index are filled in, below the long description.</source>
        <translation>它没有 PersistentEvent。控制台表单中的“完成”在填写长说明下方的 Elasticsearch 地址和索引之前不起作用。</translation>
    </message>
    <message>
        <source>Create one, tried first</source>
        <translation>创建一个，先试后建</translation>
    </message>
    <message>
        <source>Elasticsearch, seen from this machine</source>
        <translation>从本机看 Elasticsearch</translation>
    </message>
    <message>
        <source>Whether the platform keeps events, and its version</source>
        <translation>平台是否支持事件持久化及其版本</translation>
    </message>
    <message>
        <source>PersistentEvents that there are</source>
        <translation>已有的 PersistentEvent</translation>
    </message>
    <message>
        <source>What the platform does not check in them</source>
        <translation>其中平台不检查的内容</translation>
    </message>
    <message>
        <source>What they made in their clusters</source>
        <translation>它们在各自集群中创建的内容</translation>
    </message>
    <message>
        <source>Whether fluentd delivers</source>
        <translation>fluentd 是否在投递</translation>
    </message>
    <message>
        <source>What the FAQ says, and what is so</source>
        <translation>FAQ 的说法与实际情况</translation>
    </message>
    <message>
        <source>No address was given: with http://HOST:PORT as an argument it is tried.</source>
        <translation>没有给出地址：以 http://HOST:PORT 为参数时会试连。</translation>
    </message>
    <message>
        <source>This cluster serves no PersistentEvent: it is no TKEStack platform, or one without this addon.</source>
        <translation>此集群不提供 PersistentEvent：它不是 TKEStack 平台，或没有该扩展组件。</translation>
    </message>
    <message>
        <source>It serves PersistentEvents; its version is not known, and so whether it takes a login of Elasticsearch (since v1.5.0).</source>
        <translation>它提供 PersistentEvent；版本未知，因此不知道是否支持 Elasticsearch 登录（自 v1.5.0 起）。</translation>
    </message>
    <message>
        <source>%1, which takes a login of Elasticsearch.</source>
        <translation>%1，支持 Elasticsearch 登录。</translation>
    </message>
    <message>
        <source>%1, which takes no login of Elasticsearch: that came with v1.5.0.</source>
        <translation>%1，不支持 Elasticsearch 登录：该功能自 v1.5.0 起提供。</translation>
    </message>
    <message>
        <source>The platform has no cluster “%1”.</source>
        <translation>平台没有集群“%1”。</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>没有。</translation>
    </message>
    <message>
        <source>Address, port, index, login and cluster are as they have to be.</source>
        <translation>地址、端口、索引、登录和集群都符合要求。</translation>
    </message>
    <message>
        <source>The platform took what cannot deliver.</source>
        <translation>平台接受了无法投递的内容。</translation>
    </message>
    <message>
        <source>the platform is still at it (%1)</source>
        <translation>平台仍在处理（%1）</translation>
    </message>
    <message>
        <source>Not looked at, since they are other clusters than the one that is spoken to: %1.</source>
        <translation>未查看，因为它们不是当前连接的集群：%1。</translation>
    </message>
    <message>
        <source>Phase Running says that a Deployment stands, not that an event arrived: fluentd&apos;s log and the index tell.</source>
        <translation>phase 为 Running 说明 Deployment 已就位，并不说明事件已送达：要看 fluentd 的日志和索引。</translation>
    </message>
    <message>
        <source>The FAQ says that only Elasticsearch without a login is supported. Since v1.5.0 a login is taken, with the password as BASE64, which the console makes by itself. It is right that 完成 (Finish) wants address and index.</source>
        <translation>FAQ 说只支持未开启用户登录认证的 Elasticsearch。自 v1.5.0 起支持登录，密码以 BASE64 保存，由控制台自动编码。“完成”需要先填写地址和索引，这一点是对的。</translation>
    </message>
    <message>
        <source>Events are not kept (event persistence)</source>
        <translation>事件没有保存（事件持久化）</translation>
    </message>
    <message>
        <source>The console&apos;s form of event persistence cannot be finished</source>
        <translation>控制台的事件持久化表单无法点击完成</translation>
    </message>
    <message>
        <source>PersistentEvent is Running, and no event arrives</source>
        <translation>PersistentEvent 为 Running，却没有事件送达</translation>
    </message>
    <message>
        <source>PersistentEvent is Failed or tries again and again</source>
        <translation>PersistentEvent 为 Failed 或不断重试</translation>
    </message>
    <message>
        <source>No DNS has these names: the platform writes them into /etc/hosts of the nodes it makes (step EnsureRegistryHosts). Workstations, imported clusters and nodes joined by hand never get them.</source>
        <translation>任何 DNS 中都没有这些名称：平台把它们写入自己创建的节点的 /etc/hosts（步骤 EnsureRegistryHosts）。工作站、导入集群和手工加入的节点不会得到它们。</translation>
    </message>
    <message>
        <source>ADDRESS is the platform&apos;s VIP, or one of its masters: Cluster global shows them (Advertise, Real).</source>
        <translation>ADDRESS 是平台的 VIP 或某个 Master：见集群 global 的地址（Advertise、Real）。</translation>
    </message>
    <message>
        <source>Write the name into the hosts file of the machine that asks</source>
        <translation>把名称写入发起请求的机器的 hosts 文件</translation>
    </message>
    <message>
        <source>On each node of a member cluster that pulls from the registry as well.</source>
        <translation>从该镜像仓库拉取镜像的成员集群的每个节点也要写。</translation>
    </message>
    <message>
        <source>Teach Docker the platform&apos;s authority</source>
        <translation>让 Docker 信任平台的 CA</translation>
    </message>
    <message>
        <source>The authority is ca.crt of ConfigMap certs in namespace tke of the global cluster. It goes to /etc/docker/certs.d/%1/ca.crt of each machine that pushes or pulls.</source>
        <translation>CA 是 global 集群命名空间 tke 中 ConfigMap certs 的 ca.crt，要放到每台推送或拉取镜像的机器的 /etc/docker/certs.d/%1/ca.crt。</translation>
    </message>
    <message>
        <source>containerd wants it as hosts.toml and ca.crt under /etc/containerd/certs.d.</source>
        <translation>containerd 需要 /etc/containerd/certs.d 下的 hosts.toml 和 ca.crt。</translation>
    </message>
    <message>
        <source>insecure-registries would do as well, and anybody could be the registry then.</source>
        <translation>配置 insecure-registries 也可以，但那样任何人都能冒充镜像仓库。</translation>
    </message>
    <message>
        <source>“%1” is misspelt</source>
        <translation>“%1”拼写有误</translation>
    </message>
    <message>
        <source>The registry of this platform is called %2, not %1: a name that is not there is not found, whether the registry runs or not.</source>
        <translation>此平台的镜像仓库名为 %2，而不是 %1：不存在的名称无法解析，与镜像仓库是否运行无关。</translation>
    </message>
    <message>
        <source>Tag the image for %1, and push that</source>
        <translation>为镜像打上 %1 的标签后再推送</translation>
    </message>
    <message>
        <source>This machine does not know the name %1</source>
        <translation>本机不认识名称 %1</translation>
    </message>
    <message>
        <source>This machine cannot turn %1 into an address; whether the registry runs does not matter before that. It proves nothing about a node.</source>
        <translation>本机无法把 %1 解析为地址；在此之前，镜像仓库是否运行都无关紧要。这对节点不说明任何问题。</translation>
    </message>
    <message>
        <source>Nothing listens for the registry at %1</source>
        <translation>%1 上没有镜像仓库在监听</translation>
    </message>
    <message>
        <source>The machine behind %1 is there and refuses port %2: tke-gateway (or the ingress before it) does not run there, or the hosts file names a machine that is no master.</source>
        <translation>%1 指向的机器在线但拒绝端口 %2：tke-gateway（或它前面的 ingress）没有在那里运行，或者 hosts 文件指向的机器不是 Master。</translation>
    </message>
    <message>
        <source>See which machine the name leads to, and whether the gateway runs there</source>
        <translation>查看名称指向哪台机器，以及网关是否在那里运行</translation>
    </message>
    <message>
        <source>Nothing comes back from %1</source>
        <translation>%1 没有任何回应</translation>
    </message>
    <message>
        <source>What is sent to %1 vanishes: a firewall drops it, the machine is off, or the hosts file names an address of another network.</source>
        <translation>发往 %1 的数据没有下文：被防火墙丢弃、机器关机，或者 hosts 文件中的地址属于另一个网络。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted</source>
        <translation>%1 的证书不受信任</translation>
    </message>
    <message>
        <source>It is signed neither by a public authority nor by the platform&apos;s own (ca.crt of ConfigMap certs): another server answers, or the certificate was replaced.</source>
        <translation>签发者既不是公共 CA，也不是平台自己的 CA（ConfigMap certs 的 ca.crt）：应答的是另一台服务器，或者证书已被替换。</translation>
    </message>
    <message>
        <source>No authority that this machine knows has signed it; the platform&apos;s own is one of those that nobody knows by himself.</source>
        <translation>签发者不是本机认识的 CA；平台自己的 CA 本来就没有谁会自动认识。</translation>
    </message>
    <message>
        <source>The certificate is not for %1</source>
        <translation>证书不是签给 %1 的</translation>
    </message>
    <message>
        <source>The server that answers at %1 shows a certificate for other names: the hosts file leads to another server, or the domain was changed after the certificate was made.</source>
        <translation>在 %1 应答的服务器出示的是其他名称的证书：hosts 文件指向了另一台服务器，或者签发证书之后修改过域名。</translation>
    </message>
    <message>
        <source>Use a name that the certificate has, or have one made for this name</source>
        <translation>使用证书中已有的名称，或为此名称重新签发证书</translation>
    </message>
    <message>
        <source>The certificate of %1 is out of date</source>
        <translation>%1 的证书不在有效期内</translation>
    </message>
    <message>
        <source>It is valid from %1 to %2, and now is not between; or a clock is wrong.</source>
        <translation>有效期为 %1 至 %2，当前时间不在其中；或者时钟有误。</translation>
    </message>
    <message>
        <source>It is expired or not valid yet; or a clock is wrong.</source>
        <translation>已过期或尚未生效；或者时钟有误。</translation>
    </message>
    <message>
        <source>Renew it, and restart tke-gateway</source>
        <translation>更新证书并重启 tke-gateway</translation>
    </message>
    <message>
        <source>The registry at %1 speaks no TLS</source>
        <translation>%1 的镜像仓库不使用 TLS</translation>
    </message>
    <message>
        <source>At %1 a registry answers over plain HTTP, and Docker asks over TLS: “server gave HTTP response to HTTPS client”.</source>
        <translation>%1 上的镜像仓库以明文 HTTP 应答，而 Docker 用 TLS 请求：“server gave HTTP response to HTTPS client”。</translation>
    </message>
    <message>
        <source>Use the port that speaks TLS; the platform&apos;s is 443</source>
        <translation>使用支持 TLS 的端口；平台的是 443</translation>
    </message>
    <message>
        <source>Only for a registry that is to stay so: &quot;insecure-registries&quot;: [&quot;%1&quot;] in /etc/docker/daemon.json, on each machine that pushes or pulls.</source>
        <translation>仅适用于打算保持现状的镜像仓库：在每台推送或拉取镜像的机器的 /etc/docker/daemon.json 中写入 &quot;insecure-registries&quot;: [&quot;%1&quot;]。</translation>
    </message>
    <message>
        <source>The gateway at %1 answers, and the registry behind it does not</source>
        <translation>%1 的网关有应答，但它后面的镜像仓库没有</translation>
    </message>
    <message>
        <source>HTTP %1: the way to the gateway is open, and tke-registry-api does not answer it.</source>
        <translation>HTTP %1：到网关的路径畅通，但 tke-registry-api 没有应答它。</translation>
    </message>
    <message>
        <source>See what tke-registry-api says</source>
        <translation>查看 tke-registry-api 的日志</translation>
    </message>
    <message>
        <source>What answers at %1 is no registry</source>
        <translation>在 %1 应答的不是镜像仓库</translation>
    </message>
    <message>
        <source>GET /v2/ of %1 is answered with HTTP %2 and not as a registry does: a proxy or another web server answers in its place.</source>
        <translation>%1 的 GET /v2/ 返回 HTTP %2，不是镜像仓库的应答：代替它应答的是代理或其他 Web 服务器。</translation>
    </message>
    <message>
        <source>See which machine the name leads to</source>
        <translation>查看名称指向哪台机器</translation>
    </message>
    <message>
        <source>The registry at %1 sends logins elsewhere</source>
        <translation>%1 的镜像仓库把登录引向别处</translation>
    </message>
    <message>
        <source>Tokens are to be had at %1, not at %2 that was asked: a proxy or a port forwarding between changes the name or the port, and the login goes to a place that may not be there.</source>
        <translation>令牌要到 %1 获取，而不是所请求的 %2：中间的代理或端口转发改变了名称或端口，登录会被引向一个可能不存在的地方。</translation>
    </message>
    <message>
        <source>Ask the registry by its own name and port 443, or let the proxy keep Host</source>
        <translation>用镜像仓库自己的名称和端口 443 访问，或让代理保留 Host</translation>
    </message>
    <message>
        <source>The connection to %1 ends before an answer</source>
        <translation>到 %1 的连接在应答之前就断开了</translation>
    </message>
    <message>
        <source>%1 ends the connection, or the way to it is closed.</source>
        <translation>%1 断开了连接，或者到它的路径不通。</translation>
    </message>
    <message>
        <source>The machine that asked cannot turn the registry&apos;s name into an address.</source>
        <translation>发起请求的机器无法把镜像仓库的名称解析为地址。</translation>
    </message>
    <message>
        <source>The registry&apos;s name leads to a machine where nothing listens on its port.</source>
        <translation>镜像仓库的名称所指向的机器上没有程序监听该端口。</translation>
    </message>
    <message>
        <source>Nothing came back from the registry in time.</source>
        <translation>镜像仓库没有按时应答。</translation>
    </message>
    <message>
        <source>The machine that asked does not trust the registry&apos;s certificate.</source>
        <translation>发起请求的机器不信任镜像仓库的证书。</translation>
    </message>
    <message>
        <source>The registry speaks plain HTTP on that port, and was asked over TLS.</source>
        <translation>镜像仓库在该端口上使用明文 HTTP，而请求使用了 TLS。</translation>
    </message>
    <message>
        <source>The registry answers, and does not let this user do it.</source>
        <translation>镜像仓库有应答，但不允许该用户这样做。</translation>
    </message>
    <message>
        <source>The registry answers, and has no such image or tag.</source>
        <translation>镜像仓库有应答，但没有这个镜像或标签。</translation>
    </message>
    <message>
        <source>The way to the registry is open, and it fails itself.</source>
        <translation>到镜像仓库的路径畅通，但它自身出错。</translation>
    </message>
    <message>
        <source>Its words do not say what is wrong.</source>
        <translation>原话没有说明问题所在。</translation>
    </message>
    <message>
        <source>Sign in as one who may</source>
        <translation>以有权限的用户登录</translation>
    </message>
    <message>
        <source>The tenant before the registry&apos;s name has to be the one of the API key (访问凭证); the password is that key.</source>
        <translation>镜像仓库名称前面的租户必须与访问凭证的租户一致；密码就是该访问凭证。</translation>
    </message>
    <message>
        <source>The namespace of the image has to be there first, and not be locked; “library” takes pushes from the administrator only.</source>
        <translation>镜像的命名空间必须先存在且未被锁定；“library”只接受管理员的推送。</translation>
    </message>
    <message>
        <source>A pod needs an image pull secret for a private namespace.</source>
        <translation>拉取私有命名空间的镜像时，Pod 需要 imagePullSecrets。</translation>
    </message>
    <message>
        <source>Push the image under that name, or correct the name</source>
        <translation>以该名称推送镜像，或改正名称</translation>
    </message>
    <message>
        <source>Images of the platform itself lie under library/, those of older versions under tkestack/.</source>
        <translation>平台自身的镜像位于 library/ 下，旧版本的位于 tkestack/ 下。</translation>
    </message>
    <message>
        <source>Look at the registry&apos;s own parts</source>
        <translation>查看镜像仓库自身的组件</translation>
    </message>
    <message numerus="yes">
        <source>%n containers cannot get their image from %1</source>
        <translation>
            <numerusform>%n 个容器无法从 %1 获取镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 Nodes: %2</source>
        <comment>a sentence, then names</comment>
        <translation>%1节点：%2</translation>
    </message>
    <message>
        <source>What the error says of %1</source>
        <translation>错误信息对 %1 的说明</translation>
    </message>
    <message>
        <source>The registry&apos;s Deployment is gone</source>
        <translation>镜像仓库的 Deployment 不存在</translation>
    </message>
    <message>
        <source>The platform is configured for a registry (ConfigMap tke-registry-api), and there is no Deployment tke-registry-api in namespace tke.</source>
        <translation>平台配置了镜像仓库（ConfigMap tke-registry-api），但命名空间 tke 中没有 Deployment tke-registry-api。</translation>
    </message>
    <message>
        <source>Install it again</source>
        <translation>重新安装它</translation>
    </message>
    <message>
        <source>The registry does not run</source>
        <translation>镜像仓库没有运行</translation>
    </message>
    <message>
        <source>No pod of Deployment tke-registry-api is ready. That gives a refusal or HTTP 5xx, never “no such host”.</source>
        <translation>Deployment tke-registry-api 没有就绪的 Pod。其结果是连接被拒绝或 HTTP 5xx，不会是“no such host”。</translation>
    </message>
    <message>
        <source>It wants nodes that are labelled as masters, and tolerates no taints.</source>
        <translation>它要求带 Master 标签的节点，且不容忍任何污点。</translation>
    </message>
    <message>
        <source>The registry is bound to node %1, which is down</source>
        <translation>镜像仓库固定在节点 %1 上，而该节点已停机</translation>
    </message>
    <message>
        <source>Its images lie on that node&apos;s disk, so its pod is pinned there (nodeName: %1) and runs nowhere else.</source>
        <translation>镜像保存在该节点的磁盘上，所以 Pod 固定在那里（nodeName: %1），不会在别处运行。</translation>
    </message>
    <message>
        <source>Bring node %1 back</source>
        <translation>恢复节点 %1</translation>
    </message>
    <message>
        <source>To be free of that node, give the registry an object store (S3) in ConfigMap tke-registry-api.</source>
        <translation>若要不依赖该节点，请在 ConfigMap tke-registry-api 中为镜像仓库配置对象存储（S3）。</translation>
    </message>
    <message>
        <source>The gateway before the registry is not ready everywhere</source>
        <translation>镜像仓库前面的网关没有全部就绪</translation>
    </message>
    <message>
        <source>Every push and pull goes through DaemonSet tke-gateway: a name that leads to a master without it is refused there.</source>
        <translation>每次推送和拉取都经过 DaemonSet tke-gateway：名称若指向没有它的 Master，就会在那里被拒绝。</translation>
    </message>
    <message>
        <source>See what its pods say</source>
        <translation>查看它的 Pod 的说明</translation>
    </message>
    <message>
        <source>The registry&apos;s Service is gone</source>
        <translation>镜像仓库的 Service 不存在</translation>
    </message>
    <message>
        <source>tke-gateway looks the registry up as Service tke-registry-api in namespace tke, which is not there.</source>
        <translation>tke-gateway 通过命名空间 tke 中的 Service tke-registry-api 找到镜像仓库，而它不存在。</translation>
    </message>
    <message>
        <source>Make it again: port 443 to the pod&apos;s 9453</source>
        <translation>重新创建：端口 443 转到 Pod 的 9453</translation>
    </message>
    <message>
        <source>What the platform calls its registry</source>
        <translation>平台的镜像仓库名称</translation>
    </message>
    <message>
        <source>The name as it was written</source>
        <translation>所写的名称</translation>
    </message>
    <message>
        <source>Name, seen from this machine</source>
        <translation>从本机看名称</translation>
    </message>
    <message>
        <source>Connection, seen from this machine</source>
        <translation>从本机看连接</translation>
    </message>
    <message>
        <source>TLS and its authority</source>
        <translation>TLS 及其 CA</translation>
    </message>
    <message>
        <source>What the registry answers</source>
        <translation>镜像仓库的应答</translation>
    </message>
    <message>
        <source>The registry&apos;s own parts in namespace tke</source>
        <translation>命名空间 tke 中镜像仓库自身的组件</translation>
    </message>
    <message>
        <source>Pods that wait for an image from it</source>
        <translation>等待从它获取镜像的 Pod</translation>
    </message>
    <message>
        <source>“%1” names no registry: give HOST or HOST/IMAGE, such as default.registry.tke.com/team/app.</source>
        <translation>“%1”不是镜像仓库：请给出 HOST 或 HOST/IMAGE，例如 default.registry.tke.com/team/app。</translation>
    </message>
    <message>
        <source>This cluster has no namespace tke, so it is not the platform&apos;s own (global): what the platform has is looked at there.</source>
        <translation>此集群没有命名空间 tke，所以不是平台自己的集群（global）：平台的情况要在那里查看。</translation>
    </message>
    <message>
        <source>%1, and %2 for tenant %3.</source>
        <translation>%1，租户 %3 用 %2。</translation>
    </message>
    <message>
        <source>It does not say; %1 and %2 are usual.</source>
        <translation>平台没有说明；通常是 %1 和 %2。</translation>
    </message>
    <message>
        <source>No registry was named: give HOST or HOST/IMAGE to have its name checked and the way to it tried from this machine.</source>
        <translation>没有指定镜像仓库：给出 HOST 或 HOST/IMAGE，即可检查名称并从本机试连。</translation>
    </message>
    <message>
        <source>%1 is one slip away from %2, and none of the platform&apos;s names.</source>
        <translation>%1 与 %2 只差一点，不是平台的名称。</translation>
    </message>
    <message>
        <source>%1 is one of the platform&apos;s names.</source>
        <translation>%1 是平台的名称。</translation>
    </message>
    <message>
        <source>%1 is none of the platform&apos;s names, and not like one: another registry.</source>
        <translation>%1 不是平台的名称，也不相近：是另一个镜像仓库。</translation>
    </message>
    <message>
        <source>%1 was not tried: it stands in an error only. Given as the argument it is.</source>
        <translation>没有试连 %1：它只出现在错误信息中。作为参数给出时才会试连。</translation>
    </message>
    <message>
        <source>It is known here. A workstation&apos;s DNS and hosts file prove nothing about a node&apos;s.</source>
        <translation>本机认识它。工作站的 DNS 和 hosts 文件对节点不说明任何问题。</translation>
    </message>
    <message>
        <source>Signed by the platform&apos;s own authority (ca.crt of ConfigMap certs): each Docker that asks has to be taught it.</source>
        <translation>由平台自己的 CA 签发（ConfigMap certs 的 ca.crt）：每个发起请求的 Docker 都需要信任它。</translation>
    </message>
    <message>
        <source>Signed by an authority that this machine knows.</source>
        <translation>由本机认识的 CA 签发。</translation>
    </message>
    <message>
        <source>Not on this cluster.</source>
        <translation>不在此集群上。</translation>
    </message>
    <message>
        <source>The platform was installed without a registry of its own.</source>
        <translation>平台安装时没有自带镜像仓库。</translation>
    </message>
    <message>
        <source>No pod in namespace %1 waits for an image from it.</source>
        <translation>命名空间 %1 中没有 Pod 在等待它的镜像。</translation>
    </message>
    <message>
        <source>No pod waits for an image from it.</source>
        <translation>没有 Pod 在等待它的镜像。</translation>
    </message>
    <message numerus="yes">
        <source>%n containers wait for an image from it.</source>
        <translation>
            <numerusform>%n 个容器在等待它的镜像。</numerusform>
        </translation>
    </message>
    <message>
        <source>The FAQ blames a registry container that is not started. “no such host” says otherwise: the name could not be turned into an address, and nobody was asked yet. A registry that does not run gives a refusal or HTTP 5xx.</source>
        <translation>FAQ 认为是 Registry 容器没有启动。“no such host”说明并非如此：名称无法解析为地址，还没有向任何人发出请求。镜像仓库没有运行时得到的是连接被拒绝或 HTTP 5xx。</translation>
    </message>
    <message>
        <source>Here the registry runs.</source>
        <translation>这里的镜像仓库在运行。</translation>
    </message>
    <message>
        <source>Here it does not run.</source>
        <translation>这里它没有运行。</translation>
    </message>
    <message>
        <source>Its name is not known on this machine.</source>
        <translation>本机不认识它的名称。</translation>
    </message>
    <message>
        <source>Images cannot be pushed or pulled</source>
        <translation>镜像无法推送或拉取</translation>
    </message>
    <message>
        <source>docker push or docker login says “no such host”</source>
        <translation>docker push 或 docker login 提示“no such host”</translation>
    </message>
    <message>
        <source>Pods stay in ImagePullBackOff or ErrImagePull</source>
        <translation>Pod 一直处于 ImagePullBackOff 或 ErrImagePull</translation>
    </message>
    <message>
        <source>docker login: certificate signed by unknown authority</source>
        <translation>docker login 提示“certificate signed by unknown authority”</translation>
    </message>
    <message>
        <source>The namespace in the image&apos;s name</source>
        <translation>镜像名称中的命名空间</translation>
    </message>
    <message>
        <source>The image&apos;s name has no namespace</source>
        <translation>镜像名称中没有命名空间</translation>
    </message>
    <message>
        <source>The image&apos;s name has no tenant</source>
        <translation>镜像名称中没有租户</translation>
    </message>
    <message>
        <source>The registry has no namespace “%1”</source>
        <translation>镜像仓库中没有命名空间“%1”</translation>
    </message>
    <message>
        <source>The registry&apos;s namespace “%1” is of another tenant</source>
        <translation>镜像仓库的命名空间“%1”属于另一个租户</translation>
    </message>
    <message>
        <source>The registry&apos;s namespace “%1” is locked</source>
        <translation>镜像仓库的命名空间“%1”已锁定</translation>
    </message>
    <message>
        <source>The registry&apos;s namespace “%1” is private</source>
        <translation>镜像仓库的命名空间“%1”是私有的</translation>
    </message>
    <message>
        <source>The registry&apos;s namespace “%1” is there, public and not locked</source>
        <translation>镜像仓库的命名空间“%1”存在，公开且未锁定</translation>
    </message>
    <message>
        <source>An image lies in a namespace of the registry: without one in its name nobody has a right to it, and the push is refused.</source>
        <translation>镜像存放在镜像仓库的命名空间里：名称中没有命名空间时，谁也没有权限，推送会被拒绝。</translation>
    </message>
    <message>
        <source>Without a tenant before it the registry&apos;s name means what the platform keeps for all: everybody pulls from there, and only the administrator pushes.</source>
        <translation>仓库域名前没有租户时，指的是平台为所有租户保留的部分：人人可以拉取，只有管理员可以推送。</translation>
    </message>
    <message>
        <source>A push makes no namespace: as long as it is not there nobody has a right in it, which reads “denied: requested access to the resource is denied”.</source>
        <translation>推送不会创建命名空间：它不存在时，谁在其中都没有权限，报错为“denied: requested access to the resource is denied”。</translation>
    </message>
    <message>
        <source>The name says tenant %1, and the namespace is of tenant %2: keys of the one have no right in the other.</source>
        <translation>名称中的租户是 %1，而该命名空间属于租户 %2：前者的访问凭证在后者中没有权限。</translation>
    </message>
    <message>
        <source>From a locked namespace nobody pulls, and nobody pushes to it.</source>
        <translation>已锁定的命名空间既不能拉取，也不能推送。</translation>
    </message>
    <message>
        <source>Keys of tenant %1 push and pull; without a login, or with one of another tenant, nobody pulls from it. That is no fault where nodes have such a login.</source>
        <translation>租户 %1 的访问凭证可以推送和拉取；未登录或使用其他租户的登录则无法拉取。节点有这样的登录时，这不是问题。</translation>
    </message>
    <message>
        <source>Tag it %1, and push that</source>
        <translation>改标记为 %1，再推送</translation>
    </message>
    <message>
        <source>Tag it %1, and push that, or log in as the administrator</source>
        <translation>改标记为 %1 再推送，或以管理员身份登录</translation>
    </message>
    <message>
        <source>Make it in the console first: 组织资源 (organisation resources), 镜像仓库管理 (image registry)</source>
        <translation>先在控制台中新建：组织资源 → 镜像仓库管理</translation>
    </message>
    <message>
        <source>Tag it %1 with a key of that tenant, or make the namespace in your own</source>
        <translation>使用该租户的访问凭证并改标记为 %1，或在自己的租户中新建该命名空间</translation>
    </message>
    <message>
        <source>Ask who administers the registry to unlock it, or push to another namespace</source>
        <translation>请镜像仓库的管理员解锁，或推送到另一个命名空间</translation>
    </message>
    <message>
        <source>Give the pods an imagePullSecret with a key of the tenant, or make the namespace public</source>
        <translation>为 Pod 配置带有该租户访问凭证的 imagePullSecret，或将命名空间设为公开</translation>
    </message>
    <message>
        <source>No image of this platform&apos;s registry was named.</source>
        <translation>没有指定此平台镜像仓库中的镜像。</translation>
    </message>
    <message>
        <source>registry.tkestack.io does not answer just now: nothing is known of the registry&apos;s namespaces.</source>
        <translation>registry.tkestack.io 目前没有应答：镜像仓库的命名空间情况未知。</translation>
    </message>
    <message>
        <source>This cluster serves no registry.tkestack.io: it is not the platform&apos;s own, an older one, or one without a registry. Nothing is known of its namespaces.</source>
        <translation>此集群不提供 registry.tkestack.io：它不是平台自身的集群，或平台版本较旧，或没有安装镜像仓库。其命名空间情况未知。</translation>
    </message>
    <message>
        <source>Its phase is %1, and the platform has locked it.</source>
        <translation>阶段为 %1，且已被平台锁定。</translation>
    </message>
    <message>
        <source>The platform has locked cluster %1</source>
        <translation>平台已锁定集群 %1</translation>
    </message>
    <message>
        <source>It is listed, but through the platform nobody gets to it. The cluster itself may be well.</source>
        <translation>它在列表中，但谁也无法通过平台访问它。集群本身可能是正常的。</translation>
    </message>
    <message>
        <source>Ask who looks after the platform to unlock it.</source>
        <translation>请平台管理员解锁。</translation>
    </message>
    <message>
        <source>Clusters of the platform</source>
        <translation>平台的集群</translation>
    </message>
    <message>
        <source>Which addons are installed, by the platform&apos;s word</source>
        <translation>按平台所说安装了哪些扩展组件</translation>
    </message>
    <message>
        <source>What stands of them in the clusters</source>
        <translation>它们在集群中的实际情况</translation>
    </message>
    <message>
        <source>This cluster is no TKEStack platform: it has no addons to look at.</source>
        <translation>该集群不是 TKEStack 平台：没有可查看的扩展组件。</translation>
    </message>
    <message>
        <source>No addon is installed.</source>
        <translation>没有安装扩展组件。</translation>
    </message>
    <message numerus="yes">
        <source>%n of them are not well.</source>
        <translation>
            <numerusform>其中 %n 个异常。</numerusform>
        </translation>
    </message>
    <message>
        <source>What they made is there and ready.</source>
        <translation>它们创建的对象都存在且就绪。</translation>
    </message>
    <message>
        <source>The addon %1 of cluster %2 is not well</source>
        <translation>集群 %2 的扩展组件 %1 异常</translation>
    </message>
    <message>
        <source>Something of the addon %1 is left over in cluster %2</source>
        <translation>集群 %2 中有扩展组件 %1 的残留</translation>
    </message>
    <message>
        <source>An addon does not run</source>
        <translation>扩展组件未运行</translation>
    </message>
    <message>
        <source>The console shows an addon (扩展组件) as failed.</source>
        <translation>控制台显示某个扩展组件失败。</translation>
    </message>
    <message>
        <source>An addon runs by the console&apos;s word, and does nothing.</source>
        <translation>控制台显示扩展组件在运行，但它没有起作用。</translation>
    </message>
</context>
<context>
    <name>Endpoints</name>
    <message>
        <source>TLS: the certificate is not made out to %1</source>
        <translation>TLS：证书中没有 %1</translation>
    </message>
    <message>
        <source>TLS: the certificate expired on %1</source>
        <translation>TLS：证书已于 %1 过期</translation>
    </message>
    <message>
        <source>TLS: the certificate is not valid before %1</source>
        <translation>TLS：证书在 %1 之前无效</translation>
    </message>
    <message>
        <source>TLS: the certificate is not signed by the cluster&apos;s CA: %1</source>
        <translation>TLS：证书不是由集群的 CA 签发：%1</translation>
    </message>
    <message>
        <source>TLS: the handshake failed: %1</source>
        <translation>TLS：握手失败：%1</translation>
    </message>
    <message>
        <source>Name: no answer from the name service in time</source>
        <translation>域名：域名服务未及时应答</translation>
    </message>
    <message>
        <source>Name: it was not found: %1</source>
        <translation>域名：无法解析：%1</translation>
    </message>
    <message>
        <source>Connection: nothing answers there (no answer in time)</source>
        <translation>连接：该地址无应答（超时）</translation>
    </message>
    <message>
        <source>Connection: refused; nothing listens on that port</source>
        <translation>连接：被拒绝，该端口没有服务监听</translation>
    </message>
    <message>
        <source>Connection: it failed: %1</source>
        <translation>连接：失败：%1</translation>
    </message>
    <message>
        <source>TLS: the server accepts connections and says nothing; it may hang</source>
        <translation>TLS：服务器接受连接但没有应答，可能已挂起</translation>
    </message>
    <message>
        <source>/livez: the API server says that it does not live (HTTP %1)</source>
        <translation>/livez：API Server 报告自身不存活（HTTP %1）</translation>
    </message>
    <message>
        <source>/livez: no answer in time; the API server may hang</source>
        <translation>/livez：应答超时，API Server 可能已挂起</translation>
    </message>
    <message>
        <source>/livez: the connection failed: %1</source>
        <translation>/livez：连接失败：%1</translation>
    </message>
    <message>
        <source>/readyz: not ready; failing: %1</source>
        <translation>/readyz：未就绪，失败的检查：%1</translation>
    </message>
    <message>
        <source>/readyz: not ready (HTTP %1)</source>
        <translation>/readyz：未就绪（HTTP %1）</translation>
    </message>
    <message>
        <source>/readyz: no answer: %1</source>
        <translation>/readyz：无应答：%1</translation>
    </message>
    <message>
        <source>/version: not told (HTTP %1)</source>
        <translation>/version：未给出版本（HTTP %1）</translation>
    </message>
    <message>
        <source>/version: no answer: %1</source>
        <translation>/version：无应答：%1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>the kubeconfig</source>
        <translation>kubeconfig 文件</translation>
    </message>
    <message>
        <source>the list of API servers (default/kubernetes)</source>
        <translation>API Server 列表（default/kubernetes）</translation>
    </message>
    <message>
        <source>the API servers&apos; pods</source>
        <translation>API Server 的 Pod</translation>
    </message>
    <message>
        <source>kubeadm&apos;s configuration</source>
        <translation>kubeadm 配置</translation>
    </message>
    <message>
        <source>the cluster&apos;s public information (cluster-info)</source>
        <translation>集群公开信息（cluster-info）</translation>
    </message>
    <message>
        <source>the TKEStack platform</source>
        <translation>TKEStack 平台</translation>
    </message>
    <message>
        <source>added by hand</source>
        <translation>手动添加</translation>
    </message>
    <message>
        <source>seen earlier</source>
        <translation>以前见过</translation>
    </message>
    <message>
        <source>Refused: its certificate is not of this cluster&apos;s CA</source>
        <translation>已拒绝：其证书不是由本集群的 CA 签发</translation>
    </message>
    <message>
        <source>Refused: another cluster answers there</source>
        <translation>已拒绝：应答的是另一个集群</translation>
    </message>
    <message>
        <source>Unsteady: %1 of %2 connections failed; one of the servers behind it may be down</source>
        <translation>不稳定：%2 次连接中有 %1 次失败，其后端可能有一台服务器已停机</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>Answers; whether it is the same cluster cannot be told</source>
        <translation>有应答，但无法确认是否为同一集群</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>有应答</translation>
    </message>
    <message>
        <source>The certificate is of this cluster and made out to “%1”. Use that as server name.</source>
        <translation>证书属于本集群，其中的名称是“%1”，请将它用作服务器名称。</translation>
    </message>
    <message>
        <source>Use it only if you know that it belongs to this cluster.</source>
        <translation>仅在您确知它属于本集群时使用。</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>Give the address of Elasticsearch, such as http://10.0.0.1:9200: without it the console&apos;s form cannot be finished either.</source>
        <translation>请给出 Elasticsearch 地址，例如 http://10.0.0.1:9200：没有它，控制台的表单也无法点击完成。</translation>
    </message>
    <message>
        <source>“%1” says neither http:// nor https://: write http://HOST:PORT.</source>
        <translation>“%1”没有写 http:// 或 https://：请写成 http://HOST:PORT。</translation>
    </message>
    <message>
        <source>“%1” names no port: write http://HOST:PORT; 9200 is usual.</source>
        <translation>“%1”没有端口：请写成 http://HOST:PORT；通常是 9200。</translation>
    </message>
    <message>
        <source>“%1” has a path; the platform keeps scheme, host and port only.</source>
        <translation>“%1”带有路径；平台只保存协议、主机和端口。</translation>
    </message>
    <message>
        <source>“%1” is no address: write http://HOST:PORT.</source>
        <translation>“%1”不是地址：请写成 http://HOST:PORT。</translation>
    </message>
    <message>
        <source>The scheme “%1” is neither http nor https; the platform takes it all the same, and nothing is delivered.</source>
        <translation>协议“%1”既不是 http 也不是 https；平台照样接受，但什么也不会投递。</translation>
    </message>
    <message>
        <source>There is no host to deliver to.</source>
        <translation>没有投递的目标主机。</translation>
    </message>
    <message>
        <source>The port is 0: the platform takes that, and nothing is delivered.</source>
        <translation>端口为 0：平台接受它，但什么也不会投递。</translation>
    </message>
    <message>
        <source>%1 is no port: they end at 65535.</source>
        <translation>%1 不是端口：最大为 65535。</translation>
    </message>
    <message>
        <source>Give the index that events go to, such as fluentd: without it the console&apos;s form cannot be finished either.</source>
        <translation>请给出事件写入的索引，例如 fluentd：没有它，控制台的表单也无法点击完成。</translation>
    </message>
    <message>
        <source>Elasticsearch refuses the index “%1”: only lower-case letters.</source>
        <translation>Elasticsearch 会拒绝索引“%1”：只能用小写字母。</translation>
    </message>
    <message>
        <source>Elasticsearch refuses the index “%1”: no \ / * ? &quot; &lt; &gt; | , # : and no space.</source>
        <translation>Elasticsearch 会拒绝索引“%1”：不能含 \ / * ? &quot; &lt; &gt; | , # : 和空格。</translation>
    </message>
    <message>
        <source>Elasticsearch refuses the index “%1”: it must not begin with -, _ or +.</source>
        <translation>Elasticsearch 会拒绝索引“%1”：不能以 -、_ 或 + 开头。</translation>
    </message>
    <message>
        <source>Elasticsearch refuses the index “%1”.</source>
        <translation>Elasticsearch 会拒绝索引“%1”。</translation>
    </message>
    <message>
        <source>Elasticsearch refuses an index whose name is longer than 255 bytes.</source>
        <translation>Elasticsearch 会拒绝名称超过 255 字节的索引。</translation>
    </message>
    <message>
        <source>The platform writes “&amp;”, “&apos;” and “+” of the index “%1” into fluentd&apos;s configuration as HTML (“+” becomes “&amp;#43;”): events would go to another index, or to none.</source>
        <translation>平台把索引“%1”中的“&amp;”、“&apos;”和“+”以 HTML 形式写入 fluentd 的配置（“+”变成“&amp;#43;”）：事件会写入另一个索引，或者写不进去。</translation>
    </message>
    <message>
        <source>The console&apos;s form would refuse the index “%1”: at most 60 lower-case letters, digits, “-”, “_” and “+”, beginning with a letter. Elasticsearch takes it.</source>
        <translation>控制台的表单会拒绝索引“%1”：最多 60 个小写字母、数字、“-”、“_”和“+”，以字母开头。Elasticsearch 接受它。</translation>
    </message>
    <message>
        <source>There is a password and no user: the platform then sends neither.</source>
        <translation>有密码而没有用户：平台会两者都不发送。</translation>
    </message>
    <message>
        <source>There is a user and no password.</source>
        <translation>有用户而没有密码。</translation>
    </message>
    <message>
        <source>A password with a line break cannot be written into fluentd&apos;s configuration.</source>
        <translation>含换行的密码无法写入 fluentd 的配置。</translation>
    </message>
    <message>
        <source>The password has one of &amp; &lt; &gt; &quot; &apos; +: the platform writes them into fluentd&apos;s configuration as HTML (“+” becomes “&amp;#43;”), and Elasticsearch refuses what arrives.</source>
        <translation>密码含有 &amp; &lt; &gt; &quot; &apos; + 之一：平台以 HTML 形式把它们写入 fluentd 的配置（“+”变成“&amp;#43;”），Elasticsearch 会拒绝收到的密码。</translation>
    </message>
    <message>
        <source>The password is not BASE64 of one: the platform ends with “unable to parse password”.</source>
        <translation>密码不是 BASE64：平台会以“unable to parse password”告终。</translation>
    </message>
    <message>
        <source>This platform is %1, and takes a login of Elasticsearch since v1.5.0 only: use one without, or upgrade the platform.</source>
        <translation>此平台为 %1，自 v1.5.0 起才支持 Elasticsearch 登录：请使用未开启登录的 Elasticsearch，或升级平台。</translation>
    </message>
    <message>
        <source>Over http the login crosses the network in clear.</source>
        <translation>使用 http 时，登录信息以明文在网络上传输。</translation>
    </message>
    <message>
        <source>The password will stand in clear in ConfigMap fluentd-config (kube-system of the cluster): whoever may read ConfigMaps there reads it.</source>
        <translation>密码会以明文写在 ConfigMap fluentd-config（集群的 kube-system）中：能读那里 ConfigMap 的人都能读到。</translation>
    </message>
    <message>
        <source>From this machine the address does not answer (step: %1). The cluster&apos;s nodes may have another way to it.</source>
        <translation>从本机看，该地址没有应答（步骤：%1）。集群的节点到它的路径可能不同。</translation>
    </message>
    <message>
        <source>Nothing on this machine vouches for the certificate of %1; fluentd refuses it as well, unless its image knows the authority.</source>
        <translation>本机没有 CA 能证明 %1 的证书；除非 fluentd 的镜像认识该 CA，否则它也会拒绝。</translation>
    </message>
    <message>
        <source>What answers at %1 is no Elasticsearch.</source>
        <translation>在 %1 应答的不是 Elasticsearch。</translation>
    </message>
    <message>
        <source>Elasticsearch answers nobody without a login there: give a user and a password.</source>
        <translation>那里的 Elasticsearch 要求登录：请给出用户和密码。</translation>
    </message>
    <message>
        <source>Elasticsearch refuses this user or password.</source>
        <translation>Elasticsearch 拒绝该用户或密码。</translation>
    </message>
    <message>
        <source>It is an OpenSearch (%1), which takes events as Elasticsearch 7 does.</source>
        <translation>它是 OpenSearch（%1），与 Elasticsearch 7 一样可以接收事件。</translation>
    </message>
    <message>
        <source>its name is not known here</source>
        <translation>本机不认识它的名称</translation>
    </message>
    <message>
        <source>no connection comes about</source>
        <translation>无法建立连接</translation>
    </message>
    <message>
        <source>the TLS handshake fails</source>
        <translation>TLS 握手失败</translation>
    </message>
    <message>
        <source>Name the cluster whose events are to be kept.</source>
        <translation>请指定要保存事件的集群。</translation>
    </message>
    <message>
        <source>The platform has no cluster “%1”; it would take the PersistentEvent all the same.</source>
        <translation>平台没有集群“%1”；但它照样会接受这个 PersistentEvent。</translation>
    </message>
    <message>
        <source>The cluster has a PersistentEvent already, %1: two would fight over one Deployment. Delete it first, or change it.</source>
        <translation>该集群已有 PersistentEvent %1：两个会争用同一个 Deployment。请先删除它，或修改它。</translation>
    </message>
    <message>
        <source>It names no store to deliver to.</source>
        <translation>没有指定投递的存储。</translation>
    </message>
    <message>
        <source>It names two stores; the platform takes one.</source>
        <translation>指定了两个存储；平台只接受一个。</translation>
    </message>
    <message>
        <source>It names the log service CLS, which the platform has no configuration for: only Elasticsearch works.</source>
        <translation>指定的是日志服务 CLS，平台没有它的配置：只有 Elasticsearch 可用。</translation>
    </message>
    <message>
        <source>Nothing ever deletes events from the index: let Elasticsearch do it (an ILM policy).</source>
        <translation>不会有任何组件清理索引中的事件：请由 Elasticsearch 清理（ILM 策略）。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a reason, then the words of the system</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1, seen from this machine: %2.</source>
        <translation>从本机看 %1：%2。</translation>
    </message>
    <message>
        <source>%1 takes connections and answers nothing over HTTP.</source>
        <translation>%1 接受连接，但没有 HTTP 应答。</translation>
    </message>
    <message>
        <source>What answers at %1 is no Elasticsearch (HTTP %2).</source>
        <translation>在 %1 应答的不是 Elasticsearch（HTTP %2）。</translation>
    </message>
    <message>
        <source>%1 wants a login, and refuses this one.</source>
        <translation>%1 要求登录，并拒绝了此登录。</translation>
    </message>
    <message>
        <source>%1 wants a login (HTTP %2).</source>
        <translation>%1 要求登录（HTTP %2）。</translation>
    </message>
    <message>
        <source>%1 answers (HTTP %2), and does not say what it is.</source>
        <translation>%1 有应答（HTTP %2），但没有说明自己是什么。</translation>
    </message>
    <message>
        <source>%1 is %2 %3.</source>
        <comment>address, product, version</comment>
        <translation>%1 是 %2 %3。</translation>
    </message>
    <message>
        <source>%1 It takes the login.</source>
        <comment>a sentence before</comment>
        <translation>%1登录被接受。</translation>
    </message>
    <message>
        <source>%1 The index is not there yet: the first event makes it.</source>
        <comment>a sentence before</comment>
        <translation>%1索引尚不存在：写入第一个事件时创建。</translation>
    </message>
    <message>
        <source>%1 The index holds %2 documents, the newest of %3.</source>
        <comment>a sentence before</comment>
        <translation>%1索引中有 %2 个文档，最新的是 %3。</translation>
    </message>
    <message>
        <source>%1 The index holds %2 documents.</source>
        <comment>a sentence before</comment>
        <translation>%1索引中有 %2 个文档。</translation>
    </message>
    <message>
        <source>There is no Deployment kube-system/tke-persistent-event in the cluster.</source>
        <translation>集群中没有 Deployment kube-system/tke-persistent-event。</translation>
    </message>
    <message>
        <source>Of Deployment tke-persistent-event %1 of %2 is ready.</source>
        <translation>Deployment tke-persistent-event 就绪 %1/%2。</translation>
    </message>
    <message>
        <source>%1 It says: %2</source>
        <comment>a sentence, then another&apos;s words</comment>
        <translation>%1原话：%2</translation>
    </message>
    <message>
        <source>fluentd cannot deliver: %1</source>
        <translation>fluentd 无法投递：%1</translation>
    </message>
    <message>
        <source>fluentd got through after a failure: %1</source>
        <translation>fluentd 失败后重试成功：%1</translation>
    </message>
    <message>
        <source>fluentd complains of nothing. It says nothing of what it delivered either: the index tells.</source>
        <translation>fluentd 没有报错。它也不会说明投递了什么：要看索引。</translation>
    </message>
    <message>
        <source>fluentd has said nothing yet.</source>
        <translation>fluentd 还没有任何输出。</translation>
    </message>
    <message>
        <source>fluentd&apos;s log could not be read: %1</source>
        <translation>无法读取 fluentd 的日志：%1</translation>
    </message>
    <message>
        <source>The PersistentEvent was deleted meanwhile.</source>
        <translation>PersistentEvent 在此期间已被删除。</translation>
    </message>
    <message>
        <source>The platform says Running. That a Deployment stands, not that an event arrived: cluster %1 was not looked at.</source>
        <translation>平台显示 Running。这说明 Deployment 已就位，并不说明事件已送达：没有查看集群 %1。</translation>
    </message>
    <message>
        <source>The platform has not begun with it.</source>
        <translation>平台还没有开始处理它。</translation>
    </message>
    <message>
        <source>The platform says %1.</source>
        <translation>平台显示 %1。</translation>
    </message>
    <message>
        <source>The platform says %1 (try %2 of 5, five minutes apart): %3</source>
        <translation>平台显示 %1（第 %2 次，共 5 次，间隔五分钟）：%3</translation>
    </message>
    <message>
        <source>The platform says %1: %2</source>
        <translation>平台显示 %1：%2</translation>
    </message>
    <message>
        <source>Whether the cluster has a PersistentEvent already could not be read.</source>
        <translation>无法读取该集群是否已有 PersistentEvent。</translation>
    </message>
    <message>
        <source>Whether the platform has this cluster could not be read.</source>
        <translation>无法读取平台是否有该集群。</translation>
    </message>
    <message>
        <source>fluentd is configured for %1.</source>
        <translation>fluentd 配置为发往 %1。</translation>
    </message>
    <message>
        <source>fluentd is configured for %1, which is not what was asked for: a ConfigMap fluentd-config that is there already is left as it is.</source>
        <translation>fluentd 配置为发往 %1，与所要求的不同：已存在的 ConfigMap fluentd-config 会保持原样。</translation>
    </message>
    <message>
        <source>The console&apos;s rule: at most 60 lower-case letters, digits, “-” and “_”, beginning with a letter (“+” too, which the platform then writes wrongly).</source>
        <translation>控制台的规则：最长 60 个字符，由小写字母、数字、“-”和“_”组成，以字母开头（“+”也允许，但平台会把它写错）。</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>工作负载</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>配置管理</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>访问控制</translation>
    </message>
    <message>
        <source>Custom resources</source>
        <translation>自定义资源</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Businesses</source>
        <translation>业务</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>无权限</translation>
    </message>
    <message>
        <source>failing</source>
        <translation>出错</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>%1 does not answer just now; its kinds are not known.</source>
        <translation>%1 目前没有响应，其中的资源类型未知。</translation>
    </message>
    <message>
        <source>%1 does not answer just now; its kinds are not known: %2</source>
        <translation>%1 目前没有响应，其中的资源类型未知：%2</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>部分异常</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>无法访问</translation>
    </message>
    <message>
        <source>stale since %1</source>
        <comment>a time of day</comment>
        <translation>%1 起未更新</translation>
    </message>
    <message>
        <source>not signed in</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>The platform lists the %1 of a tenant only, and no tenant was asked about: how many there are is not known.</source>
        <translation>平台只按租户列出 %1，而这里没有指定租户：不知道有多少。</translation>
    </message>
</context>
<context>
    <name>HostPath</name>
    <message>
        <source>That is the whole node: the pod sees every file on it, keys and other pods&apos; data too.</source>
        <translation>这是整个节点：Pod 能看到其中的所有文件，包括密钥和其他 Pod 的数据。</translation>
    </message>
    <message>
        <source>Through the container runtime a pod can start anything on the node: it is root there.</source>
        <translation>通过容器运行时，Pod 可以在节点上启动任何程序：相当于节点上的 root。</translation>
    </message>
    <message>
        <source>The kubelet runs whatever lies there as a pod: writing there is being root on the node.</source>
        <translation>kubelet 会将其中的任何清单作为 Pod 运行：能写入就相当于节点上的 root。</translation>
    </message>
    <message>
        <source>The node&apos;s keys to the cluster lie there.</source>
        <translation>其中存放着节点访问集群的密钥。</translation>
    </message>
    <message>
        <source>Volumes and Secrets of all pods on the node lie there.</source>
        <translation>其中存放着节点上所有 Pod 的数据卷和 Secret。</translation>
    </message>
    <message>
        <source>The cluster&apos;s whole state lies there: one wrong write ends the cluster.</source>
        <translation>其中存放着集群的全部状态：一次错误的写入就会毁掉集群。</translation>
    </message>
    <message>
        <source>That is the node&apos;s kernel, not a directory: writing there changes the node itself.</source>
        <translation>这是节点的内核接口，而不是普通目录：写入会改变节点本身。</translation>
    </message>
    <message>
        <source>The node starts from there.</source>
        <translation>节点从这里启动。</translation>
    </message>
    <message>
        <source>The node&apos;s own configuration lies there, passwords and keys among it.</source>
        <translation>其中存放着节点自身的配置，包括密码和密钥。</translation>
    </message>
    <message>
        <source>People&apos;s own files and SSH keys lie there.</source>
        <translation>其中存放着用户的个人文件和 SSH 密钥。</translation>
    </message>
    <message>
        <source>Much of what the node itself needs lies there.</source>
        <translation>其中存放着节点自身所需的大量文件。</translation>
    </message>
    <message>
        <source>Give the directory or file on the node.</source>
        <translation>请填写节点上的目录或文件。</translation>
    </message>
    <message>
        <source>The path on the node must begin with /: “%1” does not.</source>
        <translation>主机路径必须以 / 开头：“%1”不是。</translation>
    </message>
    <message>
        <source>The path on the node must not hold “..”: %1</source>
        <translation>主机路径不能包含“..”：%1</translation>
    </message>
    <message>
        <source>“%1” is not a type of host path.</source>
        <translation>“%1”不是主机路径的检查类型。</translation>
    </message>
    <message>
        <source>Give the volume a name: it ties volume and mount together.</source>
        <translation>请填写数据卷名称：它把数据卷和挂载点对应起来。</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a volume: lower-case letters, digits and “-”, at most 63.</source>
        <translation>“%1”不能作为数据卷名称：只能包含小写字母、数字和“-”，最多 63 个字符。</translation>
    </message>
    <message>
        <source>The workload already has another volume of the name “%1”.</source>
        <translation>工作负载已有另一个名为“%1”的数据卷。</translation>
    </message>
    <message>
        <source>The workload has no container.</source>
        <translation>工作负载没有容器。</translation>
    </message>
    <message>
        <source>The workload has no container “%1”.</source>
        <translation>工作负载没有容器“%1”。</translation>
    </message>
    <message>
        <source>Give the place in the container.</source>
        <translation>请填写容器中的挂载点。</translation>
    </message>
    <message>
        <source>The place in the container must begin with /: “%1” does not.</source>
        <translation>挂载点必须以 / 开头：“%1”不是。</translation>
    </message>
    <message>
        <source>The place in the container must not hold “:”: %1</source>
        <translation>挂载点不能包含“:”：%1</translation>
    </message>
    <message>
        <source>Something else is already mounted at %1 in this container.</source>
        <translation>此容器的 %1 已挂载了其他内容。</translation>
    </message>
    <message>
        <source>The sub path is inside the volume, so it must not begin with /: %1</source>
        <translation>子路径位于数据卷之内，不能以 / 开头：%1</translation>
    </message>
    <message>
        <source>The sub path must not hold “..”: %1</source>
        <translation>子路径不能包含“..”：%1</translation>
    </message>
    <message>
        <source>%1 is there already, and its volumes cannot be changed any more. A copy of it can have the volume.</source>
        <translation>%1 已存在，其数据卷不能再更改。可以创建一个带有该数据卷的副本。</translation>
    </message>
    <message>
        <source>%1 makes no pods.</source>
        <translation>%1 不产生 Pod。</translation>
    </message>
    <message>
        <source>Read-write: the container can change and delete what is in %1 on the node.</source>
        <translation>读写：容器可以修改和删除节点上 %1 中的内容。</translation>
    </message>
    <message>
        <source>If %1 is not there, the kubelet makes it and root owns it (0755): a container that does not run as root cannot write to it.</source>
        <translation>如果 %1 不存在，kubelet 会创建它，所有者为 root（0755）：不以 root 运行的容器无法写入。</translation>
    </message>
    <message>
        <source>The node is not looked at first: if %1 is not there, or is a file, it shows when the container starts.</source>
        <translation>不会预先检查节点：如果 %1 不存在或是文件，要到容器启动时才会发现。</translation>
    </message>
    <message>
        <source>%1 looks like a socket: with the type Socket the kubelet makes sure that it is one.</source>
        <translation>%1 像是套接字：选择检查类型 Socket，kubelet 会确认它确实是套接字。</translation>
    </message>
    <message>
        <source>One mount lies inside the other: %1 is already mounted, and one hides a part of the other.</source>
        <translation>挂载点相互嵌套：%1 已被挂载，一个会遮住另一个的一部分。</translation>
    </message>
    <message>
        <source>What the image has in %1 is hidden: the container may not even start.</source>
        <translation>镜像中 %1 的内容会被遮住：容器可能无法启动。</translation>
    </message>
    <message>
        <source>There is more than one replica: on each node it is another directory, with other files.</source>
        <translation>副本不止一个：每个节点上是不同的目录，文件也不同。</translation>
    </message>
    <message>
        <source>Its pods are on %1: on each node it is another directory, with other files.</source>
        <translation>其 Pod 位于 %1：每个节点上是不同的目录，文件也不同。</translation>
    </message>
    <message>
        <source>A DaemonSet runs on every node: each has a directory of its own.</source>
        <translation>DaemonSet 在每个节点上运行：每个节点各有自己的目录。</translation>
    </message>
    <message>
        <source>The cluster has Windows nodes (%1), where this path means something else. A nodeSelector kubernetes.io/os=linux keeps the pods off them.</source>
        <translation>集群中有 Windows 节点（%1），此路径在那里含义不同。使用 nodeSelector kubernetes.io/os=linux 可避免 Pod 调度到这些节点。</translation>
    </message>
    <message>
        <source>The namespace enforces the Pod Security level “%1”, which forbids host paths.</source>
        <translation>命名空间强制执行 Pod Security 级别“%1”，禁止使用主机路径。</translation>
    </message>
    <message>
        <source>When a pod moves to another node, the files stay where they are: it finds what is in %1 there.</source>
        <translation>Pod 迁移到其他节点后，文件仍留在原节点：它看到的是新节点上 %1 中的内容。</translation>
    </message>
    <message>
        <source>For data that is to stay with the pod: a PersistentVolumeClaim; for a disk of one node: a PersistentVolume of type local, which also keeps the pod on that node.</source>
        <translation>如果数据需要跟随 Pod：使用 PersistentVolumeClaim；如果使用某个节点的磁盘：使用 local 类型的 PersistentVolume，它还会让 Pod 固定在该节点上。</translation>
    </message>
    <message>
        <source>NoChecks: nothing is checked before it is mounted</source>
        <translation>NoChecks：不对指定路径做任何检查</translation>
    </message>
    <message>
        <source>DirectoryOrCreate: where nothing is, an empty directory is made, owned by root (0755)</source>
        <translation>DirectoryOrCreate：路径不存在时创建空目录，所有者为 root（0755）</translation>
    </message>
    <message>
        <source>Directory: a directory must be there</source>
        <translation>Directory：必须已有目录</translation>
    </message>
    <message>
        <source>FileOrCreate: where nothing is, an empty file is made, owned by root (0644); its directory is not</source>
        <translation>FileOrCreate：路径不存在时创建空文件，所有者为 root（0644）；不会创建其所在目录</translation>
    </message>
    <message>
        <source>File: a file must be there</source>
        <translation>File：必须已有文件</translation>
    </message>
    <message>
        <source>Socket: a UNIX socket must be there</source>
        <translation>Socket：必须已有 UNIX 套接字</translation>
    </message>
    <message>
        <source>CharDevice: a character device must be there</source>
        <translation>CharDevice：必须已有字符设备</translation>
    </message>
    <message>
        <source>BlockDevice: a block device must be there</source>
        <translation>BlockDevice：必须已有块设备</translation>
    </message>
</context>
<context>
    <name>HostPathText</name>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>Choose a namespace.</source>
        <translation>请选择命名空间。</translation>
    </message>
    <message>
        <source>“%1” cannot be a name here: lower-case letters, digits and “-”, at most 63.</source>
        <translation>“%1”不能用作名称：只能用小写字母、数字和“-”，最多 63 个字符。</translation>
    </message>
</context>
<context>
    <name>Members</name>
    <message>
        <source>%1 is no TKEStack platform: it has no list of clusters.</source>
        <translation>%1 不是 TKEStack 平台：它没有集群列表。</translation>
    </message>
    <message>
        <source>The platform has no cluster “%1”, or shows it to others only.</source>
        <translation>平台没有集群“%1”，或者只对其他人可见。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the platform cannot reach that cluster: %3</source>
        <translation>向 %2 请求 %1，但平台无法连接该集群：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the platform has locked that cluster: %3</source>
        <translation>向 %2 请求 %1，但平台已锁定该集群：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the platform itself failed: %3</source>
        <translation>向 %2 请求 %1，但平台自身出错：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the platform does not let you through: %3</source>
        <translation>向 %2 请求 %1，但平台不允许您经由它访问：%3</translation>
    </message>
    <message>
        <source>The platform does not let you read that cluster&apos;s credential: %1</source>
        <translation>平台不允许您读取该集群的集群凭证：%1</translation>
    </message>
    <message>
        <source>The platform has no credential “%1”.</source>
        <translation>平台没有集群凭证“%1”。</translation>
    </message>
    <message>
        <source>Nobody can sign in with the credential “%1”: it has neither a token nor a certificate with its key.</source>
        <translation>集群凭证“%1”无法用于登录：其中既没有令牌，也没有成对的证书和密钥。</translation>
    </message>
    <message>
        <source>The platform knows no address of the cluster “%1” that was asked for.</source>
        <translation>平台不知道集群“%1”的所求地址。</translation>
    </message>
    <message>
        <source>“%1” is not the platform&apos;s own cluster.</source>
        <translation>“%1”不是平台自身的集群。</translation>
    </message>
    <message>
        <source>“%1” is spoken to through the platform, and not at an address of its own.</source>
        <translation>“%1”经由平台访问，而不是通过其自身的地址。</translation>
    </message>
    <message>
        <source>%1 stands for a hidden value that this object does not have.</source>
        <translation>%1 代表的隐藏值在此对象中不存在。</translation>
    </message>
    <message>
        <source>Choose the context of a platform&apos;s global cluster.</source>
        <translation>请选择平台 global 集群的上下文。</translation>
    </message>
    <message>
        <source>alidadectl clusters lists those that there are.</source>
        <translation>alidadectl clusters 会列出现有的集群。</translation>
    </message>
    <message>
        <source>See whether the cluster&apos;s addresses are right and its API servers run; the platform dials from its own pods.</source>
        <translation>请检查该集群的地址是否正确、其 API 服务器是否在运行；平台是从它自己的 Pod 发起连接的。</translation>
    </message>
    <message>
        <source>Ask who looks after the platform to unlock it.</source>
        <translation>请联系平台管理员将其解锁。</translation>
    </message>
    <message>
        <source>See whether the platform&apos;s own pods (namespace tke) run.</source>
        <translation>请检查平台自身的 Pod（命名空间 tke）是否在运行。</translation>
    </message>
    <message>
        <source>Ask for the right to use clusters/proxy of platform.tkestack.io.</source>
        <translation>请申请使用 platform.tkestack.io 的 clusters/proxy 的权限。</translation>
    </message>
    <message>
        <source>Go through the platform, or ask for the right to read clustercredentials.</source>
        <translation>请经由平台访问，或申请读取 clustercredentials 的权限。</translation>
    </message>
    <message>
        <source>Go through the platform, or import the cluster there again.</source>
        <translation>请经由平台访问，或在平台上重新导入该集群。</translation>
    </message>
    <message>
        <source>Open it directly to choose among its addresses.</source>
        <translation>请直接打开它，以便在其地址中选择。</translation>
    </message>
    <message>
        <source>Write the value itself, or leave the mask as it was.</source>
        <translation>请写出值本身，或让掩码保持原样。</translation>
    </message>
    <message>
        <source>the platform itself</source>
        <translation>平台自身</translation>
    </message>
    <message>
        <source>directly</source>
        <translation>直接访问</translation>
    </message>
    <message>
        <source>through the platform</source>
        <translation>经由平台</translation>
    </message>
    <message>
        <source>%1 is the platform&apos;s own cluster, and spoken to as such.</source>
        <translation>%1 是平台自身的集群，按平台的方式访问。</translation>
    </message>
    <message>
        <source>%1 is spoken to directly, at %2 (%3).</source>
        <translation>直接访问 %1，地址为 %2（%3）。</translation>
    </message>
    <message>
        <source>%1 is spoken to through the platform.</source>
        <translation>经由平台访问 %1。</translation>
    </message>
    <message>
        <source>Not through the platform: %1</source>
        <translation>未经由平台访问：%1</translation>
    </message>
    <message>
        <source>Not directly: %1</source>
        <translation>未直接访问：%1</translation>
    </message>
    <message>
        <source>Not at %1 (%2): %3</source>
        <translation>未使用 %1（%2）：%3</translation>
    </message>
    <message>
        <source>The platform of “%1” is not open any more.</source>
        <translation>“%1”所属的平台已不再打开。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the platform has no credential of that cluster to sign in with: %3</source>
        <translation>向 %2 请求了 %1，但平台没有可用于登录该集群的集群凭证：%3</translation>
    </message>
    <message>
        <source>The cluster “%1” names no credential at the platform, and no credential names it.</source>
        <translation>集群“%1”在平台上没有引用任何集群凭证，也没有集群凭证指向它。</translation>
    </message>
    <message>
        <source>Import the cluster at the platform again, or make a ClusterCredential that spec.clusterCredentialRef of the cluster names.</source>
        <translation>请在平台上重新导入该集群，或创建集群的 spec.clusterCredentialRef 所引用的 ClusterCredential。</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>No kubeconfig names a current context.</source>
        <translation>没有任何 kubeconfig 指定当前上下文。</translation>
    </message>
    <message>
        <source>There is no context “%1” in the kubeconfigs.</source>
        <translation>各 kubeconfig 中没有上下文“%1”。</translation>
    </message>
    <message>
        <source>The file %1 does not exist.</source>
        <translation>文件 %1 不存在。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2</source>
        <translation>无法读取文件 %1：%2</translation>
    </message>
    <message>
        <source>The file %1 is larger than a kubeconfig may be.</source>
        <translation>文件 %1 超过了 kubeconfig 允许的大小。</translation>
    </message>
    <message>
        <source>This context signs in with the plugin “%1”, which this version cannot run.</source>
        <translation>此上下文用插件“%1”登录，当前版本无法运行该插件。</translation>
    </message>
    <message>
        <source>%1 asked of %2 is not an address that can be sent.</source>
        <translation>向 %2 请求 %1：这不是可以发送的地址。</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>无法使用 %1：%2</translation>
    </message>
    <message>
        <source>%1 was not asked: the token would go to a server that is not verified.</source>
        <translation>没有请求 %1：否则令牌会发给身份未经验证的服务器。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but its certificate is not made out to that name.</source>
        <translation>向 %2 请求 %1，但对方证书中没有这个名称。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but its certificate has expired.</source>
        <translation>向 %2 请求 %1，但对方证书已过期。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but its certificate is not signed by the cluster&apos;s CA: %3</source>
        <translation>向 %2 请求 %1，但对方证书不是由集群的 CA 签发的：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but no TLS connection came about: %3</source>
        <translation>向 %2 请求 %1，但未能建立 TLS 连接：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but no connection came about in time.</source>
        <translation>向 %2 请求 %1，但未能在限定时间内建立连接。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but it did not answer in time.</source>
        <translation>向 %2 请求 %1，但对方没有在限定时间内响应。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the connection failed: %3</source>
        <translation>向 %2 请求 %1，但连接失败：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but its name was not found: %3</source>
        <translation>向 %2 请求 %1，但找不到该域名：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which answered with a redirection to %3. It was not followed.</source>
        <translation>向 %2 请求 %1，对方要求重定向到 %3，未予跟随。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which does not know who is asking: %3</source>
        <translation>向 %2 请求 %1，对方无法确认请求者的身份：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which does not permit it: %3</source>
        <translation>向 %2 请求 %1，对方不允许：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which does not have it: %3</source>
        <translation>向 %2 请求 %1，对方没有该资源：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the object has changed: %3</source>
        <translation>向 %2 请求 %1，但对象已发生变化：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which no longer has that version: %3</source>
        <translation>向 %2 请求 %1，但对方已不再保留该版本：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which does not accept it: %3</source>
        <translation>向 %2 请求 %1，对方不接受：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which is too busy: %3</source>
        <translation>向 %2 请求 %1，对方过于繁忙：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which failed: %3</source>
        <translation>向 %2 请求 %1，对方出错：%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which answered more than is taken in (%3).</source>
        <translation>向 %2 请求 %1，对方返回的内容超出上限（%3）。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, and given up.</source>
        <translation>向 %2 请求 %1，已放弃。</translation>
    </message>
    <message>
        <source>This context is read-only.</source>
        <translation>此上下文为只读。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the answer is not what a Kubernetes API server sends (%3): %4</source>
        <translation>向 %2 请求 %1，但返回的内容不像来自 Kubernetes API server（%3）：%4</translation>
    </message>
    <message>
        <source>Check that the address is right, the server runs and the VPN is up.</source>
        <translation>请检查地址是否正确、服务器是否在运行、VPN 是否已连接。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name in the kubeconfig, and this machine&apos;s DNS and VPN.</source>
        <translation>请检查 kubeconfig 中的服务器名称，以及本机的 DNS 和 VPN。</translation>
    </message>
    <message>
        <source>Try another address of this cluster: the server, or the way to it, hangs.</source>
        <translation>请换用此集群的另一个地址：服务器或通往它的网络没有反应。</translation>
    </message>
    <message>
        <source>Give the cluster&apos;s CA in the kubeconfig, or allow it with --allow-insecure-token.</source>
        <translation>请在 kubeconfig 中给出集群的 CA，或用 --allow-insecure-token 允许这样做。</translation>
    </message>
    <message>
        <source>Set tls-server-name in the kubeconfig to a name that the certificate holds.</source>
        <translation>请把 kubeconfig 中的 tls-server-name 设为证书中含有的名称。</translation>
    </message>
    <message>
        <source>Check certificate-authority in the kubeconfig, and this machine&apos;s clock.</source>
        <translation>请检查 kubeconfig 中的 certificate-authority 以及本机的时钟。</translation>
    </message>
    <message>
        <source>Renew the certificate or token of this context.</source>
        <translation>请更新此上下文的证书或令牌。</translation>
    </message>
    <message>
        <source>Ask the cluster&apos;s administrator for a role that permits it.</source>
        <translation>请向集群管理员申请具有相应权限的角色。</translation>
    </message>
    <message>
        <source>Check the name, the kind and the namespace.</source>
        <translation>请检查名称、资源类型和命名空间。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>Look at the API server&apos;s own health: /readyz?verbose.</source>
        <translation>请查看 API server 自身的健康状况：/readyz?verbose。</translation>
    </message>
    <message>
        <source>Check that the address in the kubeconfig is an API server and not a login page or a proxy.</source>
        <translation>请确认 kubeconfig 中的地址是 API server，而不是登录页面或代理。</translation>
    </message>
    <message>
        <source>Name one with --context; alidadectl contexts lists them.</source>
        <translation>请用 --context 指定；可用 alidadectl contexts 列出。</translation>
    </message>
    <message>
        <source>Mend the kubeconfig, or choose another context.</source>
        <translation>请修正 kubeconfig，或选择其他上下文。</translation>
    </message>
    <message>
        <source>The context names no cluster.</source>
        <translation>此上下文没有指定集群。</translation>
    </message>
    <message>
        <source>No kubeconfig has the cluster “%1”.</source>
        <translation>各 kubeconfig 中都没有集群“%1”。</translation>
    </message>
    <message>
        <source>No kubeconfig has the user “%1”.</source>
        <translation>各 kubeconfig 中都没有用户“%1”。</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a namespace.</source>
        <translation>“%1”不能作为命名空间的名称。</translation>
    </message>
    <message>
        <source>The cluster has no server address.</source>
        <translation>此集群没有服务器地址。</translation>
    </message>
    <message>
        <source>“%1” is not the address of a server.</source>
        <translation>“%1”不是服务器地址。</translation>
    </message>
    <message>
        <source>“%1” has no https:// before it and is read as http, as kubectl does.</source>
        <translation>“%1”前面没有 https://，按 http 处理（与 kubectl 一致）。</translation>
    </message>
    <message>
        <source>The login in the server&apos;s address is left out.</source>
        <translation>服务器地址中的登录信息已被忽略。</translation>
    </message>
    <message>
        <source>Over http no credentials are sent (%1).</source>
        <translation>使用 http 时不会发送凭证（%1）。</translation>
    </message>
    <message>
        <source>“%1” is not the address of a proxy.</source>
        <translation>“%1”不是代理地址。</translation>
    </message>
    <message>
        <source>The CA certificate cannot be read: %1</source>
        <translation>无法读取 CA 证书：%1</translation>
    </message>
    <message>
        <source>There is no CA certificate in %1.</source>
        <translation>%1 中没有 CA 证书。</translation>
    </message>
    <message>
        <source>A CA certificate is given beside insecure-skip-tls-verify; only one of them can be meant.</source>
        <translation>同时给出了 CA 证书和 insecure-skip-tls-verify，两者只能取其一。</translation>
    </message>
    <message>
        <source>%1 is given as a file and as data; the data is used.</source>
        <translation>%1 同时以文件和数据给出，使用其中的数据。</translation>
    </message>
    <message>
        <source>The client certificate cannot be read: %1</source>
        <translation>无法读取客户端证书：%1</translation>
    </message>
    <message>
        <source>The client key cannot be read: %1</source>
        <translation>无法读取客户端私钥：%1</translation>
    </message>
    <message>
        <source>There is no client certificate in %1.</source>
        <translation>%1 中没有客户端证书。</translation>
    </message>
    <message>
        <source>The client certificate has no key.</source>
        <translation>客户端证书没有对应的私钥。</translation>
    </message>
    <message>
        <source>There is no private key in %1.</source>
        <translation>%1 中没有私钥。</translation>
    </message>
    <message>
        <source>The client key (%1) is of a type that cannot be used: RSA and ECDSA keys without a passphrase can.</source>
        <translation>客户端私钥（%1）的类型无法使用：可用没有口令的 RSA 和 ECDSA 私钥。</translation>
    </message>
    <message>
        <source>The client key does not belong to the client certificate.</source>
        <translation>客户端私钥与客户端证书不匹配。</translation>
    </message>
    <message>
        <source>The client certificate expired on %1.</source>
        <translation>客户端证书已于 %1 过期。</translation>
    </message>
    <message>
        <source>The client certificate is not valid before %1.</source>
        <translation>客户端证书在 %1 之前尚未生效。</translation>
    </message>
    <message>
        <source>The token file cannot be read: %1</source>
        <translation>无法读取令牌文件：%1</translation>
    </message>
    <message>
        <source>The token file %1 is empty.</source>
        <translation>令牌文件 %1 是空的。</translation>
    </message>
    <message>
        <source>The token holds characters that no token has.</source>
        <translation>令牌中含有令牌不可能含有的字符。</translation>
    </message>
    <message>
        <source>The user has a token and a password; only one of them can be meant.</source>
        <translation>该用户同时有令牌和密码，两者只能取其一。</translation>
    </message>
    <message>
        <source>Groups to act as are given without a user to act as.</source>
        <translation>指定了要扮演的组，却没有指定要扮演的用户。</translation>
    </message>
    <message>
        <source>“%1” holds characters that cannot be sent.</source>
        <translation>“%1”中含有无法发送的字符。</translation>
    </message>
    <message>
        <source>The sign-in plugin&apos;s “%1” is missing or wrong.</source>
        <translation>登录插件的“%1”缺失或有误。</translation>
    </message>
    <message>
        <source>The sign-in plugin speaks %1, which is not known.</source>
        <translation>登录插件使用的 %1 无法识别。</translation>
    </message>
    <message>
        <source>The sign-in “%1” (auth-provider) was taken out of Kubernetes; use its plugin.</source>
        <translation>登录方式“%1”（auth-provider）已从 Kubernetes 中移除，请改用相应的插件。</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>a sentence without its full stop, then what to do</comment>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>The file %1 cannot be written: %2</source>
        <translation>无法写入文件 %1：%2</translation>
    </message>
    <message>
        <source>%1 was not used: another cluster answers there.</source>
        <translation>未使用 %1：应答的是另一个集群。</translation>
    </message>
    <message>
        <source>%1 was not used: it cannot be told whether it is the same cluster.</source>
        <translation>未使用 %1：无法确认是否为同一集群。</translation>
    </message>
    <message>
        <source>This cluster has no address “%1” that is known.</source>
        <translation>没有已知的集群地址“%1”。</translation>
    </message>
    <message>
        <source>alidadectl endpoints lists the addresses of this cluster.</source>
        <translation>alidadectl endpoints 可列出本集群的地址。</translation>
    </message>
    <message>
        <source>If you know that it is, say so with --assume-same-cluster.</source>
        <translation>如果确知是同一集群，请加 --assume-same-cluster。</translation>
    </message>
    <message>
        <source>The write was done, but could not be kept in the file %1: %2</source>
        <translation>写入已完成，但无法记录到文件 %1：%2</translation>
    </message>
    <message>
        <source>%1 was not sent to %2. %3</source>
        <translation>%1 未发送到 %2。%3</translation>
    </message>
    <message>
        <source>%1 was asked of %2, which takes it but leaves out what it is about.</source>
        <translation>向 %2 发送了 %1，服务器接受了请求，却丢掉了要改的内容。</translation>
    </message>
    <message>
        <source>This is no YAML: %1</source>
        <translation>这不是 YAML：%1</translation>
    </message>
    <message>
        <source>The key “%1” stands here twice.</source>
        <translation>键“%1”在此出现了两次。</translation>
    </message>
    <message>
        <source>An object is wanted here: fields with values.</source>
        <translation>此处应为一个对象：字段及其值。</translation>
    </message>
    <message>
        <source>%1 is missing: no object can do without it.</source>
        <translation>缺少 %1：任何对象都不能没有它。</translation>
    </message>
    <message>
        <source>One object is edited here; the text has another number of them.</source>
        <translation>此处只编辑一个对象，而文本中的对象数量不是一个。</translation>
    </message>
    <message>
        <source>The text names another object than %1. Kind, name and namespace cannot be edited.</source>
        <translation>文本写的不是 %1 这个对象。类型、名称和命名空间不能编辑。</translation>
    </message>
    <message>
        <source>The cluster does not serve the kind %1.</source>
        <translation>集群不提供 %1 这种类型。</translation>
    </message>
    <message>
        <source>%1 is in namespace %2, and %3 was asked for.</source>
        <translation>%1 在命名空间 %2 中，而要求的是 %3。</translation>
    </message>
    <message>
        <source>Somebody changed what this speaks of since it was shown. Nothing was sent; look at it again.</source>
        <translation>自显示以来，有人更改了此处涉及的内容。没有发送任何更改，请再看一遍。</translation>
    </message>
    <message>
        <source>Other managers own fields of it: %1</source>
        <translation>其中有字段归其他管理者所有：%1</translation>
    </message>
    <message>
        <source>The file %1 is not valid YAML at line %2, column %3: %4</source>
        <translation>文件 %1 第 %2 行第 %3 列不是有效的 YAML：%4</translation>
    </message>
    <message>
        <source>The file %1 unfolds to more than a kubeconfig may hold at line %2, column %3: %4</source>
        <translation>文件 %1 第 %2 行第 %3 列展开后超过了 kubeconfig 允许的大小：%4</translation>
    </message>
    <message>
        <source>The file %1 holds something else than base64 at line %2, column %3: %4</source>
        <translation>文件 %1 第 %2 行第 %3 列不是 base64：%4</translation>
    </message>
    <message>
        <source>The file %1 gives a name twice at line %2, column %3: %4</source>
        <translation>文件 %1 第 %2 行第 %3 列的名称重复：%4</translation>
    </message>
    <message>
        <source>The file %1 is no kubeconfig at line %2, column %3: %4</source>
        <translation>文件 %1 第 %2 行第 %3 列不是 kubeconfig 的内容：%4</translation>
    </message>
    <message>
        <source>The settings in %1 cannot be read (%2), so every context is read-only.</source>
        <translation>无法读取 %1 中的设置（%2），因此所有上下文均为只读。</translation>
    </message>
    <message>
        <source>The keychain no longer holds the secret of this cluster.</source>
        <translation>密钥环中已没有该集群的凭证。</translation>
    </message>
    <message>
        <source>The secret of “%1” lies in the keychain, which was not asked.</source>
        <translation>“%1”的凭证保存在密钥环中，此处不读取密钥环。</translation>
    </message>
    <message>
        <source>This session has no keychain service, so no token can be kept or read.</source>
        <translation>当前会话没有密钥环服务，无法保存或读取 Token。</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>密钥环已锁定。</translation>
    </message>
    <message>
        <source>The keychain was asked, and access was denied.</source>
        <translation>已向密钥环请求，但访问被拒绝。</translation>
    </message>
    <message>
        <source>The keychain did not do what was asked of it: %1</source>
        <translation>密钥环未能完成请求：%1</translation>
    </message>
    <message>
        <source>Mend the file, or move it away; its marks and clusters are lost then.</source>
        <translation>请修复该文件，或将其移走；移走后其中的标记和集群会丢失。</translation>
    </message>
    <message>
        <source>Check the permissions of the folder, and the space on the disk.</source>
        <translation>请检查文件夹权限和磁盘空间。</translation>
    </message>
    <message>
        <source>Give the token again: Connections, Edit.</source>
        <translation>请重新填写 Token：连接 → 编辑。</translation>
    </message>
    <message>
        <source>Use the window, or a kubeconfig for this cluster.</source>
        <translation>请使用图形窗口，或使用该集群的 kubeconfig。</translation>
    </message>
    <message>
        <source>Start one (gnome-keyring, KWallet), or use a kubeconfig for this cluster.</source>
        <translation>请启动密钥环服务（gnome-keyring、KWallet），或使用该集群的 kubeconfig。</translation>
    </message>
    <message>
        <source>Unlock the keychain, then try again.</source>
        <translation>请解锁密钥环后重试。</translation>
    </message>
    <message>
        <source>Allow it in the keychain&apos;s own question, then try again.</source>
        <translation>请在密钥环的提示中允许访问，然后重试。</translation>
    </message>
    <message>
        <source>%1: “%2” stands there twice; the last one is used.</source>
        <translation>%1：“%2”出现了两次，使用最后一个。</translation>
    </message>
    <message>
        <source>%1: there is more than one document; the first is used.</source>
        <translation>%1：包含多个文档，使用第一个。</translation>
    </message>
    <message>
        <source>The file %1 does not exist and is passed over.</source>
        <translation>文件 %1 不存在，已跳过。</translation>
    </message>
    <message>
        <source>None</source>
        <comment>way to sign in</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>客户端证书</translation>
    </message>
    <message>
        <source>Token</source>
        <comment>way to sign in</comment>
        <translation>Token 令牌</translation>
    </message>
    <message>
        <source>Token file</source>
        <translation>Token 文件</translation>
    </message>
    <message>
        <source>Plugin</source>
        <comment>way to sign in</comment>
        <translation>插件</translation>
    </message>
    <message>
        <source>User name and password</source>
        <translation>用户名和密码</translation>
    </message>
    <message>
        <source>Not encrypted: anyone on the way can read and change what is sent.</source>
        <translation>未加密：途中任何人都能读取和篡改发送的内容。</translation>
    </message>
    <message>
        <source>insecure-skip-tls-verify: the server is not verified, and anyone on the way can pose as it.</source>
        <translation>insecure-skip-tls-verify：不校验服务器，途中任何人都能冒充它。</translation>
    </message>
    <message>
        <source>Verified against the system&apos;s authorities.</source>
        <translation>使用系统的证书颁发机构校验。</translation>
    </message>
    <message>
        <source>Verified against the cluster&apos;s own CA.</source>
        <translation>使用集群自己的 CA 校验。</translation>
    </message>
    <message>
        <source>Production, read-only</source>
        <translation>生产，只读</translation>
    </message>
    <message>
        <source>Production, writable</source>
        <translation>生产，可写</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message numerus="yes">
        <source>%n address(es): %1</source>
        <translation>
            <numerusform>%n 个地址：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>The text is longer than a kubeconfig could be; it was not read.</source>
        <translation>文本比任何 kubeconfig 都长，未读取。</translation>
    </message>
    <message>
        <source>It looks like a kubeconfig, but cannot be read: %1</source>
        <translation>看起来是 kubeconfig，但无法读取：%1</translation>
    </message>
    <message>
        <source>%1 names a file, whose content is not in the text.</source>
        <translation>%1 指向一个文件，文本中没有其内容。</translation>
    </message>
    <message>
        <source>The sign-in “%1” is not taken over; add the kubeconfig as a file to use it.</source>
        <translation>登录方式“%1”不会被采用；如需使用，请以文件形式添加该 kubeconfig。</translation>
    </message>
    <message>
        <source>The kubeconfig has several contexts; “%1” was taken.</source>
        <translation>该 kubeconfig 有多个上下文，已采用“%1”。</translation>
    </message>
    <message>
        <source>A certificate stands there that cannot be read; it may have been cut off.</source>
        <translation>其中有一个无法读取的证书，可能被截断了。</translation>
    </message>
    <message>
        <source>A private key stands there; it is not taken over.</source>
        <translation>其中有一个私钥，不会被采用。</translation>
    </message>
    <message>
        <source>No address of an API server.</source>
        <translation>没有 APIServer 地址。</translation>
    </message>
    <message numerus="yes">
        <source>A token of %n character(s).</source>
        <translation>
            <numerusform>Token，共 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>A client certificate with its key.</source>
        <translation>客户端证书及其私钥。</translation>
    </message>
    <message>
        <source>No token.</source>
        <translation>没有 Token。</translation>
    </message>
    <message>
        <source>A CA certificate, valid until %1.</source>
        <translation>CA 证书，有效期至 %1。</translation>
    </message>
    <message>
        <source>No CA certificate: the text says not to verify the server at all.</source>
        <translation>没有 CA 证书：文本要求完全不校验服务器。</translation>
    </message>
    <message>
        <source>No CA certificate: the system&apos;s authorities would have to know the server.</source>
        <translation>没有 CA 证书：只能由系统的证书颁发机构来校验服务器。</translation>
    </message>
    <message>
        <source>To sign in, %1 wants the program %2 to be run, and nobody has allowed it yet.</source>
        <translation>%1 要求运行程序 %2 来登录，但尚未得到允许。</translation>
    </message>
    <message>
        <source>The sign-in program %1 is not run: that was the answer when it was asked.</source>
        <translation>不运行登录程序 %1：询问时的回答是不运行。</translation>
    </message>
    <message>
        <source>The sign-in program %1 wants to ask in a terminal, and there is none.</source>
        <translation>登录程序 %1 需要在终端中询问，但这里没有终端。</translation>
    </message>
    <message>
        <source>The sign-in program %1 is not there, or is no program.</source>
        <translation>登录程序 %1 不存在，或者不是可执行程序。</translation>
    </message>
    <message>
        <source>The sign-in program “%1” was not found in these folders: %2</source>
        <translation>在下列目录中找不到登录程序“%1”：%2</translation>
    </message>
    <message>
        <source>The sign-in program %1 could not be started: %2</source>
        <translation>登录程序 %1 无法启动：%2</translation>
    </message>
    <message>
        <source>The sign-in program %1 did not end within %2 seconds. It wrote: %3</source>
        <translation>登录程序 %1 在 %2 秒内没有结束。它的输出：%3</translation>
    </message>
    <message>
        <source>The sign-in program %1 ended with code %2. It wrote: %3</source>
        <translation>登录程序 %1 以退出码 %2 结束。它的输出：%3</translation>
    </message>
    <message>
        <source>What the sign-in program %1 printed cannot be used: %2</source>
        <translation>登录程序 %1 的输出无法使用：%2</translation>
    </message>
    <message>
        <source>Allow it when you are asked, or pass --trust-exec to alidadectl.</source>
        <translation>请在询问时允许运行，或者给 alidadectl 加上 --trust-exec。</translation>
    </message>
    <message>
        <source>Sign in with alidadectl in a terminal, or set interactiveMode in the kubeconfig.</source>
        <translation>请在终端中用 alidadectl 登录，或者修改 kubeconfig 中的 interactiveMode。</translation>
    </message>
    <message>
        <source>Install it, or give its whole path in the kubeconfig.</source>
        <translation>请安装它，或者在 kubeconfig 中写出完整路径。</translation>
    </message>
    <message>
        <source>The kubeconfig says how to install it: %1</source>
        <translation>kubeconfig 给出的安装说明：%1</translation>
    </message>
    <message>
        <source>Run it in a terminal to see what it wants; F5 tries again.</source>
        <translation>请在终端中运行它查看原因；按 F5 重试。</translation>
    </message>
    <message>
        <source>The proxy “%1” is spoken to over TLS, which is not possible here; http and socks5 proxies are.</source>
        <translation>代理“%1”需要通过 TLS 连接，这里不支持；支持 http 和 socks5 代理。</translation>
    </message>
    <message>
        <source>This machine slept. Whether %1 still answers is being found out.</source>
        <translation>本机刚从睡眠中恢复，正在确认 %1 是否仍有应答。</translation>
    </message>
    <message>
        <source>The context is no longer in %1. The connection stays until you close it.</source>
        <translation>上下文已不在 %1 中。连接会保留到您将其关闭为止。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what it is about, then the sentence</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 was not sent to %2: another object has that name now.</source>
        <translation>%1 没有发送到 %2：现在使用该名称的是另一个对象。</translation>
    </message>
    <message>
        <source>The Deployment is paused: a restart would only come when its rollout is resumed.</source>
        <translation>该 Deployment 已暂停：恢复发布后重启才会进行。</translation>
    </message>
    <message>
        <source>%1 was not sent to %2: there is no such container any more.</source>
        <translation>%1 没有发送到 %2：该容器已不存在。</translation>
    </message>
    <message>
        <source>Keep the object as it is in these fields, and apply the rest: take them out of the manifest, or write what is there.</source>
        <translation>保留对象的这些字段，只应用其余部分：从清单中去掉这些字段，或写成现有的值。</translation>
    </message>
    <message>
        <source>Make another object beside it: give it another name.</source>
        <translation>另建一个对象：换一个名称。</translation>
    </message>
    <message>
        <source>Delete it and make it again. What is lost in between:</source>
        <translation>删除后重新创建。其间会失去：</translation>
    </message>
    <message>
        <source>its address %1: who has it by number loses it</source>
        <translation>地址 %1：直接使用该 IP 的访问方会失去它</translation>
    </message>
    <message>
        <source>its port %1 on every node, unless the manifest names it</source>
        <translation>各节点上的端口 %1，除非清单中指定了它</translation>
    </message>
    <message>
        <source>its load balancer at %1</source>
        <translation>负载均衡 %1</translation>
    </message>
    <message>
        <source>its pods, unless they are orphaned (kubectl delete --cascade=orphan)</source>
        <translation>其 Pod，除非将它们保留为孤立（kubectl delete --cascade=orphan）</translation>
    </message>
    <message>
        <source>its history: earlier revisions, or what ran already</source>
        <translation>历史：以前的修订版本，或已运行的记录</translation>
    </message>
    <message>
        <source>its data, where the volume&apos;s reclaim policy is Delete</source>
        <translation>数据（如果卷的回收策略为 Delete）</translation>
    </message>
    <message>
        <source>the rights that it gives, until it is there again</source>
        <translation>它授予的权限，直到重新创建为止</translation>
    </message>
    <message>
        <source>Written by %1.</source>
        <translation>由 %1 写入。</translation>
    </message>
    <message>
        <source>%1 was not sent to %2: an object of that name is there already.</source>
        <translation>未向 %2 发送 %1：已有同名对象。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but what came is no page of kube-state-metrics.</source>
        <translation>已向 %2 请求 %1，但返回的不是 kube-state-metrics 的指标页。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but what answers there is no Prometheus.</source>
        <translation>已向 %2 请求 %1，但应答的不是 Prometheus。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the page broke off before its end.</source>
        <translation>已向 %2 请求 %1，但指标页没有传完就中断了。</translation>
    </message>
    <message>
        <source>The server does not say how many objects there are.</source>
        <translation>服务器没有说明对象的数量。</translation>
    </message>
    <message>
        <source>Look at the Service and its port: something else answers there.</source>
        <translation>请检查该服务及其端口：应答的是别的程序。</translation>
    </message>
    <message>
        <source>Try again; if it breaks off again, something on the way cuts long answers.</source>
        <translation>请重试；如果再次中断，说明途中有设备会截断较长的应答。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but what answers there is no InfluxDB.</source>
        <translation>已向 %2 请求 %1，但应答的不是 InfluxDB。</translation>
    </message>
    <message>
        <source>%1 was asked of %2, but the kubelet told no figures.</source>
        <translation>已向 %2 请求 %1，但 kubelet 没有给出任何数值。</translation>
    </message>
    <message>
        <source>This cluster serves no businesses: it is no TKEStack platform with the business component, or not the cluster that the platform itself runs in.</source>
        <translation>该集群没有业务：它不是安装了业务组件的 TKEStack 平台，或者不是平台自身所在的集群。</translation>
    </message>
    <message>
        <source>The cluster %1 was not asked: it is not the one that this window is connected to.</source>
        <translation>未查询集群 %1：当前窗口连接的不是该集群。</translation>
    </message>
    <message>
        <source>This is a snapshot: nothing can be sent to the cluster that it was taken of.</source>
        <translation>这是快照：无法向采集它的集群发送任何内容。</translation>
    </message>
    <message>
        <source>The snapshot does not hold this.</source>
        <translation>快照中没有这项内容。</translation>
    </message>
    <message>
        <source>%1 was asked of the snapshot, which does not hold the answer.</source>
        <translation>向快照查询了 %1，但其中没有这个应答。</translation>
    </message>
    <message>
        <source>The file %1 is no snapshot: it is no zip file, or it breaks off.</source>
        <translation>文件 %1 不是快照：它不是 zip 文件，或不完整。</translation>
    </message>
    <message>
        <source>The file %1 is damaged: a part of it cannot be unpacked.</source>
        <translation>文件 %1 已损坏：其中一部分无法解压。</translation>
    </message>
    <message>
        <source>The file %1 is refused: an entry in it leads outside of it or is no file (%2).</source>
        <translation>拒绝文件 %1：其中一个条目指向文件之外或不是普通文件（%2）。</translation>
    </message>
    <message>
        <source>The file %1 is refused: it has an entry twice (%2).</source>
        <translation>拒绝文件 %1：同一条目出现两次（%2）。</translation>
    </message>
    <message>
        <source>The file %1 is refused: it has more than %2 entries.</source>
        <translation>拒绝文件 %1：条目超过 %2 个。</translation>
    </message>
    <message>
        <source>The file %1 is refused: it unpacks to more than is taken in (%2).</source>
        <translation>拒绝文件 %1：解压后的大小超出限制（%2）。</translation>
    </message>
    <message>
        <source>The file %1 is a zip file, but no snapshot of Alidade&apos;s.</source>
        <translation>文件 %1 是 zip 文件，但不是照准仪的快照。</translation>
    </message>
    <message>
        <source>The file %1 was written by a later Alidade (format %2).</source>
        <translation>文件 %1 由更新版本的照准仪写入（格式 %2）。</translation>
    </message>
    <message>
        <source>The file %1 is damaged: what it says of itself cannot be read (%2).</source>
        <translation>文件 %1 已损坏：无法读取其自述信息（%2）。</translation>
    </message>
    <message>
        <source>This program was built without the demo.</source>
        <translation>此程序构建时未包含演示快照。</translation>
    </message>
    <message>
        <source>demo</source>
        <comment>a kind of snapshot</comment>
        <translation>演示</translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a date and time, how long ago that is</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>This is the demo: a snapshot of a practice cluster, taken %1. Nothing here is live.</source>
        <translation>这是演示：练习集群的快照，采集于 %1。此处内容均非实时。</translation>
    </message>
    <message>
        <source>A snapshot, taken %1. Nothing here is live.</source>
        <translation>快照，采集于 %1。此处内容均非实时。</translation>
    </message>
    <message>
        <source>A snapshot, taken %1 by %2. Nothing here is live.</source>
        <translation>快照，由 %2 采集于 %1。此处内容均非实时。</translation>
    </message>
    <message>
        <source>A snapshot of the cluster %1, taken %2. Nothing here is live.</source>
        <translation>集群 %1 的快照，采集于 %2。此处内容均非实时。</translation>
    </message>
    <message>
        <source>A snapshot of the cluster %1, taken %2 by %3. Nothing here is live.</source>
        <translation>集群 %1 的快照，由 %3 采集于 %2。此处内容均非实时。</translation>
    </message>
    <message>
        <source>NOT redacted: passwords, tokens and keys are in it.</source>
        <translation>未脱敏：其中含有密码、令牌和密钥。</translation>
    </message>
    <message numerus="yes">
        <source>Redacted: %n values; addresses were replaced.</source>
        <translation>
            <numerusform>已脱敏 %n 个值；地址已替换。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Redacted: %n values.</source>
        <translation>
            <numerusform>已脱敏 %n 个值。</numerusform>
        </translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>无权限</translation>
    </message>
    <message>
        <source>failed</source>
        <comment>what was asked for</comment>
        <translation>失败</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>too much</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>What the cluster serves is asked</source>
        <translation>正在查询集群提供的资源</translation>
    </message>
    <message>
        <source>Kinds are read</source>
        <translation>正在读取各类资源</translation>
    </message>
    <message>
        <source>Logs of containers that are not well are read</source>
        <translation>正在读取异常容器的日志</translation>
    </message>
    <message>
        <source>Sources of metrics are read</source>
        <translation>正在读取指标来源</translation>
    </message>
    <message>
        <source>Addresses are looked at</source>
        <translation>正在检查地址</translation>
    </message>
    <message>
        <source>Member clusters are read</source>
        <translation>正在读取成员集群</translation>
    </message>
    <message>
        <source>The file is finished</source>
        <translation>正在完成文件</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a step of a capture, what it is at</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The file will hold passwords, tokens and private keys as they are. Whoever gets it can act with them.</source>
        <translation>文件将原样包含密码、令牌和私钥。得到文件的人都可以使用它们。</translation>
    </message>
    <message>
        <source>This is a snapshot: nothing can be applied. Copy the command and run it where the cluster is.</source>
        <translation>这是快照：无法应用任何修改。请复制命令，在能访问该集群的地方执行。</translation>
    </message>
    <message>
        <source>This is a snapshot: its answers come from a file, and no address is spoken to.</source>
        <translation>这是快照：应答来自文件，不会访问任何地址。</translation>
    </message>
    <message>
        <source>This is a snapshot: usage was measured once, and no further samples are taken.</source>
        <translation>这是快照：用量只测量过一次，不会再采样。</translation>
    </message>
    <message>
        <source>This is a snapshot: the kubelets were not captured and cannot be asked.</source>
        <translation>这是快照：未采集 kubelet，也无法查询。</translation>
    </message>
    <message>
        <source>This is a snapshot already: a snapshot is taken of a cluster.</source>
        <translation>这已经是快照：只能为集群生成快照。</translation>
    </message>
    <message>
        <source>This is a snapshot: the way to the cluster cannot be looked at from here.</source>
        <translation>这是快照：无法从这里检查到集群的连接。</translation>
    </message>
</context>
<context>
    <name>MetricRules</name>
    <message>
        <source>The FAQ&apos;s expression asks for labels that one certain scrape adds, and here no series has them: it never fires. kube-state-metrics comes in with %1.</source>
        <translation>FAQ 中的表达式要求某一种采集任务才会添加的标签，而这里没有任何时间序列带有这些标签，因此它永远不会触发。这里的 kube-state-metrics 数据带有 %1。</translation>
    </message>
    <message>
        <source>The FAQ&apos;s expression misses these: %1.</source>
        <translation>FAQ 中的表达式漏掉了：%1。</translation>
    </message>
    <message numerus="yes">
        <source>The FAQ&apos;s expression also fires for %n Job(s) that have not failed for good: %1.</source>
        <translation>
            <numerusform>FAQ 中的表达式还会命中 %n 个并未最终失败的 Job：%1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The FAQ&apos;s expression fires for %n Job(s): %1. Whether they have failed for good is not known: there is no metric kube_job_failed.</source>
        <translation>
            <numerusform>FAQ 中的表达式命中 %n 个 Job：%1。它们是否已最终失败不得而知：没有指标 kube_job_failed。</numerusform>
        </translation>
    </message>
    <message>
        <source>The FAQ&apos;s expression is always empty here: the metric %1 is called %2 today.</source>
        <translation>FAQ 中的表达式在这里的结果总是为空：指标 %1 如今叫做 %2。</translation>
    </message>
    <message>
        <source>This kube-state-metrics is so old that it still calls the metric %1: the FAQ&apos;s expression was asked.</source>
        <translation>这个 kube-state-metrics 版本很旧，指标仍叫做 %1，因此查询的是 FAQ 中的表达式。</translation>
    </message>
    <message>
        <source>There is no metric %1: kube-state-metrics may have been told to leave it out.</source>
        <translation>没有指标 %1：kube-state-metrics 可能被配置为不提供它。</translation>
    </message>
    <message>
        <source>There is no metric %1: there are no Jobs, or kube-state-metrics leaves them out.</source>
        <translation>没有指标 %1：要么没有 Job，要么 kube-state-metrics 不提供它们。</translation>
    </message>
    <message>
        <source>Prometheus has nothing of kube-state-metrics: an empty answer says nothing here.</source>
        <translation>Prometheus 中没有 kube-state-metrics 的任何数据：结果为空并不说明一切正常。</translation>
    </message>
    <message>
        <source>The answer is empty, and Prometheus does not tell whether the metric exists.</source>
        <translation>结果为空，而 Prometheus 没有说明该指标是否存在。</translation>
    </message>
    <message>
        <source>Prometheus warns that its answer may not be whole: %1</source>
        <translation>Prometheus 警告结果可能不完整：%1</translation>
    </message>
    <message numerus="yes">
        <source>The answer was cut after %n value(s).</source>
        <translation>
            <numerusform>结果在 %n 个值之后被截断。</numerusform>
        </translation>
    </message>
    <message>
        <source>Without a store only the last ending of each container is known: that it restarted within 30 minutes, not how often, and nothing of pods that are gone.</source>
        <translation>没有历史存储时，只知道每个容器最近一次终止的时间：可以知道它在 30 分钟内重启过，但不知道次数，也看不到已经消失的实例。</translation>
    </message>
    <message numerus="yes">
        <source>Alidade has been looking for %n minute(s). What was before is known by the last ending of each container only: that it restarted, not how often.</source>
        <translation>
            <numerusform>Alidade 已观察 %n 分钟。此前的情况只能从每个容器最近一次终止得知：可以知道它重启过，但不知道次数。</numerusform>
        </translation>
    </message>
    <message>
        <source>This source tells counters of one moment and no times: it takes a second look to see a restart, and 30 minutes to see all.</source>
        <translation>该来源只给出某一时刻的计数，不给出时间：要再看一次才能发现重启，要观察 30 分钟才能看全。</translation>
    </message>
    <message numerus="yes">
        <source>Alidade has been looking for %n minute(s); restarts before that are not seen.</source>
        <translation>
            <numerusform>Alidade 已观察 %n 分钟；在此之前的重启看不到。</numerusform>
        </translation>
    </message>
    <message>
        <source>A Job has failed for good</source>
        <translation>Job 已最终失败</translation>
    </message>
    <message>
        <source>A node is not ready</source>
        <translation>节点未就绪</translation>
    </message>
    <message>
        <source>A pod has failed, or nobody knows its state</source>
        <translation>实例已失败，或状态未知</translation>
    </message>
    <message>
        <source>A container restarted within 30 minutes</source>
        <translation>容器在 30 分钟内重启过</translation>
    </message>
    <message>
        <source>kube_job_status_failed counts failed pods until the Job ends: “== 1” fires for a Job that tried twice and succeeded, and misses one that fails again and again. kube_job_failed says that it has ended in failure. The labels job and k8s_app exist only where the scrape adds them.</source>
        <translation>在 Job 结束之前，kube_job_status_failed 统计的是失败的实例数：“== 1”会命中重试后成功的 Job，却会漏掉反复失败的 Job。kube_job_failed 表示 Job 已以失败告终。标签 job 和 k8s_app 只有在采集任务添加它们时才存在。</translation>
    </message>
    <message>
        <source>The FAQ&apos;s own is right: the status is “unknown” where the kubelet is gone, and “false” where it says so itself.</source>
        <translation>FAQ 中的表达式是正确的：kubelet 失联时状态为“unknown”，kubelet 自己报告未就绪时为“false”。</translation>
    </message>
    <message>
        <source>Each failed attempt of a Job counts as a failed pod, also when the Job succeeds in the end: those are left to the rule about Jobs. Pods on a lost node stay Running today: the rule about nodes shows them.</source>
        <translation>Job 的每次失败尝试都会算作一个失败的实例，即使 Job 最终成功也是如此：这些交给关于 Job 的规则。如今，失联节点上的实例仍保持 Running：由关于节点的规则反映。</translation>
    </message>
    <message>
        <source>The metric has been called kube_pod_container_status_restarts_total for years: the FAQ&apos;s name matches nothing.</source>
        <translation>该指标多年来一直叫做 kube_pod_container_status_restarts_total：FAQ 中的名称匹配不到任何数据。</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>观察中</translation>
    </message>
    <message numerus="yes">
        <source>%n Job(s) with failed pods still try: %1.</source>
        <translation>
            <numerusform>%n 个有失败实例的 Job 仍在重试：%1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed pod(s) of Jobs are left out; the FAQ&apos;s expression fires for them.</source>
        <translation>
            <numerusform>已略去 Job 的 %n 个失败实例；FAQ 中的表达式会命中它们。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>%1 It says: %2</source>
        <translation>%1 其原话：%2</translation>
    </message>
    <message>
        <source>You may read the kubelets through the APIServer; they were not asked.</source>
        <translation>您有权通过 APIServer 读取 kubelet；此处没有读取。</translation>
    </message>
    <message>
        <source>You may read them.</source>
        <translation>您有权读取。</translation>
    </message>
    <message>
        <source>It answers; its newest sample is of %1.</source>
        <translation>有响应；最新样本的时间是 %1。</translation>
    </message>
    <message>
        <source>It answers, but does not scrape kube-state-metrics.</source>
        <translation>有响应，但没有采集 kube-state-metrics。</translation>
    </message>
    <message>
        <source>It answers and scrapes kube-state-metrics; the label “job” is dropped on the way.</source>
        <translation>有响应，并采集 kube-state-metrics；标签 “job” 在采集时被丢弃。</translation>
    </message>
    <message>
        <source>It answers and scrapes kube-state-metrics by the job %1.</source>
        <translation>有响应，并通过 job %1 采集 kube-state-metrics。</translation>
    </message>
    <message>
        <source>It answers.</source>
        <translation>有响应。</translation>
    </message>
    <message>
        <source>No APIService serves metrics.k8s.io: metrics-server is not installed.</source>
        <translation>没有 APIService 提供 metrics.k8s.io：未安装 metrics-server。</translation>
    </message>
    <message>
        <source>No APIService serves %1.</source>
        <translation>没有 APIService 提供 %1。</translation>
    </message>
    <message>
        <source>No Service in the cluster has its name or its labels.</source>
        <translation>集群中没有与其名称或标签相符的 Service。</translation>
    </message>
    <message>
        <source>You may not read APIServices, so it is not known whether it is installed.</source>
        <translation>您无权读取 APIService，因此无法得知是否已安装。</translation>
    </message>
    <message>
        <source>You may not list Services, so it is not known whether it is installed.</source>
        <translation>您无权列出 Service，因此无法得知是否已安装。</translation>
    </message>
    <message>
        <source>The Service %1 is there, but you may not read it through the APIServer.</source>
        <translation>Service %1 存在，但您无权通过 APIServer 读取。</translation>
    </message>
    <message>
        <source>You may not read the kubelets through the APIServer (get nodes/proxy).</source>
        <translation>您无权通过 APIServer 读取 kubelet（get nodes/proxy）。</translation>
    </message>
    <message>
        <source>You may not list pods.</source>
        <translation>您无权列出 Pod。</translation>
    </message>
    <message>
        <source>It is there, but you may not read its figures.</source>
        <translation>已安装，但您无权读取其数据。</translation>
    </message>
    <message>
        <source>Its APIService is there and not available.</source>
        <translation>其 APIService 存在，但不可用。</translation>
    </message>
    <message>
        <source>It answers, but has no sample of any node: it cannot read the kubelets, or has just begun.</source>
        <translation>有响应，但没有任何节点的样本：它读不到 kubelet，或刚刚启动。</translation>
    </message>
    <message>
        <source>The Service %1 is there, but no Endpoints that lead to a pod: the APIServer&apos;s proxy then says “not found”.</source>
        <translation>Service %1 存在，但没有指向 Pod 的 Endpoints：此时 APIServer 的代理会返回 “not found”。</translation>
    </message>
    <message>
        <source>The Service %1 is there, but none of its pods is ready.</source>
        <translation>Service %1 存在，但没有就绪的 Pod。</translation>
    </message>
    <message>
        <source>The Service %1 has no such port.</source>
        <translation>Service %1 没有该端口。</translation>
    </message>
    <message>
        <source>%1 wants a login of its own, which does not pass the APIServer&apos;s proxy.</source>
        <translation>%1 需要单独登录，而登录信息无法经过 APIServer 的代理。</translation>
    </message>
    <message>
        <source>It answers, but has no sample of any target: it scrapes nothing.</source>
        <translation>有响应，但没有任何目标的样本：它什么都没有采集到。</translation>
    </message>
    <message>
        <source>The APIServices could not be read.</source>
        <translation>无法读取 APIService。</translation>
    </message>
    <message>
        <source>The APIServer does not say what you may do.</source>
        <translation>APIServer 没有说明您有哪些权限。</translation>
    </message>
    <message>
        <source>It is there, but its figures could not be read.</source>
        <translation>已安装，但读不到其数据。</translation>
    </message>
    <message>
        <source>%1 is there and does not answer as it should.</source>
        <translation>%1 存在，但没有正常响应。</translation>
    </message>
    <message>
        <source>Heapster is still there. It is retired: metrics-server came in its place.</source>
        <translation>heapster 仍在运行。它已停止维护，由 metrics-server 取代。</translation>
    </message>
    <message>
        <source>It answers, but its newest sample is of %1.</source>
        <translation>有响应，但最新样本的时间是 %1。</translation>
    </message>
    <message>
        <source>Without it there is no usage, no “kubectl top”, and HPA cannot work by CPU or memory. Install metrics-server; on TKEStack it is a choice made when the cluster is created.</source>
        <translation>没有它就没有使用量数据，“kubectl top” 不可用，HPA 也无法按 CPU 或内存工作。请安装 metrics-server；在 TKEStack 上，创建集群时可选择安装。</translation>
    </message>
    <message>
        <source>Alarms and dashboards on the state of objects need it. Install kube-state-metrics; on TKEStack it comes with the addon Prometheus. The objects tell the same for now.</source>
        <translation>针对对象状态的告警和看板需要它。请安装 kube-state-metrics；在 TKEStack 上，它随扩展组件 Prometheus 一起安装。当前状态仍可从对象自身得知。</translation>
    </message>
    <message>
        <source>Without it there is no history and no alarm rule. On TKEStack install the addon Prometheus.</source>
        <translation>没有它就没有历史数据和告警规则。在 TKEStack 上请安装扩展组件 Prometheus。</translation>
    </message>
    <message>
        <source>Only HPA by metrics of one&apos;s own needs it.</source>
        <translation>只有按自定义指标工作的 HPA 才需要它。</translation>
    </message>
    <message>
        <source>Look at the Service that the APIService names, its pods, and whether the APIServer reaches them; the reason says which of them it is.</source>
        <translation>请检查 APIService 所指的 Service 及其 Pod，以及 APIServer 能否访问它们；reason 指明了是哪一环。</translation>
    </message>
    <message>
        <source>Read the log of metrics-server: certificates of the kubelets (--kubelet-insecure-tls), their address type, or a network policy are the usual causes.</source>
        <translation>请查看 metrics-server 的日志：常见原因是 kubelet 的证书（--kubelet-insecure-tls）、地址类型或网络策略。</translation>
    </message>
    <message>
        <source>Compare the Service&apos;s selector with the labels of its pods, and see why they are not ready. A Service whose endpoints were written by hand cannot be read this way.</source>
        <translation>请比较 Service 的 selector 与 Pod 的标签，并查看 Pod 未就绪的原因。手工编写 Endpoints 的 Service 无法用这种方式读取。</translation>
    </message>
    <message>
        <source>Read the Service&apos;s ports.</source>
        <translation>请查看该 Service 的端口。</translation>
    </message>
    <message>
        <source>Read it where its login is known.</source>
        <translation>请在已有其登录信息的地方读取。</translation>
    </message>
    <message>
        <source>Look at its page Targets and at its scrape configuration.</source>
        <translation>请查看其 Targets 页面和采集配置。</translation>
    </message>
    <message>
        <source>Look at its pods and their log.</source>
        <translation>请查看其 Pod 及日志。</translation>
    </message>
    <message>
        <source>It is gone: a source still tells of it for a while after the object was deleted.</source>
        <translation>对象已被删除：删除后的一段时间内，数据源仍会提供它的数据。</translation>
    </message>
    <message>
        <source>It is younger than the page of kube-state-metrics.</source>
        <translation>它在读取 kube-state-metrics 页面之后才创建。</translation>
    </message>
    <message>
        <source>kube-state-metrics does not tell of it: it watches other namespaces or kinds, is split into shards, or has lost its watch.</source>
        <translation>kube-state-metrics 没有它的数据：可能只监视其他命名空间或类型、做了分片，或其 watch 已中断。</translation>
    </message>
    <message>
        <source>The node is Ready, but metrics-server has no sample of it: it could not read its kubelet. Absent is not zero.</source>
        <translation>节点为 Ready，但 metrics-server 没有它的样本：读不到其 kubelet。没有数据不等于 0。</translation>
    </message>
    <message>
        <source>The node is not Ready and its kubelet does not answer, so nothing is measured. Absent is not zero.</source>
        <translation>节点不是 Ready，其 kubelet 没有响应，因此没有测量数据。没有数据不等于 0。</translation>
    </message>
    <message>
        <source>metrics-server has no sample of the whole node that it runs on. Absent is not zero.</source>
        <translation>metrics-server 没有其所在整个节点的样本。没有数据不等于 0。</translation>
    </message>
    <message>
        <source>It runs for less than two minutes: metrics-server needs two samples of it.</source>
        <translation>运行不足两分钟：metrics-server 需要两次采样。</translation>
    </message>
    <message>
        <source>It runs, but metrics-server has no sample: one of its containers is between two starts, or its kubelet does not tell of it. Absent is not zero.</source>
        <translation>正在运行，但 metrics-server 没有样本：某个容器正处于两次启动之间，或 kubelet 没有提供它的数据。没有数据不等于 0。</translation>
    </message>
    <message>
        <source>It does not run now; the sample is of before it stopped.</source>
        <translation>目前没有运行；样本是停止之前的。</translation>
    </message>
    <message>
        <source>The sample is older than the start of what runs now: it was taken of the one before.</source>
        <translation>样本早于当前实例的启动时间：采到的是上一个实例。</translation>
    </message>
    <message>
        <source>metrics-server counts every container that runs, sidecars too; kube-state-metrics tells the requests of sidecars apart, with the init containers.</source>
        <translation>metrics-server 统计所有正在运行的容器，包括 sidecar；kube-state-metrics 把 sidecar 的请求与 init 容器一起单独列出。</translation>
    </message>
    <message>
        <source>Not all pods have a sample: the sum is of those that have, and no ratio is made of it.</source>
        <translation>并非所有 Pod 都有样本：合计只包含有样本的 Pod，不据此计算比率。</translation>
    </message>
    <message>
        <source>The page of kube-state-metrics is older than the start of what runs now.</source>
        <translation>kube-state-metrics 的页面早于当前实例的启动时间。</translation>
    </message>
    <message>
        <source>The two were read at different moments, and it changed in between.</source>
        <translation>两者读取的时刻不同，期间发生了变化。</translation>
    </message>
    <message>
        <source>kube-state-metrics has each container by itself; the pod as a whole holds what the scheduler counts: init containers, sidecars, overhead and what the pod itself declares.</source>
        <translation>kube-state-metrics 按单个容器统计；而整个 Pod 占用的是调度器所计算的量，包括 init 容器、sidecar、overhead 以及 Pod 自身的声明。</translation>
    </message>
    <message>
        <source>One takes the node&apos;s capacity as the base, the other what is allocatable of it.</source>
        <translation>一方以节点的总容量为基数，另一方以可分配量为基数。</translation>
    </message>
    <message>
        <source>The usage is the average over a window that ended more than two minutes before or after the page of kube-state-metrics was read.</source>
        <translation>使用量是一个时间窗口内的平均值，该窗口的结束时间与读取 kube-state-metrics 页面的时间相差两分钟以上。</translation>
    </message>
    <message>
        <source>The two declare different amounts: one of them was read before a change.</source>
        <translation>两者声明的数量不同：其中一方读取于变更之前。</translation>
    </message>
    <message>
        <source>The API %1, which feeds it, is not served.</source>
        <translation>为它提供指标的 API %1 不存在。</translation>
    </message>
    <message>
        <source>The API %1, which feeds it, is not available.</source>
        <translation>为它提供指标的 API %1 不可用。</translation>
    </message>
    <message>
        <source>The API %1, which feeds it, has old samples only.</source>
        <translation>为它提供指标的 API %1 只有过时的样本。</translation>
    </message>
    <message>
        <source>The target is a percentage of the request, and a container declares none.</source>
        <translation>目标是请求值的百分比，而有容器没有声明请求。</translation>
    </message>
    <message>
        <source>A metric cannot be read (%1), so what is wanted is not known.</source>
        <translation>有指标无法读取（%1），因此期望值未知。</translation>
    </message>
    <message>
        <source>It cannot scale its target (%1).</source>
        <translation>无法伸缩其目标（%1）。</translation>
    </message>
    <message>
        <source>It is switched off: its target has no replicas.</source>
        <translation>已停用：其目标的副本数为 0。</translation>
    </message>
    <message>
        <source>It would have more pods than its maximum allows.</source>
        <translation>所需 Pod 数超过其最大值。</translation>
    </message>
    <message>
        <source>It would have fewer pods than its minimum allows.</source>
        <translation>所需 Pod 数低于其最小值。</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>failing</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>无权限</translation>
    </message>
    <message>
        <source>old</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>Annotate the Service of kube-state-metrics with prometheus.io/scrape: &quot;true&quot; (on TKEStack tke.prometheus.io/scrape), or add a job.</source>
        <translation>请为 kube-state-metrics 的 Service 添加注解 prometheus.io/scrape: &quot;true&quot;（在 TKEStack 上为 tke.prometheus.io/scrape），或添加一个 job。</translation>
    </message>
    <message>
        <source>Ask the cluster&apos;s administrator for the right to read it.</source>
        <translation>请向集群管理员申请读取权限。</translation>
    </message>
    <message>
        <source>Install metrics-server and remove heapster.</source>
        <translation>请安装 metrics-server 并移除 heapster。</translation>
    </message>
    <message>
        <source>Its figures say nothing of now. Look at its pods and their log.</source>
        <translation>其数据不能反映当前情况。请查看其 Pod 及日志。</translation>
    </message>
    <message>
        <source>CPU and memory in use now, read from the kubelets (cAdvisor) and kept nowhere. It feeds HPA and “kubectl top”.</source>
        <translation>当前的 CPU 和内存使用量，从各节点的 kubelet（cAdvisor）读取，不存储；供 HPA 和 “kubectl top” 使用。</translation>
    </message>
    <message>
        <source>What objects declare and how they stand, read from the APIServer by watches and kept nowhere. It feeds Prometheus.</source>
        <translation>对象的声明与状态，通过 watch 从 APIServer 读取，不存储；供 Prometheus 采集。</translation>
    </message>
    <message>
        <source>The store: it scrapes kube-state-metrics and others, and evaluates alarm rules.</source>
        <translation>存储：采集 kube-state-metrics 等数据源，并计算告警规则。</translation>
    </message>
    <message>
        <source>The raw source below metrics-server, on each node.</source>
        <translation>metrics-server 之下的原始数据源，位于每个节点。</translation>
    </message>
    <message>
        <source>What metrics-server came in the place of.</source>
        <translation>已被 metrics-server 取代的组件。</translation>
    </message>
    <message>
        <source>TKEStack&apos;s long-term store. Prometheus writes to it; metrics-server never did.</source>
        <translation>TKEStack 的长期存储，由 Prometheus 写入；metrics-server 从不写入。</translation>
    </message>
    <message>
        <source>An adapter that feeds HPA by metrics of one&apos;s own.</source>
        <translation>为按自定义指标工作的 HPA 提供数据的适配器。</translation>
    </message>
    <message>
        <source>The objects themselves, as the APIServer has them.</source>
        <translation>APIServer 中的对象自身。</translation>
    </message>
    <message>
        <source>The Services could not be read.</source>
        <translation>无法读取 Service。</translation>
    </message>
    <message>
        <source>%1 of %2 available</source>
        <translation>%2 个中有 %1 个可用</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>It answers; its page of %1 was read in %2 ms.</source>
        <translation>有应答；其 %1 的页面用 %2 毫秒读完。</translation>
    </message>
    <message>
        <source>It answers. Its page is about %1: it is read when you ask for it.</source>
        <translation>有应答。其页面约 %1：您要求时才读取。</translation>
    </message>
    <message>
        <source>It answers. Its page is large: it is read when you ask for it.</source>
        <translation>有应答。其页面很大：您要求时才读取。</translation>
    </message>
    <message>
        <source>It answers, but wants a login of its own for its data: since when it holds them is not known.</source>
        <translation>有响应，但读取数据需要单独登录，因此不知道数据从何时开始。</translation>
    </message>
    <message>
        <source>It answers, but does not tell since when it holds data.</source>
        <translation>有响应，但没有说明数据从何时开始。</translation>
    </message>
    <message>
        <source>It answers and holds nothing yet.</source>
        <translation>有响应，但其中还没有数据。</translation>
    </message>
    <message>
        <source>It answers; its oldest data are of %1 or the days after (%2).</source>
        <translation>有响应；最早的数据始于 %1 或其后数日（%2）。</translation>
    </message>
    <message>
        <source>It answers, but nothing was written to it since %1; its oldest data are of %2 or the days after.</source>
        <translation>有响应，但自 %1 起没有再写入数据；最早的数据始于 %2 或其后数日。</translation>
    </message>
    <message>
        <source>It answers, but its newest sample of kube-state-metrics is of %1: alarm rules on the state of objects see nothing after that.</source>
        <translation>有响应，但其中 kube-state-metrics 最新样本的时间是 %1：此后的对象状态，告警规则都看不到。</translation>
    </message>
    <message>
        <source>See whether Prometheus still writes to it: its remote write, and the log of both.</source>
        <translation>请查看 Prometheus 是否还在向它写入：检查远程写（remote write）配置以及两者的日志。</translation>
    </message>
    <message>
        <source>Look at the page Targets of Prometheus: whether its job still reaches kube-state-metrics, and what it says of it.</source>
        <translation>请查看 Prometheus 的 Targets 页面：其采集任务是否还能访问 kube-state-metrics，以及报了什么错。</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>%1 (%2 ago)</source>
        <comment>a time, and how long ago that is</comment>
        <translation>%1（%2 前）</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>状况</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>资源类型</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Being deleted since</source>
        <translation>删除开始于</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Finalizers</source>
        <translation>Finalizer</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Resource version</source>
        <translation>资源版本</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>注解</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s), in base64</source>
        <translation>
            <numerusform>%n 字节（base64）</numerusform>
        </translation>
    </message>
    <message>
        <source>Spec</source>
        <translation>Spec</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>%1 for %2 s</source>
        <comment>a toleration</comment>
        <translation>%1，持续 %2 秒</translation>
    </message>
    <message>
        <source>waiting: %1</source>
        <comment>state of a container</comment>
        <translation>等待中：%1</translation>
    </message>
    <message>
        <source>running since %1</source>
        <translation>自 %1 起运行</translation>
    </message>
    <message>
        <source>terminated: %1, exit code %2, %3</source>
        <translation>已终止：%1，退出码 %2，%3</translation>
    </message>
    <message>
        <source>Init container %1</source>
        <translation>初始化容器 %1</translation>
    </message>
    <message>
        <source>Container %1</source>
        <translation>容器 %1</translation>
    </message>
    <message>
        <source>Ephemeral container %1</source>
        <translation>临时容器 %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Last state</source>
        <translation>上一状态</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>重启次数</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source> (read-only)</source>
        <translation>（只读）</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>挂载点</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>IP</source>
        <translation>IP</translation>
    </message>
    <message>
        <source>QoS class</source>
        <translation>QoS 等级</translation>
    </message>
    <message>
        <source>Service account</source>
        <translation>服务账号</translation>
    </message>
    <message>
        <source>Restart policy</source>
        <translation>重启策略</translation>
    </message>
    <message>
        <source>Priority class</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Node selector</source>
        <translation>节点选择器</translation>
    </message>
    <message>
        <source>Tolerations</source>
        <translation>容忍</translation>
    </message>
    <message>
        <source>Scheduling</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>cordoned: no new pods are placed here</source>
        <translation>已封锁：不再调度新的 Pod</translation>
    </message>
    <message>
        <source>Taints</source>
        <translation>Taint</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>%1 allocatable of %2</source>
        <translation>可分配 %1，共 %2</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Replicas wanted</source>
        <translation>期望副本数</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已更新</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Unavailable</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Nodes wanted</source>
        <translation>期望节点数</translation>
    </message>
    <message>
        <source>Nodes ready</source>
        <translation>就绪节点数</translation>
    </message>
    <message>
        <source>Misscheduled</source>
        <translation>误调度</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Update strategy</source>
        <translation>更新策略</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>选择器</translation>
    </message>
</context>
<context>
    <name>Taints</name>
    <message>
        <source>“%1” names no effect: a taint is added as key=value:effect and removed as key:effect- or key-.</source>
        <translation>“%1” 没有写明效果：添加 Taint 写作 key=value:effect，移除写作 key:effect- 或 key-。</translation>
    </message>
    <message>
        <source>“%1” is no effect: NoSchedule, PreferNoSchedule and NoExecute are.</source>
        <translation>“%1” 不是有效的效果：可用的有 NoSchedule、PreferNoSchedule 和 NoExecute。</translation>
    </message>
    <message>
        <source>A taint needs a key.</source>
        <translation>Taint 必须有键。</translation>
    </message>
    <message>
        <source>“%1” cannot be a key: it is made of letters, digits, “-”, “_” and “.”, begins and ends with a letter or digit, and may have a domain and one “/” before it.</source>
        <translation>“%1” 不能作为键：键由字母、数字、“-”、“_” 和 “.” 组成，首尾须为字母或数字，前面可以带一个域名和一个 “/”。</translation>
    </message>
    <message>
        <source>The key “%1” is longer than 63 characters.</source>
        <translation>键 “%1” 超过 63 个字符。</translation>
    </message>
    <message>
        <source>Nothing stands before the “/” of the key: a domain is wanted there.</source>
        <translation>键的 “/” 之前是空的：那里应当是一个域名。</translation>
    </message>
    <message>
        <source>“%1” cannot stand before the “/” of a key: it is a domain of lower-case letters, digits, “-” and “.”.</source>
        <translation>“%1” 不能放在键的 “/” 之前：那里应当是由小写字母、数字、“-” 和 “.” 组成的域名。</translation>
    </message>
    <message>
        <source>The domain “%1” is longer than 253 characters.</source>
        <translation>域名 “%1” 超过 253 个字符。</translation>
    </message>
    <message>
        <source>“%1” cannot be a value: it is made of letters, digits, “-”, “_” and “.”, and begins and ends with a letter or digit.</source>
        <translation>“%1” 不能作为值：值由字母、数字、“-”、“_” 和 “.” 组成，首尾须为字母或数字。</translation>
    </message>
    <message>
        <source>The value “%1” is longer than 63 characters.</source>
        <translation>值 “%1” 超过 63 个字符。</translation>
    </message>
    <message>
        <source>%1 is added twice.</source>
        <translation>%1 添加了两次。</translation>
    </message>
    <message>
        <source>%1 is both added and removed.</source>
        <translation>%1 同时被添加和移除。</translation>
    </message>
    <message>
        <source>“%1” is not a taint: key=value:effect or key:effect adds one, key:effect- or key- removes it.</source>
        <translation>“%1” 不是 Taint：key=value:effect 或 key:effect 为添加，key:effect- 或 key- 为移除。</translation>
    </message>
    <message>
        <source>NoSchedule: pods that do not tolerate it are not placed here any more; those that run stay.</source>
        <translation>NoSchedule：不容忍它的 Pod 不再调度到这里；正在运行的保持不变。</translation>
    </message>
    <message>
        <source>PreferNoSchedule: pods that do not tolerate it are placed elsewhere where that is possible; nothing is kept away for certain.</source>
        <translation>PreferNoSchedule：不容忍它的 Pod 尽可能调度到别处；不保证一定避开。</translation>
    </message>
    <message>
        <source>NoExecute: pods that do not tolerate it are deleted now; PodDisruptionBudgets do not stop it.</source>
        <translation>NoExecute：不容忍它的 Pod 会立即被删除；PodDisruptionBudget 拦不住。</translation>
    </message>
    <message>
        <source>The data of its emptyDir volumes (%1) goes with it.</source>
        <translation>它的 emptyDir 数据卷（%1）中的数据会一并丢失。</translation>
    </message>
    <message>
        <source>It uses directories of this node (%1): elsewhere it does not find that data.</source>
        <translation>它使用这个节点上的目录（%1）：换到别处就找不到这些数据。</translation>
    </message>
    <message>
        <source>A static pod: the kubelet runs it from a file, and a taint does not end it for good.</source>
        <translation>静态 Pod：由 kubelet 按文件运行，Taint 不会让它真正停止。</translation>
    </message>
    <message>
        <source>Nothing keeps it: once deleted it does not come back.</source>
        <translation>没有控制器管理它：删除后不会再重建。</translation>
    </message>
    <message>
        <source>Its DaemonSet does not tolerate these taints and makes no other here.</source>
        <translation>它的 DaemonSet 不容忍这些 Taint，不会在这里重建。</translation>
    </message>
    <message>
        <source>It is being deleted already.</source>
        <translation>它正在被删除。</translation>
    </message>
    <message>
        <source>It has finished; it is deleted all the same.</source>
        <translation>它已运行结束，但同样会被删除。</translation>
    </message>
    <message>
        <source>It was to go before this change as well.</source>
        <translation>在这次修改之前它就要被驱逐。</translation>
    </message>
    <message>
        <source>It was to be evicted, and now stays.</source>
        <translation>它原本要被驱逐，现在保留。</translation>
    </message>
    <message>
        <source>A toleration with Lt or Gt may match: that needs the feature gate TaintTolerationComparisonOperators.</source>
        <translation>带 Lt 或 Gt 的容忍可能匹配：这需要开启特性门控 TaintTolerationComparisonOperators。</translation>
    </message>
    <message>
        <source>%1 belongs to Kubernetes&apos; own controllers: they set it and take it away again by what they see of the node.</source>
        <translation>%1 由 Kubernetes 自己的控制器管理：它们会根据节点状态添加和移除它。</translation>
    </message>
    <message>
        <source>%1 is a control-plane node: what runs there keeps the cluster alive.</source>
        <translation>%1 是控制面节点：运行在上面的组件维系着整个集群。</translation>
    </message>
    <message>
        <source>%1 is a master of TKEStack&apos;s global cluster: the platform&apos;s own parts (tke-*) run there and tolerate no taints. They do not come back after a restart, and NoExecute ends them.</source>
        <translation>%1 是 TKEStack global 集群的 Master 节点：平台自身的组件（tke-*）运行在上面，且不容忍任何 Taint。它们重启后将无法回来，NoExecute 会直接驱逐它们。</translation>
    </message>
    <message>
        <source>NoExecute deletes pods directly: PodDisruptionBudgets do not stop it.</source>
        <translation>NoExecute 会直接删除 Pod：PodDisruptionBudget 拦不住。</translation>
    </message>
    <message>
        <source>%1 does not have %2.</source>
        <translation>%1 上没有 %2。</translation>
    </message>
    <message>
        <source>%1 has %2; its value is replaced.</source>
        <translation>%1 上有 %2；它的值会被替换。</translation>
    </message>
    <message>
        <source>The pods could not be read: who would be evicted is not known.</source>
        <translation>无法读取 Pod：不知道哪些会被驱逐。</translation>
    </message>
    <message>
        <source>The pending pods could not be read: who could be placed is not known.</source>
        <translation>无法读取待调度的 Pod：不知道哪些可以调度。</translation>
    </message>
    <message>
        <source>The PodDisruptionBudgets could not be read.</source>
        <translation>无法读取 PodDisruptionBudget。</translation>
    </message>
    <message>
        <source>Nothing changes: the taints are as they are wanted.</source>
        <translation>无变化：Taint 已经是所要的样子。</translation>
    </message>
    <message>
        <source>evicted now</source>
        <translation>立即驱逐</translation>
    </message>
    <message>
        <source>evicted after %1 s</source>
        <translation>%1 秒后驱逐</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>保留</translation>
    </message>
    <message numerus="yes">
        <source>%1 allows %2 disruptions now; %n pods of it would be evicted.</source>
        <translation>
            <numerusform>%1 目前允许中断 %2 个；将有 %n 个 Pod 被驱逐。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pods of %1 would be evicted, which it allows.</source>
        <translation>
            <numerusform>%1 的 %n 个 Pod 将被驱逐，在其允许范围内。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsageRanges</name>
    <message>
        <source>Prometheus has %1, but nothing of this object at that time.</source>
        <translation>Prometheus 有指标 %1，但在该时段内没有此对象的数据。</translation>
    </message>
    <message>
        <source>Prometheus has no such metric: %1. It scrapes neither cAdvisor nor node-exporter.</source>
        <translation>Prometheus 没有该指标：%1。它既未采集 cAdvisor，也未采集 node-exporter。</translation>
    </message>
    <message>
        <source>The answer is empty, and Prometheus does not tell whether it has %1.</source>
        <translation>结果为空，且 Prometheus 没有说明它是否有指标 %1。</translation>
    </message>
    <message numerus="yes">
        <source>CPU is the average over the %n second(s) before each value.</source>
        <translation>
            <numerusform>CPU 是每个取值之前 %n 秒内的平均值。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One value every %n second(s).</source>
        <translation>
            <numerusform>每 %n 秒一个取值。</numerusform>
        </translation>
    </message>
    <message>
        <source>There were too many values: the answer was cut.</source>
        <translation>取值过多，结果已被截断。</translation>
    </message>
    <message>
        <source>Prometheus warns: %1</source>
        <translation>Prometheus 警告：%1</translation>
    </message>
    <message>
        <source>It is the sum over the pods that have the names which its controller gives.</source>
        <translation>这是各 Pod 之和，Pod 按其控制器的命名规则识别。</translation>
    </message>
</context>
<context>
    <name>models::AddressesModel</name>
    <message>
        <source>%1 (in use)</source>
        <comment>Real, Advertise, ...</comment>
        <translation>%1（使用中）</translation>
    </message>
    <message>
        <source>%1 / %2 ms</source>
        <comment>median and worst latency</comment>
        <translation>%1 / %2 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟偏差</translation>
    </message>
</context>
<context>
    <name>models::BusinessesModel</name>
    <message>
        <source>%1, locked</source>
        <comment>phase of a business</comment>
        <translation>%1，已锁定</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>业务</translation>
    </message>
    <message>
        <source>Its phase</source>
        <translation>业务状态</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>In the cluster</source>
        <translation>集群中的情况</translation>
    </message>
    <message>
        <source>More quota</source>
        <translation>其他配额</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>%1 已用</translation>
    </message>
    <message>
        <source>%1 quota</source>
        <translation>%1 配额</translation>
    </message>
</context>
<context>
    <name>models::ClusterData</name>
    <message>
        <source>not verified</source>
        <translation>未校验</translation>
    </message>
    <message>
        <source>not verified, %1</source>
        <comment>then the connection&apos;s state</comment>
        <translation>未校验，%1</translation>
    </message>
    <message>
        <source>Nobody checks who answers at this address (insecure-skip-tls-verify).</source>
        <translation>没有校验这个地址上应答者的身份（insecure-skip-tls-verify）。</translation>
    </message>
</context>
<context>
    <name>models::ClusterTreeModel</name>
    <message>
        <source>Clusters</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>故障排查</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>监控指标</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Member clusters</source>
        <translation>成员集群</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>type, version and phase of a cluster</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Failed says that the platform cannot reach it, not that it is down.</source>
        <translation>Failed 表示平台无法访问它，并不表示集群已停止。</translation>
    </message>
    <message>
        <source>looking for a way…</source>
        <translation>正在寻找访问途径…</translation>
    </message>
    <message>
        <source>no longer on the platform</source>
        <translation>平台上已没有</translation>
    </message>
    <message>
        <source>The platform lists it no longer. It stays here until it is disconnected.</source>
        <translation>平台不再列出该集群。在断开连接之前，它仍显示在这里。</translation>
    </message>
</context>
<context>
    <name>models::ContextsModel</name>
    <message>
        <source>Added by hand</source>
        <translation>手动添加</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>models::ContrastModel</name>
    <message>
        <source>%1, over %2 s until %3</source>
        <comment>an amount, a number of seconds, a time</comment>
        <translation>%1，截至 %3 的 %2 秒平均值</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>an amount, a time</comment>
        <translation>%1，时间 %2</translation>
    </message>
    <message>
        <source>Read at</source>
        <translation>读取时间</translation>
    </message>
    <message>
        <source>CPU in use</source>
        <translation>CPU 使用量</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>内存使用量</translation>
    </message>
    <message>
        <source>CPU requested</source>
        <translation>CPU 请求量</translation>
    </message>
    <message>
        <source>Memory requested</source>
        <translation>内存请求量</translation>
    </message>
    <message>
        <source>CPU allocatable</source>
        <translation>CPU 可分配量</translation>
    </message>
    <message>
        <source>Memory allocatable</source>
        <translation>内存可分配量</translation>
    </message>
    <message>
        <source>CPU capacity</source>
        <translation>CPU 容量</translation>
    </message>
    <message>
        <source>Memory capacity</source>
        <translation>内存容量</translation>
    </message>
    <message>
        <source>CPU limit</source>
        <translation>CPU 限制</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>内存限制</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>重启次数</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Used of allocatable</source>
        <translation>使用量占可分配量</translation>
    </message>
    <message>
        <source>Requested of allocatable</source>
        <translation>请求量占可分配量</translation>
    </message>
    <message>
        <source>Used of request</source>
        <translation>使用量占请求量</translation>
    </message>
    <message>
        <source>Used of limit</source>
        <translation>使用量占限制</translation>
    </message>
    <message>
        <source>Pods with a sample</source>
        <translation>有采样的 Pod</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>CPU request / limit</source>
        <translation>CPU 请求 / 限制</translation>
    </message>
    <message>
        <source>CPU requested / allocatable</source>
        <translation>CPU 请求 / 可分配</translation>
    </message>
    <message>
        <source>Memory request / limit</source>
        <translation>内存请求 / 限制</translation>
    </message>
    <message>
        <source>Memory requested / allocatable</source>
        <translation>内存请求 / 可分配</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>CPU of request</source>
        <translation>CPU 占请求</translation>
    </message>
    <message>
        <source>CPU of allocatable</source>
        <translation>CPU 占可分配</translation>
    </message>
    <message>
        <source>CPU of limit</source>
        <translation>CPU 占限制</translation>
    </message>
    <message>
        <source>Memory of request</source>
        <translation>内存占请求</translation>
    </message>
    <message>
        <source>Memory of allocatable</source>
        <translation>内存占可分配</translation>
    </message>
    <message>
        <source>Memory of limit</source>
        <translation>内存占限制</translation>
    </message>
    <message>
        <source>Why they disagree</source>
        <translation>不一致的原因</translation>
    </message>
    <message>
        <source>Usage now (metrics-server)</source>
        <translation>当前使用量 (metrics-server)</translation>
    </message>
    <message>
        <source>Ratios</source>
        <translation>比率</translation>
    </message>
    <message>
        <source>Declared and observed (kube-state-metrics)</source>
        <translation>声明与观测状态 (kube-state-metrics)</translation>
    </message>
    <message>
        <source>Object (APIServer)</source>
        <translation>对象 (APIServer)</translation>
    </message>
    <message>
        <source>%1, contradicted</source>
        <translation>%1，有矛盾</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a column, the source it is from</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 at %2 (%3)</source>
        <comment>an amount, a time, a path</comment>
        <translation>%1，取自 %2（%3）</translation>
    </message>
    <message>
        <source>%1, over %2 s until %3 (%4)</source>
        <comment>an amount, a number of seconds, a time, a path</comment>
        <translation>%1，截至 %3 的 %2 秒内（%4）</translation>
    </message>
    <message>
        <source>%1 s of CPU time</source>
        <translation>%1 秒 CPU 时间</translation>
    </message>
    <message>
        <source>A kubelet counts CPU time. Asked again, its growth is what is in use: so metrics-server reckons it.</source>
        <translation>kubelet 累计 CPU 时间。再读取一次，其增量即为使用量：metrics-server 就是这样计算的。</translation>
    </message>
</context>
<context>
    <name>models::JournalModel</name>
    <message>
        <source>asked</source>
        <translation>已发出</translation>
    </message>
    <message>
        <source>%1 streaming</source>
        <comment>HTTP status</comment>
        <translation>%1 接收中</translation>
    </message>
    <message>
        <source>ended by us</source>
        <translation>由本端结束</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Verb</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节数</translation>
    </message>
</context>
<context>
    <name>models::KubeconfigFilesModel</name>
    <message>
        <source>Added here</source>
        <translation>在此添加</translation>
    </message>
    <message>
        <source>KUBECONFIG or ~/.kube/config</source>
        <translation>KUBECONFIG 或 ~/.kube/config</translation>
    </message>
    <message>
        <source>Kubeconfig</source>
        <translation>Kubeconfig 文件</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Contexts</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>发现的问题</translation>
    </message>
</context>
<context>
    <name>ui::ActForm</name>
    <message numerus="yes">
        <source>Cordon %n nodes</source>
        <translation>
            <numerusform>封锁 %n 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Uncordon %n nodes</source>
        <translation>
            <numerusform>取消封锁 %n 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n workloads</source>
        <translation>
            <numerusform>重启 %n 个工作负载</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Suspend %n objects</source>
        <translation>
            <numerusform>暂停 %n 个对象</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume %n objects</source>
        <translation>
            <numerusform>恢复 %n 个对象</numerusform>
        </translation>
    </message>
    <message>
        <source>Cordon</source>
        <translation>封锁</translation>
    </message>
    <message>
        <source>Uncordon</source>
        <translation>取消封锁</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>No new pods are placed on the node. Those that run there stay.</source>
        <translation>不再向该节点调度新的 Pod，已在运行的 Pod 保留。</translation>
    </message>
    <message>
        <source>New pods may be placed on the node again.</source>
        <translation>可以重新向该节点调度新的 Pod。</translation>
    </message>
    <message>
        <source>All pods are replaced, with the same template.</source>
        <translation>所有 Pod 会按相同的模板替换。</translation>
    </message>
    <message>
        <source>It starts nothing more until it is resumed.</source>
        <translation>在恢复之前不再启动任何内容。</translation>
    </message>
    <message>
        <source>It goes on from now.</source>
        <translation>从现在起继续运行。</translation>
    </message>
</context>
<context>
    <name>ui::Action</name>
    <message>
        <source>&amp;Export Table as CSV…</source>
        <translation>将表格导出为 CSV(&amp;E)…</translation>
    </message>
    <message>
        <source>Copy &amp;Link to This View</source>
        <translation>复制此视图的链接(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Close Tab</source>
        <translation>关闭标签页(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>断开连接(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Find or Filter</source>
        <translation>查找或筛选(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Columns…</source>
        <translation>列(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Journal</source>
        <translation>请求日志(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Search or Run…</source>
        <translation>搜索或运行(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>后退(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>前进(&amp;F)</translation>
    </message>
    <message>
        <source>To the Cluster &amp;Tree</source>
        <translation>转到集群树(&amp;T)</translation>
    </message>
    <message>
        <source>Next &amp;Pane</source>
        <translation>下一窗格(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Next Tab</source>
        <translation>下一标签页(&amp;N)</translation>
    </message>
    <message>
        <source>P&amp;revious Tab</source>
        <translation>上一标签页(&amp;R)</translation>
    </message>
    <message>
        <source>Tab &amp;1</source>
        <translation>标签页 &amp;1</translation>
    </message>
    <message>
        <source>Tab &amp;2</source>
        <translation>标签页 &amp;2</translation>
    </message>
    <message>
        <source>Tab &amp;3</source>
        <translation>标签页 &amp;3</translation>
    </message>
    <message>
        <source>Tab &amp;4</source>
        <translation>标签页 &amp;4</translation>
    </message>
    <message>
        <source>Tab &amp;5</source>
        <translation>标签页 &amp;5</translation>
    </message>
    <message>
        <source>Tab &amp;6</source>
        <translation>标签页 &amp;6</translation>
    </message>
    <message>
        <source>Tab &amp;7</source>
        <translation>标签页 &amp;7</translation>
    </message>
    <message>
        <source>Tab &amp;8</source>
        <translation>标签页 &amp;8</translation>
    </message>
    <message>
        <source>Tab &amp;9</source>
        <translation>标签页 &amp;9</translation>
    </message>
    <message>
        <source>Switch &amp;Language</source>
        <translation>切换语言(&amp;L)</translation>
    </message>
    <message>
        <source>Switch Between Light and &amp;Dark</source>
        <translation>切换浅色与深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Alidade</source>
        <translation>关于照准仪(&amp;A)</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>Theme: As the System</source>
        <translation>主题：跟随系统</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>Theme: Light</source>
        <translation>主题：浅色</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>Theme: Dark</source>
        <translation>主题：深色</translation>
    </message>
    <message>
        <source>Language: As the System</source>
        <translation>语言：跟随系统</translation>
    </message>
    <message>
        <source>&amp;English</source>
        <translation>英文 English(&amp;E)</translation>
    </message>
    <message>
        <source>Language: English</source>
        <translation>语言：英文</translation>
    </message>
    <message>
        <source>&amp;Chinese (简体中文)</source>
        <translation>简体中文(&amp;C)</translation>
    </message>
    <message>
        <source>Language: Chinese</source>
        <translation>语言：简体中文</translation>
    </message>
    <message>
        <source>Cluster T&amp;ree</source>
        <translation>集群树(&amp;R)</translation>
    </message>
    <message>
        <source>Apply &amp;Manifests…</source>
        <translation>应用清单(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Troubleshoot</source>
        <translation>故障排查(&amp;T)</translation>
    </message>
    <message>
        <source>Ta&amp;ints…</source>
        <translation>污点(&amp;I)…</translation>
    </message>
    <message>
        <source>Co&amp;nnections</source>
        <translation>连接(&amp;N)</translation>
    </message>
    <message>
        <source>New Deployment with a &amp;Host Path…</source>
        <translation>新建带主机路径的 Deployment(&amp;H)…</translation>
    </message>
    <message>
        <source>M&amp;etrics</source>
        <translation>监控指标(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Businesses</source>
        <translation>业务(&amp;B)</translation>
    </message>
    <message>
        <source>Keep E&amp;vents…</source>
        <translation>事件持久化(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Open Snapshot…</source>
        <translation>打开快照(&amp;O)…</translation>
    </message>
    <message>
        <source>Open the &amp;Demo</source>
        <translation>打开演示(&amp;D)</translation>
    </message>
    <message>
        <source>Close the S&amp;napshot</source>
        <translation>关闭快照(&amp;N)</translation>
    </message>
    <message>
        <source>Open &amp;Kubeconfig…</source>
        <translation>打开 Kubeconfig(&amp;K)…</translation>
    </message>
    <message>
        <source>Take a &amp;Snapshot…</source>
        <translation>生成快照(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Addons</source>
        <translation>扩展组件(&amp;A)</translation>
    </message>
</context>
<context>
    <name>ui::AddonDetail</name>
    <message>
        <source>%1: %2</source>
        <comment>an object, then how it is</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>What that means</source>
        <translation>这意味着</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>%1 (the platform offers %2)</source>
        <comment>versions</comment>
        <translation>%1（平台提供 %2）</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What it made in the cluster</source>
        <translation>它在集群中创建的对象</translation>
    </message>
    <message>
        <source>%1, left over</source>
        <comment>a type of addons</comment>
        <translation>%1（残留）</translation>
    </message>
    <message>
        <source>What is there</source>
        <translation>现有对象</translation>
    </message>
</context>
<context>
    <name>ui::AddonsController</name>
    <message>
        <source>Addons are being read…</source>
        <translation>正在读取扩展组件…</translation>
    </message>
    <message>
        <source>The clusters are being looked at…</source>
        <translation>正在查看集群…</translation>
    </message>
    <message>
        <source>No addon is installed in the clusters of this platform.</source>
        <translation>该平台的集群中没有安装扩展组件。</translation>
    </message>
    <message>
        <source>Nothing is known of the addons of this platform.</source>
        <translation>该平台的扩展组件情况未知。</translation>
    </message>
    <message>
        <source>They are installed in the console, under 扩展组件.</source>
        <translation>在控制台的“扩展组件”中安装。</translation>
    </message>
</context>
<context>
    <name>ui::AddonsPage</name>
    <message>
        <source>%1 (%2)</source>
        <comment>a cluster&apos;s name for people, then its id</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>left over</source>
        <translation>残留</translation>
    </message>
    <message>
        <source>being looked at…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>how many rows are shown, of all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n addons</source>
        <translation>
            <numerusform>%n 个扩展组件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <comment>addons that are not well</comment>
        <translation>
            <numerusform>%n 个需要查看</numerusform>
        </translation>
    </message>
    <message>
        <source>What stands in %1 is not known: %2</source>
        <translation>%1 中的情况未知：%2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more that could not be read</source>
        <translation>
            <numerusform>另有 %n 项无法读取</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose an addon to see what it made in its cluster.</source>
        <translation>选择一个扩展组件，查看它在集群中创建了什么。</translation>
    </message>
    <message>
        <source>Addons · %1</source>
        <comment>the platform&apos;s context</comment>
        <translation>扩展组件 · %1</translation>
    </message>
    <message>
        <source>Search addons and clusters</source>
        <translation>搜索扩展组件和集群</translation>
    </message>
    <message>
        <source>Addons</source>
        <translation>扩展组件</translation>
    </message>
    <message>
        <source>What is known of what is chosen</source>
        <translation>所选项的已知信息</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Addon</source>
        <translation>扩展组件</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>In the cluster</source>
        <translation>集群中</translation>
    </message>
</context>
<context>
    <name>ui::ApplyBar</name>
    <message>
        <source>To confirm, type %1:</source>
        <translation>请输入 %1 以确认：</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Start from what is there now</source>
        <translation>以当前内容为准重来</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>放弃草稿</translation>
    </message>
</context>
<context>
    <name>ui::BusinessDetail</name>
    <message>
        <source>%1, %2 left</source>
        <comment>quota</comment>
        <translation>%1，剩余 %2</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>已用 %1，共 %2</translation>
    </message>
    <message>
        <source>%1 of %2 used, %3 left</source>
        <translation>已用 %1，共 %2，剩余 %3</translation>
    </message>
    <message numerus="yes">
        <source>and %n more: the table lists all</source>
        <translation>
            <numerusform>另有 %n 个：表格中列出全部</numerusform>
        </translation>
    </message>
    <message>
        <source>Parent and children</source>
        <translation>上级业务与子业务</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>上级业务</translation>
    </message>
    <message>
        <source>%1, which was not found</source>
        <translation>%1（未找到）</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>子业务</translation>
    </message>
    <message>
        <source>Quota in %1</source>
        <translation>在 %1 中的配额</translation>
    </message>
    <message>
        <source>Nothing is limited here.</source>
        <translation>此处没有限制。</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>The platform makes nothing in it.</source>
        <translation>平台不会在其中创建任何内容。</translation>
    </message>
    <message>
        <source>What failed</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>none in spec.members</source>
        <translation>spec.members 为空</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>配额</translation>
    </message>
    <message>
        <source>%1, planned</source>
        <translation>%1（平台记录）</translation>
    </message>
    <message>
        <source>%1, in the cluster</source>
        <translation>%1（集群中）</translation>
    </message>
    <message>
        <source>Nothing is limited.</source>
        <translation>没有限制。</translation>
    </message>
    <message>
        <source>Namespace %1</source>
        <translation>命名空间 %1</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>业务</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Why one</source>
        <translation>为何只有一个</translation>
    </message>
    <message>
        <source>The platform says</source>
        <translation>平台给出的信息</translation>
    </message>
    <message>
        <source>In the cluster</source>
        <translation>集群中的情况</translation>
    </message>
    <message>
        <source>Live namespace</source>
        <translation>实际命名空间</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>当前集群</translation>
    </message>
    <message>
        <source>The platform itself runs here; this window is connected to it.</source>
        <translation>平台自身运行在此集群；当前窗口连接的就是它。</translation>
    </message>
    <message>
        <source>May be used by</source>
        <translation>可使用的业务</translation>
    </message>
    <message>
        <source>Namespaces here</source>
        <translation>此集群中的命名空间</translation>
    </message>
</context>
<context>
    <name>ui::BusinessGraph</name>
    <message>
        <source>Business %1, phase %2</source>
        <translation>业务 %1，状态 %2</translation>
    </message>
    <message>
        <source>It is locked.</source>
        <translation>已锁定。</translation>
    </message>
    <message>
        <source>%1: %2 of the quota are given out.</source>
        <translation>%1：配额已分配 %2。</translation>
    </message>
    <message numerus="yes">
        <source>Folded: %n businesses and namespaces are not shown.</source>
        <translation>
            <numerusform>已折叠：%n 个业务和命名空间未显示。</numerusform>
        </translation>
    </message>
    <message>
        <source>Namespace %1 in the cluster %2, phase %3</source>
        <translation>集群 %2 中的命名空间 %1，状态 %3</translation>
    </message>
    <message>
        <source>%1: %2 of the quota are used.</source>
        <translation>%1：配额已用 %2。</translation>
    </message>
    <message numerus="yes">
        <source>Cluster %1: %n namespaces of businesses</source>
        <translation>
            <numerusform>集群 %1：%n 个业务命名空间</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::BusinessGraphView</name>
    <message>
        <source>Business</source>
        <translation>业务</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Businesses, their namespaces and their clusters</source>
        <translation>业务及其命名空间和集群</translation>
    </message>
    <message>
        <source>Arrow keys walk, Return opens, Space folds, + and - zoom, 0 shows all. The table has the same content.</source>
        <translation>方向键移动，回车键打开，空格键折叠，+ 和 - 缩放，0 显示全部。表格的内容与此相同。</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>names</comment>
        <translation>
            <numerusform>%1 等，另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Leads here: %1</source>
        <translation>来自：%1</translation>
    </message>
    <message>
        <source>Leads to: %1</source>
        <translation>通向：%1</translation>
    </message>
</context>
<context>
    <name>ui::BusinessesController</name>
    <message>
        <source>Businesses are being read…</source>
        <translation>正在读取业务…</translation>
    </message>
    <message>
        <source>The clusters are being looked at…</source>
        <translation>正在查看各集群…</translation>
    </message>
    <message>
        <source>This context is read-only: nothing is sent.</source>
        <translation>该上下文为只读：不发送任何修改。</translation>
    </message>
    <message>
        <source>This platform has no businesses.</source>
        <translation>该平台没有业务。</translation>
    </message>
    <message>
        <source>Nothing is known of the businesses of this platform.</source>
        <translation>无法得知该平台的业务情况。</translation>
    </message>
    <message>
        <source>They are made in the console, under business management (业务管理).</source>
        <translation>业务在控制台的业务管理中创建。</translation>
    </message>
</context>
<context>
    <name>ui::BusinessesPage</name>
    <message>
        <source>Choose a business, a namespace or a cluster to see what is known of it.</source>
        <translation>选择一个业务、命名空间或集群，即可查看其详情。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>how many rows are shown, of all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n found; Return goes to the next</source>
        <translation>
            <numerusform>找到 %n 个；按回车键跳到下一个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n businesses</source>
        <translation>
            <numerusform>%n 个业务</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n namespaces</source>
        <translation>
            <numerusform>%n 个命名空间</numerusform>
        </translation>
    </message>
    <message>
        <source>The businesses are not known, only their namespaces: %1</source>
        <translation>业务未知，只有其命名空间：%1</translation>
    </message>
    <message>
        <source>The namespaces are not known, only their businesses: %1</source>
        <translation>命名空间未知，只有其业务：%1</translation>
    </message>
    <message>
        <source>Businesses · %1</source>
        <translation>业务 · %1</translation>
    </message>
    <message>
        <source>Search businesses, namespaces and clusters</source>
        <translation>搜索业务、命名空间和集群</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>关系图</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>How businesses are shown</source>
        <translation>业务的显示方式</translation>
    </message>
    <message>
        <source>New namespace…</source>
        <translation>新建命名空间…</translation>
    </message>
    <message>
        <source>Why can a user not see a business…</source>
        <translation>用户为何看不到业务…</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>全部折叠</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Show all of the graph (0)</source>
        <translation>显示整个关系图 (0)</translation>
    </message>
    <message>
        <source>Businesses and their namespaces</source>
        <translation>业务及其命名空间</translation>
    </message>
    <message>
        <source>What is known of what is chosen</source>
        <translation>所选项的详情</translation>
    </message>
</context>
<context>
    <name>ui::CaptureController</name>
    <message>
        <source>The cluster was disconnected; the snapshot was given up and left no file.</source>
        <translation>集群连接已断开；已放弃生成快照，未留下文件。</translation>
    </message>
    <message>
        <source>The cluster is not connected.</source>
        <translation>集群未连接。</translation>
    </message>
    <message>
        <source>Given up; no file was left.</source>
        <translation>已放弃，未留下文件。</translation>
    </message>
</context>
<context>
    <name>ui::CaptureDialog</name>
    <message>
        <source>Take a snapshot into</source>
        <translation>将快照保存到</translation>
    </message>
    <message>
        <source>Snapshots (*.alidade)</source>
        <translation>快照 (*.alidade)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>To confirm, type “%1”:</source>
        <translation>请输入“%1”以确认：</translation>
    </message>
    <message>
        <source>This file is there already, and is replaced.</source>
        <translation>该文件已存在，将被替换。</translation>
    </message>
    <message>
        <source>It is given up…</source>
        <translation>正在放弃…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n requests</source>
        <translation>
            <numerusform>%n 次请求</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 written</source>
        <comment>a size</comment>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>The snapshot is in %1: %2 after %3 requests.</source>
        <translation>快照位于 %1：%2，共 %3 次请求。</translation>
    </message>
    <message numerus="yes">
        <source>%n parts were not captured:</source>
        <translation>
            <numerusform>%n 个部分未采集：</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that was asked for was captured.</source>
        <translation>请求的内容已全部采集。</translation>
    </message>
    <message>
        <source>Take a snapshot</source>
        <translation>生成快照</translation>
    </message>
    <message>
        <source>Take a snapshot of %1</source>
        <translation>为 %1 生成快照</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Redact secrets</source>
        <translation>对敏感信息脱敏(&amp;R)</translation>
    </message>
    <message>
        <source>Passwords, tokens, keys and the data of Secrets are replaced before they are written. Names, labels and images stay as they are.</source>
        <translation>密码、令牌、密钥和 Secret 的数据在写入前会被替换。名称、标签和镜像保持原样。</translation>
    </message>
    <message>
        <source>Replace the &amp;addresses of nodes and masters as well</source>
        <translation>同时替换节点和 Master 的地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Take the snapshot</source>
        <translation>生成快照(&amp;T)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>在文件夹中显示(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open it</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>ui::ChangeCommands</name>
    <message>
        <source>Nothing is selected.</source>
        <translation>未选择任何对象。</translation>
    </message>
    <message>
        <source>This context is read-only.</source>
        <translation>此上下文为只读。</translation>
    </message>
    <message>
        <source>Choose one object.</source>
        <translation>请选择一个对象。</translation>
    </message>
    <message>
        <source>The rule “%1” is missing.</source>
        <translation>缺少规则“%1”。</translation>
    </message>
    <message>
        <source>Cordon…</source>
        <translation>封锁…</translation>
    </message>
    <message>
        <source>Uncordon…</source>
        <translation>取消封锁…</translation>
    </message>
    <message>
        <source>Scale…</source>
        <translation>更新 Pod 数量…</translation>
    </message>
    <message>
        <source>Restart…</source>
        <translation>重启…</translation>
    </message>
    <message>
        <source>Suspend…</source>
        <translation>暂停…</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Update image…</source>
        <translation>更新镜像…</translation>
    </message>
    <message>
        <source>Edit labels…</source>
        <translation>编辑标签…</translation>
    </message>
    <message>
        <source>Edit annotations…</source>
        <translation>编辑注解…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Mount a host path…</source>
        <translation>挂载主机路径…</translation>
    </message>
    <message>
        <source>Copy with a host path…</source>
        <translation>复制并挂载主机路径…</translation>
    </message>
</context>
<context>
    <name>ui::ChangeController</name>
    <message>
        <source>A deletion cannot be taken back. What the object was is kept in %1.</source>
        <translation>删除无法撤销。对象原来的内容保存在 %1。</translation>
    </message>
    <message>
        <source>What depends on it is being read…</source>
        <translation>正在读取从属对象…</translation>
    </message>
    <message>
        <source>Somebody changed it since it was shown.</source>
        <translation>显示之后有人修改了它。</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>is being deleted</source>
        <translation>删除中</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>would be accepted</source>
        <translation>会被接受</translation>
    </message>
    <message>
        <source>nothing to do</source>
        <translation>无需改动</translation>
    </message>
    <message>
        <source>tried…</source>
        <translation>正在尝试…</translation>
    </message>
    <message>
        <source>written…</source>
        <translation>正在写入…</translation>
    </message>
    <message numerus="yes">
        <source>%n objects were not written; the reason stands beside each.</source>
        <translation>
            <numerusform>%n 个对象未写入，原因见各行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>已撤销。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>Deleted.</source>
        <translation>已删除。</translation>
    </message>
    <message>
        <source>It is being deleted.</source>
        <translation>正在删除。</translation>
    </message>
    <message>
        <source>It is being deleted, and stays until this is done: %1.</source>
        <translation>正在删除，在以下事项完成之前会一直存在：%1。</translation>
    </message>
    <message>
        <source>This context is read-only: nothing is sent.</source>
        <translation>此上下文为只读：不会发送任何内容。</translation>
    </message>
    <message>
        <source>You may not do this here: the rule “%1” is missing.</source>
        <translation>您无权在此执行该操作：缺少规则“%1”。</translation>
    </message>
    <message>
        <source>The object is being read…</source>
        <translation>正在读取对象…</translation>
    </message>
    <message>
        <source>The server is judging it…</source>
        <translation>服务器正在评判…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message numerus="yes">
        <source>%n objects cannot be written; the reason stands beside each.</source>
        <translation>
            <numerusform>%n 个对象无法写入，原因见各行。</numerusform>
        </translation>
    </message>
    <message>
        <source>The server would accept it.</source>
        <translation>服务器会接受它。</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>不会有任何改变。</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <comment>an act, a kind, an object</comment>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>%1: %2 × %3</source>
        <comment>an act, a kind, how many</comment>
        <translation>%1：%2 × %3</translation>
    </message>
    <message>
        <source>would be sent</source>
        <translation>将会发送</translation>
    </message>
</context>
<context>
    <name>ui::ChangeSheet</name>
    <message>
        <source>To confirm, type “%1”:</source>
        <translation>请输入“%1”以确认：</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>将会发生</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将会发生什么</translation>
    </message>
    <message>
        <source>Difference between the live object and the server&apos;s answer</source>
        <translation>现有对象与服务器应答之间的差异</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>不会有任何改变。</translation>
    </message>
    <message>
        <source>The same with</source>
        <translation>等价命令的工具</translation>
    </message>
    <message>
        <source>The equal command</source>
        <translation>等价的命令</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Start from what is there now</source>
        <translation>以当前内容为准重来</translation>
    </message>
</context>
<context>
    <name>ui::ClusterDialog</name>
    <message>
        <source>It answered: Kubernetes %1, in %2 ms.</source>
        <translation>已应答：Kubernetes %1，用时 %2 毫秒。</translation>
    </message>
    <message>
        <source>Give the cluster a name.</source>
        <translation>请填写集群名称。</translation>
    </message>
    <message>
        <source>There is a context “%1” already.</source>
        <translation>已有名为“%1”的上下文。</translation>
    </message>
    <message>
        <source>“%1” is not an address with its type, such as 10.0.222.46:6443 Real.</source>
        <translation>“%1”不是带类型的地址，例如 10.0.222.46:6443 Real。</translation>
    </message>
    <message>
        <source>Give the address of an API server.</source>
        <translation>请填写 APIServer 地址。</translation>
    </message>
    <message>
        <source>The CA is no certificate: it begins with -----BEGIN CERTIFICATE-----, or is that in base64.</source>
        <translation>CA 不是证书：应以 -----BEGIN CERTIFICATE----- 开头，或是其 base64 形式。</translation>
    </message>
    <message>
        <source>The token holds characters that no token has.</source>
        <translation>Token 中含有不应出现的字符。</translation>
    </message>
    <message>
        <source>Without a token the server is asked as nobody.</source>
        <translation>没有 Token 时，将以匿名身份访问服务器。</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>正在访问 %1…</translation>
    </message>
    <message>
        <source>Edit cluster %1</source>
        <translation>编辑集群 %1</translation>
    </message>
    <message>
        <source>Add a cluster</source>
        <translation>添加集群</translation>
    </message>
    <message>
        <source>Paste everything that the TKEStack console shows as 集群凭证 (cluster credential), or a whole kubeconfig. What is found goes into the fields.</source>
        <translation>请把 TKEStack 控制台“集群凭证”对话框中的全部内容，或整个 kubeconfig 粘贴到这里，识别到的内容会填入右侧各栏。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Addresses</source>
        <translation>APIServer地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>Token 令牌(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;CA certificate</source>
        <translation>集群CA证书(&amp;C)</translation>
    </message>
    <message>
        <source>TLS ser&amp;ver name</source>
        <translation>TLS 服务器名(&amp;V)</translation>
    </message>
    <message>
        <source>Name&amp;space</source>
        <translation>命名空间(&amp;S)</translation>
    </message>
    <message>
        <source>Text to take over</source>
        <translation>要识别的文本</translation>
    </message>
    <message>
        <source>One a line, the first is asked: 10.0.222.46:6443 Real</source>
        <translation>每行一个，使用第一个：10.0.222.46:6443 Real</translation>
    </message>
    <message>
        <source>Kept in the keychain; type to replace it</source>
        <translation>已保存在密钥环中；输入即替换</translation>
    </message>
    <message>
        <source>Only if the certificate is made out to another name</source>
        <translation>仅当证书签发给其他名称时填写</translation>
    </message>
    <message>
        <source>Signs in with the client certificate of the pasted kubeconfig; its key goes into the keychain.</source>
        <translation>使用所粘贴 kubeconfig 中的客户端证书登录；其私钥保存到密钥环。</translation>
    </message>
    <message>
        <source>Do not verify the server (insecure-skip-tls-verify)</source>
        <translation>不校验服务器 (insecure-skip-tls-verify)</translation>
    </message>
    <message>
        <source>insecure-skip-tls-verify: anyone on the way can pose as the server. No token is sent to it.</source>
        <translation>insecure-skip-tls-verify：途中任何人都能冒充服务器。不会向其发送 Token。</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Read-only: Alidade changes nothing in it</source>
        <translation>只读：照准仪不会更改其中任何内容</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>保存更改</translation>
    </message>
    <message>
        <source>Add cluster</source>
        <translation>添加集群</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::ClusterTreeDelegate</name>
    <message>
        <source>production</source>
        <translation>生产</translation>
    </message>
</context>
<context>
    <name>ui::ClusterTreePanel</name>
    <message>
        <source>Clusters and kinds</source>
        <translation>集群与资源类型</translation>
    </message>
</context>
<context>
    <name>ui::ColumnChooser</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Choose columns and their order</source>
        <translation>选择列及其顺序</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>恢复默认列</translation>
    </message>
</context>
<context>
    <name>ui::CommandPalette</name>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Search or run…</source>
        <translation>搜索或运行…</translation>
    </message>
    <message>
        <source>Search or run</source>
        <translation>搜索或运行</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>ui::Composition</name>
    <message>
        <source>Kubernetes %1 · %2</source>
        <translation>Kubernetes %1，%2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>state of a cluster, then the reason</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 · went by itself from %2 to %3</source>
        <comment>state of a cluster, then its addresses</comment>
        <translation>%1 · 已自动从 %2 切换到 %3</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Show in &amp;Connections</source>
        <translation>在“连接”中显示(&amp;C)</translation>
    </message>
    <message>
        <source>Disconnected from %1.</source>
        <translation>已断开与 %1 的连接。</translation>
    </message>
    <message>
        <source>NOT VERIFIED · %1</source>
        <comment>the server&apos;s certificate is not checked, then the cluster&apos;s state</comment>
        <translation>未校验证书 · %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a cluster, then the way to it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Member cluster</source>
        <translation>成员集群</translation>
    </message>
    <message>
        <source>No way reaches the cluster %1.</source>
        <translation>没有任何途径能访问集群 %1。</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Open &amp;through the platform</source>
        <translation>经由平台打开(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Ask the platform again</source>
        <translation>重新询问平台(&amp;A)</translation>
    </message>
    <message>
        <source>No platform that keeps events and may be written to is open here.</source>
        <translation>这里没有已打开的、可写且支持事件持久化的平台。</translation>
    </message>
    <message>
        <source>Keep its &amp;events…</source>
        <translation>事件持久化(&amp;E)…</translation>
    </message>
    <message>
        <source>%1 is being read…</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>Open snapshot</source>
        <translation>打开快照</translation>
    </message>
    <message>
        <source>Closed %1.</source>
        <translation>已关闭 %1。</translation>
    </message>
    <message>
        <source>What Was &amp;Not Captured…</source>
        <translation>未采集的内容(&amp;N)…</translation>
    </message>
    <message>
        <source>What Was &amp;Redacted…</source>
        <translation>已脱敏的内容(&amp;R)…</translation>
    </message>
    <message>
        <source>Open d&amp;irectly, at its own address</source>
        <translation>直接打开，用它自己的地址(&amp;I)</translation>
    </message>
    <message>
        <source>Addo&amp;ns of this cluster</source>
        <translation>该集群的扩展组件(&amp;N)</translation>
    </message>
</context>
<context>
    <name>ui::ConditionsView</name>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>The sources are being asked…</source>
        <translation>正在查询各来源…</translation>
    </message>
    <message>
        <source>The sources have not been asked yet.</source>
        <translation>尚未查询各来源。</translation>
    </message>
    <message>
        <source>The sources are being asked again. Below is what they said at %1.</source>
        <translation>正在重新查询各来源。以下是它们在 %1 给出的结果。</translation>
    </message>
    <message>
        <source>What the sources said at %1.</source>
        <translation>各来源在 %1 给出的结果。</translation>
    </message>
</context>
<context>
    <name>ui::ConnectionsPage</name>
    <message>
        <source>No cluster is known yet.</source>
        <translation>还没有任何集群。</translation>
    </message>
    <message>
        <source>Add a kubeconfig file, or add a cluster from what the TKEStack console shows as 集群凭证 (cluster credential).</source>
        <translation>请添加 kubeconfig 文件，或用 TKEStack 控制台“集群凭证”中的内容添加集群。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>%1, as %2</source>
        <comment>way to sign in, user</comment>
        <translation>%1，用户 %2</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Cannot connect</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Add kubeconfig</source>
        <translation>添加 kubeconfig</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Contexts of all kubeconfigs, and clusters added by hand</source>
        <translation>所有 kubeconfig 的上下文，以及手动添加的集群</translation>
    </message>
    <message>
        <source>Contexts</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Kubeconfig files</source>
        <translation>Kubeconfig 文件</translation>
    </message>
    <message>
        <source>&amp;Add cluster…</source>
        <translation>添加集群(&amp;A)…</translation>
    </message>
    <message>
        <source>Add &amp;kubeconfig…</source>
        <translation>添加 kubeconfig(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Cluster &amp;credential…</source>
        <translation>集群凭证(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Production</source>
        <translation>生产(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Read-only</source>
        <translation>只读(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑(&amp;E)…</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>移除(&amp;M)…</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Marks the cluster in every list and in the title; nothing is written to it unless read-only is taken off.</source>
        <translation>在所有列表和标题中标出该集群；除非取消只读，否则不会写入任何内容。</translation>
    </message>
    <message>
        <source>Alidade changes nothing through this context.</source>
        <translation>照准仪不会通过该上下文更改任何内容。</translation>
    </message>
    <message>
        <source>The file itself stays where it is.</source>
        <translation>文件本身不会被删除。</translation>
    </message>
    <message>
        <source>About the context</source>
        <translation>上下文详情</translation>
    </message>
</context>
<context>
    <name>ui::ContentsDialog</name>
    <message>
        <source>What the snapshot does not hold</source>
        <translation>快照中没有的内容</translation>
    </message>
    <message>
        <source>asked at %1</source>
        <translation>采集自 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n requests</source>
        <translation>
            <numerusform>%n 次请求</numerusform>
        </translation>
    </message>
    <message>
        <source>Not captured (%1)</source>
        <translation>未采集（%1）</translation>
    </message>
    <message>
        <source>Redacted (%1)</source>
        <translation>已脱敏（%1）</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>What was redacted</source>
        <translation>已脱敏的内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ui::ContextCommands</name>
    <message>
        <source>Cluster &amp;credential…</source>
        <translation>集群凭证(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Production</source>
        <translation>生产(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Read-only</source>
        <translation>只读(&amp;R)</translation>
    </message>
</context>
<context>
    <name>ui::ContrastView</name>
    <message>
        <source>%1 of %2</source>
        <comment>how many rows are shown, of all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n contradicted</source>
        <comment>rows</comment>
        <translation>
            <numerusform>%n 行有矛盾</numerusform>
        </translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>工作负载</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>对比对象</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>所有命名空间</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>按名称筛选</translation>
    </message>
    <message>
        <source>What the sources of metrics say, side by side</source>
        <translation>各监控来源的数据并列对比</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Object (APIServer)</source>
        <translation>对象 (APIServer)</translation>
    </message>
    <message>
        <source>How, or why they disagree</source>
        <translation>计算方式，或不一致的原因</translation>
    </message>
    <message>
        <source>The chosen row, figure by figure</source>
        <translation>所选行的各项指标</translation>
    </message>
    <message>
        <source>Ask the kubelet</source>
        <translation>读取 kubelet</translation>
    </message>
    <message>
        <source>Ask the kubelet of %1</source>
        <translation>读取 %1 的 kubelet</translation>
    </message>
    <message>
        <source>The kubelet of %1, from which metrics-server reads, was not asked itself.</source>
        <translation>metrics-server 读取的是 %1 的 kubelet；尚未直接读取该 kubelet。</translation>
    </message>
    <message>
        <source>The kubelet of %1 is asked…</source>
        <translation>正在读取 %1 的 kubelet…</translation>
    </message>
    <message>
        <source>The kubelet of %1 cannot be read. %2</source>
        <comment>a node, a sentence</comment>
        <translation>无法读取 %1 的 kubelet。%2</translation>
    </message>
    <message>
        <source>The kubelet of %1 answers.</source>
        <translation>%1 的 kubelet 有响应。</translation>
    </message>
    <message>
        <source>The kubelet of %1 answers, but one of its two pages cannot be read. %2</source>
        <comment>a node, a sentence</comment>
        <translation>%1 的 kubelet 有响应，但两个页面之一无法读取。%2</translation>
    </message>
</context>
<context>
    <name>ui::CopyButton</name>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
</context>
<context>
    <name>ui::CredentialDialog</name>
    <message>
        <source>%1 is in the clipboard.</source>
        <translation>%1 已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The token is in the clipboard for ten seconds.</source>
        <translation>Token 已复制到剪贴板，十秒后清除。</translation>
    </message>
    <message>
        <source>The CA certificate is in the clipboard.</source>
        <translation>CA 证书已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The kubeconfig, credentials and all, is in the clipboard for ten seconds.</source>
        <translation>含凭证的 kubeconfig 已复制到剪贴板，十秒后清除。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved as %1, for its owner alone.</source>
        <translation>已保存为 %1，仅所有者可读。</translation>
    </message>
    <message>
        <source>The file %1 cannot be written: %2</source>
        <translation>无法写入文件 %1：%2</translation>
    </message>
    <message>
        <source>Cluster credential: %1</source>
        <translation>集群凭证：%1</translation>
    </message>
    <message>
        <source>API server addresses</source>
        <translation>集群APIServer地址</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制 %1</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token 令牌</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Hide the token</source>
        <translation>隐藏 Token</translation>
    </message>
    <message>
        <source>Show the token</source>
        <translation>显示 Token</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>复制 Token</translation>
    </message>
    <message>
        <source>It lies in the system&apos;s keychain.</source>
        <translation>保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>It stands in %1.</source>
        <translation>位于 %1。</translation>
    </message>
    <message>
        <source>This context has no token. It signs in otherwise: %1.</source>
        <translation>该上下文没有 Token，登录方式为：%1。</translation>
    </message>
    <message>
        <source>Cluster CA certificate: none. %1</source>
        <translation>集群CA证书：无。%1</translation>
    </message>
    <message>
        <source>Cluster CA certificate</source>
        <translation>集群CA证书</translation>
    </message>
    <message>
        <source>Copy the CA certificate</source>
        <translation>复制集群CA证书</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the CA certificate</source>
        <translation>保存集群CA证书</translation>
    </message>
    <message>
        <source>Kubeconfig for this address</source>
        <translation>该地址的 kubeconfig</translation>
    </message>
    <message>
        <source>Address of the kubeconfig</source>
        <translation>kubeconfig 使用的地址</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Copy the kubeconfig</source>
        <translation>复制 kubeconfig</translation>
    </message>
    <message>
        <source>Save the kubeconfig</source>
        <translation>保存 kubeconfig</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ui::DeleteForm</name>
    <message>
        <source>Delete %1</source>
        <comment>the name of an object</comment>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Delete %1 %2</source>
        <comment>how many, of what kind in the plural: 3 pods</comment>
        <translation>删除 %1 个 %2</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>What it owns:</source>
        <translation>它拥有的对象：</translation>
    </message>
    <message>
        <source>What becomes of what it owns</source>
        <translation>如何处理它拥有的对象</translation>
    </message>
    <message>
        <source>Delete %1 and create it again</source>
        <comment>the name of an object</comment>
        <translation>删除 %1 并重新创建</translation>
    </message>
    <message>
        <source>Delete and create again</source>
        <translation>删除并重新创建</translation>
    </message>
</context>
<context>
    <name>ui::DetailController</name>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Why pending?</source>
        <translation>为什么 Pending？</translation>
    </message>
    <message>
        <source>Edit taints…</source>
        <translation>编辑 Taint…</translation>
    </message>
</context>
<context>
    <name>ui::DetailPane</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Close detail</source>
        <translation>关闭详情</translation>
    </message>
    <message>
        <source>Edit as YAML</source>
        <translation>以 YAML 编辑</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>相关</translation>
    </message>
    <message>
        <source>Change this object</source>
        <translation>更改此对象</translation>
    </message>
</context>
<context>
    <name>ui::EditPage</name>
    <message>
        <source>The editor could not be loaded: %1</source>
        <translation>无法加载编辑器：%1</translation>
    </message>
    <message>
        <source>Open Manifests</source>
        <translation>打开清单</translation>
    </message>
    <message>
        <source>Manifests (*.yaml *.yml *.json)</source>
        <translation>清单 (*.yaml *.yml *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2</source>
        <translation>无法读取文件 %1：%2</translation>
    </message>
    <message>
        <source>The file %1 is larger than 4 MiB.</source>
        <translation>文件 %1 大于 4 MiB。</translation>
    </message>
    <message>
        <source>This context is read-only: nothing can be applied here.</source>
        <translation>该上下文为只读：此处不能应用任何更改。</translation>
    </message>
    <message>
        <source>The text has changed since it was tried.</source>
        <translation>文本在试运行之后又有改动。</translation>
    </message>
    <message>
        <source>Nothing is sent before you have seen what it does.</source>
        <translation>在您看到会发生什么之前，不会发送任何更改。</translation>
    </message>
    <message>
        <source>The server is judging it…</source>
        <translation>服务器正在评判…</translation>
    </message>
    <message>
        <source>Applying…</source>
        <translation>正在应用…</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s), marked at the line.</source>
        <translation>
            <numerusform>%n 个问题，已在所在行标出。</numerusform>
        </translation>
    </message>
    <message>
        <source>The server would accept it.</source>
        <translation>服务器会接受它。</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>不会有任何改变。</translation>
    </message>
    <message>
        <source>Open File…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Lets the server judge the text without keeping anything (Ctrl+Return)</source>
        <translation>让服务器评判该文本而不保存任何内容（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Take over fields of other managers</source>
        <translation>接管其他管理者的字段</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>会发生什么</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>What would become of each object</source>
        <translation>每个对象会变成什么</translation>
    </message>
    <message>
        <source>Difference between the live object and the server&apos;s answer</source>
        <translation>现有对象与服务器应答之间的差异</translation>
    </message>
    <message>
        <source>The difference to the live object stands here after a preview.</source>
        <translation>预览之后，此处显示与现有对象的差异。</translation>
    </message>
    <message>
        <source>Manifests in YAML</source>
        <translation>YAML 清单</translation>
    </message>
    <message>
        <source>Apply · %1</source>
        <translation>应用 · %1</translation>
    </message>
    <message>
        <source>Edit · %1</source>
        <translation>编辑 · %1</translation>
    </message>
    <message>
        <source>No difference to the live object.</source>
        <translation>与现有对象没有差异。</translation>
    </message>
</context>
<context>
    <name>ui::EndpointLabel</name>
    <message>
        <source>No endpoint</source>
        <translation>没有端点</translation>
    </message>
    <message>
        <source>%1 · %2 ms</source>
        <translation>%1，%2 毫秒</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
</context>
<context>
    <name>ui::EndpointPopup</name>
    <message>
        <source>Now %1 is spoken to.</source>
        <translation>现在使用 %1。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检测</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检测…</translation>
    </message>
    <message>
        <source>Known from: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>Use server name “%1”</source>
        <translation>使用服务器名称“%1”</translation>
    </message>
    <message>
        <source>Looking at %1…</source>
        <translation>正在检测 %1…</translation>
    </message>
    <message>
        <source>“%1” is no address: 10.0.0.1, 10.0.0.1:6443 and https://… are.</source>
        <translation>“%1”不是地址；可写 10.0.0.1、10.0.0.1:6443 或 https://…。</translation>
    </message>
    <message>
        <source>Addresses of the cluster</source>
        <translation>集群地址</translation>
    </message>
    <message>
        <source>Use this address</source>
        <translation>使用此地址</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>仍然使用</translation>
    </message>
    <message>
        <source>Add an address: 10.0.0.1:6443</source>
        <translation>添加地址：10.0.0.1:6443</translation>
    </message>
    <message>
        <source>Address to add</source>
        <translation>要添加的地址</translation>
    </message>
    <message>
        <source>Add address</source>
        <translation>添加地址</translation>
    </message>
    <message>
        <source>Go to another address by itself when this one fails</source>
        <translation>此地址失效时自动切换到其他地址</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>The selected address</source>
        <translation>选中的地址</translation>
    </message>
</context>
<context>
    <name>ui::EventController</name>
    <message>
        <source>The platform is being read…</source>
        <translation>正在读取平台…</translation>
    </message>
    <message>
        <source>Done: it runs and delivers, and the index holds events.</source>
        <translation>完成：已运行并在投递，索引中已有事件。</translation>
    </message>
    <message>
        <source>Done: it runs, and fluentd complains of nothing. The first event makes the index.</source>
        <translation>完成：已运行，fluentd 没有报错。第一个事件会创建索引。</translation>
    </message>
    <message>
        <source>It was made, and does not deliver: see above.</source>
        <translation>已创建，但没有投递：见上文。</translation>
    </message>
    <message>
        <source>It was made and runs; whether it delivers was not seen.</source>
        <translation>已创建并运行；是否投递未能看到。</translation>
    </message>
    <message>
        <source>Somebody deleted it meanwhile.</source>
        <translation>期间有人删除了它。</translation>
    </message>
    <message>
        <source>It was made; what became of it could not be read.</source>
        <translation>已创建；后续情况无法读取。</translation>
    </message>
    <message>
        <source>It was made and is being followed until it delivers. Closing this leaves it as it is.</source>
        <translation>已创建，正在跟踪直到它开始投递。关闭此窗口不影响它。</translation>
    </message>
    <message>
        <source>This context is read-only: nothing is sent.</source>
        <translation>此上下文为只读：不会发送任何内容。</translation>
    </message>
    <message>
        <source>It is being deleted again; the platform takes away what it made in the cluster.</source>
        <translation>正在将它删除；平台会清除它在集群中创建的内容。</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>The address is being tried…</source>
        <translation>正在试探该地址…</translation>
    </message>
    <message>
        <source>The server is judging it…</source>
        <translation>服务器正在校验…</translation>
    </message>
    <message>
        <source>Nothing was sent: what is told above keeps it from delivering.</source>
        <translation>没有发送任何内容：上述问题会使它无法投递。</translation>
    </message>
    <message>
        <source>The server would accept it.</source>
        <translation>服务器会接受它。</translation>
    </message>
    <message>
        <source>Keep the events of %1</source>
        <translation>持久化 %1 的事件</translation>
    </message>
    <message>
        <source>Delete it again</source>
        <translation>删除刚创建的</translation>
    </message>
</context>
<context>
    <name>ui::EventDialog</name>
    <message>
        <source>%1 · %2</source>
        <comment>id and name of a cluster</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 (has one already)</source>
        <translation>%1（已有事件持久化）</translation>
    </message>
    <message>
        <source>%1 (has one already: %2)</source>
        <comment>a cluster, a phase</comment>
        <translation>%1（已有事件持久化：%2）</translation>
    </message>
    <message>
        <source>Trying the address…</source>
        <translation>正在试探该地址…</translation>
    </message>
    <message>
        <source>&amp;Try the address (the login may cross the network in clear)</source>
        <translation>试探该地址(&amp;T)（登录信息可能以明文经过网络）</translation>
    </message>
    <message>
        <source>&amp;Try the address</source>
        <translation>试探该地址(&amp;T)</translation>
    </message>
    <message>
        <source>Keep a cluster&apos;s events (event persistence)</source>
        <translation>事件持久化</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Elasticsearch address</source>
        <translation>Elasticsearch 地址</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>User (where it wants a login)</source>
        <translation>用户（需要登录时）</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>The FAQ says that only Elasticsearch without a login works; since v1.5.0 of the platform one with a login does.</source>
        <translation>FAQ 称只支持不带登录的 Elasticsearch；平台自 v1.5.0 起也支持带登录的。</translation>
    </message>
    <message>
        <source>Show the &amp;password in the difference</source>
        <translation>在差异中显示密码(&amp;P)</translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ui::FindingCard</name>
    <message>
        <source>%1: %2</source>
        <comment>severity and title of a finding</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Copy the command: %1</source>
        <translation>复制命令：%1</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>转到 %1</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Edit taints…</source>
        <translation>编辑 Taint…</translation>
    </message>
    <message numerus="yes">
        <source>Edit the taints of %n node(s)</source>
        <translation>
            <numerusform>编辑 %n 个节点的 Taint</numerusform>
        </translation>
    </message>
    <message>
        <source>Fill in the form…</source>
        <translation>填写表单…</translation>
    </message>
    <message>
        <source>Fill in the form of event persistence</source>
        <translation>填写事件持久化表单</translation>
    </message>
</context>
<context>
    <name>ui::GuideChooser</name>
    <message>
        <source>No guide knows this text. Choose by what you see.</source>
        <translation>没有指引认识这段文字。请按您看到的现象选择。</translation>
    </message>
    <message>
        <source>This text leads to: %1</source>
        <translation>这段文字对应：%1</translation>
    </message>
    <message>
        <source>Paste an error, or what you see</source>
        <translation>粘贴错误信息或您看到的现象</translation>
    </message>
    <message>
        <source>What do you see?</source>
        <translation>您看到了什么？</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>排查对象</translation>
    </message>
    <message>
        <source>Find out why</source>
        <translation>查找原因</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>ui::HistoryController</name>
    <message>
        <source>Choose a row of the table side by side first.</source>
        <translation>请先在“并列对比”表中选择一行。</translation>
    </message>
    <message>
        <source>Prometheus is asked…</source>
        <translation>正在查询 Prometheus…</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>已启动</translation>
    </message>
    <message numerus="yes">
        <source>metrics-server keeps nothing: these are the samples since it was chosen, %n minutes ago.</source>
        <translation>
            <numerusform>metrics-server 不保存历史：以下是 %n 分钟前选中它以来的采样。</numerusform>
        </translation>
    </message>
    <message>
        <source>It has no pods, so there is nothing to sum.</source>
        <translation>它没有 Pod，没有可以求和的数值。</translation>
    </message>
    <message>
        <source>The sum over its pods that had a sample at the time. %1</source>
        <comment>a sentence follows</comment>
        <translation>当时有样本的各 Pod 之和。%1</translation>
    </message>
</context>
<context>
    <name>ui::HistoryPlot</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>figure and unit</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 (above the plot)</source>
        <translation>%1（超出图的上沿）</translation>
    </message>
    <message>
        <source>request %1</source>
        <translation>请求 %1</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>限制 %1</translation>
    </message>
    <message>
        <source>%1: no values.</source>
        <translation>%1：没有取值。</translation>
    </message>
    <message>
        <source>%1: %2 at %3.</source>
        <comment>line, value, time</comment>
        <translation>%1：%2，时间 %3。</translation>
    </message>
    <message numerus="yes">
        <source>%n gap(s).</source>
        <translation>
            <numerusform>%n 处间断。</numerusform>
        </translation>
    </message>
    <message>
        <source>Request: %1.</source>
        <translation>请求：%1。</translation>
    </message>
    <message>
        <source>Limit: %1.</source>
        <translation>限制：%1。</translation>
    </message>
</context>
<context>
    <name>ui::HistoryView</name>
    <message>
        <source>%1 over time</source>
        <translation>%1 随时间的变化</translation>
    </message>
    <message>
        <source>The plots cannot be drawn: %1</source>
        <translation>无法绘图：%1</translation>
    </message>
    <message>
        <source>There are no values yet.</source>
        <translation>还没有取值。</translation>
    </message>
    <message>
        <source>There are no values in this range.</source>
        <translation>该时间范围内没有取值。</translation>
    </message>
    <message>
        <source>Point at a plot, or use the arrow keys, to read its values.</source>
        <translation>将指针移到图上或使用方向键，即可读取取值。</translation>
    </message>
    <message>
        <source>%1 %2: %3 at %4 (%5)</source>
        <comment>figure, line, value, time, source</comment>
        <translation>%1 %2：%3，时间 %4（%5）</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>what happened, and when</comment>
        <translation>%1，时间 %2</translation>
    </message>
    <message>
        <source>No values at %1.</source>
        <translation>%1 没有取值。</translation>
    </message>
    <message>
        <source>Save the values as CSV</source>
        <translation>将取值保存为 CSV</translation>
    </message>
    <message>
        <source>Save the plots as a picture</source>
        <translation>将图保存为图片</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>The file %1 could not be written: %2</source>
        <translation>无法写入文件 %1：%2</translation>
    </message>
    <message>
        <source>Range of time</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>15 minutes</source>
        <translation>15 分钟</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>6 hours</source>
        <translation>6 小时</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>Source of the values</source>
        <translation>取值的来源</translation>
    </message>
    <message>
        <source>Own samples</source>
        <translation>自有采样</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <translation>保存 CSV…</translation>
    </message>
    <message numerus="yes">
        <source>%1, sum of %n pods</source>
        <comment>a source</comment>
        <translation>
            <numerusform>%1，%n 个 Pod 之和</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HostPathController</name>
    <message>
        <source>The pods are replaced by new ones, as the workload&apos;s strategy says.</source>
        <translation>会按该工作负载的更新策略用新的 Pod 替换现有的 Pod。</translation>
    </message>
    <message>
        <source>The copy has no labels, so that no controller and no Service takes it for one of its own.</source>
        <translation>副本不带标签，以免被控制器或 Service 当成自己的 Pod。</translation>
    </message>
    <message>
        <source>A pod of it was tried without making it: it would be admitted.</source>
        <translation>已试运行它的一个 Pod（未实际创建）：可以通过准入。</translation>
    </message>
    <message>
        <source>A pod of it was tried without making it, and refused: %1</source>
        <translation>已试运行它的一个 Pod（未实际创建），被拒绝：%1</translation>
    </message>
    <message>
        <source>Not everything could be looked at: %1</source>
        <translation>有些内容无法查看：%1</translation>
    </message>
    <message>
        <source>Somebody changed it since it was shown.</source>
        <translation>显示之后，它已被别人更改。</translation>
    </message>
    <message>
        <source>%1 is there already. It is not overwritten: choose another name.</source>
        <translation>%1 已经存在，不会覆盖它：请换个名称。</translation>
    </message>
    <message>
        <source>This context is read-only: nothing is sent.</source>
        <translation>此上下文只读：不会发送任何内容。</translation>
    </message>
    <message>
        <source>You may not do this here: the rule “%1” is missing.</source>
        <translation>您在这里没有此权限：缺少规则“%1”。</translation>
    </message>
    <message>
        <source>The object is being read…</source>
        <translation>正在读取对象…</translation>
    </message>
    <message>
        <source>Done: one volume and one mount were added.</source>
        <translation>完成：已添加一个数据卷和一个挂载点。</translation>
    </message>
    <message>
        <source>Done: %1 %2 was made.</source>
        <translation>完成：已创建 %1 %2。</translation>
    </message>
    <message>
        <source>Taken back: the volume and the mount are gone again.</source>
        <translation>已撤销：数据卷和挂载点已移除。</translation>
    </message>
    <message>
        <source>The server is judging it…</source>
        <translation>服务器正在审核…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Nothing would change: it is mounted like this already.</source>
        <translation>不会有变化：已经是这样挂载的。</translation>
    </message>
    <message>
        <source>The server would accept it.</source>
        <translation>服务器会接受。</translation>
    </message>
    <message>
        <source>Pods and nodes are being looked at…</source>
        <translation>正在查看 Pod 和节点…</translation>
    </message>
    <message>
        <source>Create Deployment %1</source>
        <translation>创建 Deployment %1</translation>
    </message>
    <message>
        <source>Create %1 %2</source>
        <comment>a kind, a name</comment>
        <translation>创建 %1 %2</translation>
    </message>
    <message>
        <source>Mount in the next jobs</source>
        <translation>在后续的 Job 中挂载</translation>
    </message>
    <message numerus="yes">
        <source>Mount in %n pods</source>
        <translation>
            <numerusform>挂载到 %n 个 Pod</numerusform>
        </translation>
    </message>
    <message>
        <source>Whether a pod of it would be admitted was not tried: a snapshot has no server.</source>
        <translation>未试验其 Pod 是否会被接纳：快照没有服务器。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ui::HostPathDialog</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
    <message>
        <source>New Deployment with a host path</source>
        <translation>新建带主机路径的 Deployment</translation>
    </message>
    <message>
        <source>Copy with a host path</source>
        <translation>复制并挂载主机路径</translation>
    </message>
    <message>
        <source>Mount a host path</source>
        <translation>挂载主机路径</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an act, an object</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The path is one on the node where the Pod runs, not in the image.</source>
        <translation>主机路径指的是 Pod 所在节点上的路径，不是镜像里的路径。</translation>
    </message>
    <message>
        <source>The volume&apos;s name is like a tag: it ties the volume to the mount.</source>
        <translation>数据卷名称相当于一个标签，把数据卷与挂载点联系起来。</translation>
    </message>
    <message>
        <source>The mount point is a directory in the container; it is made where it is not there.</source>
        <translation>挂载点是容器中的目录，不存在时会在容器中创建。</translation>
    </message>
    <message>
        <source>The sub path is one below the volume&apos;s directory, and may stay empty.</source>
        <translation>挂载子路径是数据卷目录下面的路径，可不填。</translation>
    </message>
    <message>
        <source>What is in the one is in the other: both are the same files.</source>
        <translation>主机路径与挂载点中的内容完全一致：是同一份文件。</translation>
    </message>
</context>
<context>
    <name>ui::HostPathDrawing</name>
    <message>
        <source>Drawing of the host path</source>
        <translation>主机路径示意图</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>read-write</source>
        <translation>读写</translation>
    </message>
    <message>
        <source>%1 on the node where the Pod runs; volume %2; %3 in the container %4; %5.</source>
        <comment>path, volume&apos;s name, path, container, read-only or read-write</comment>
        <translation>Pod 所在节点上的 %1；数据卷 %2；容器 %4 中的 %3；%5。</translation>
    </message>
    <message>
        <source>Only %1 of it is mounted.</source>
        <translation>只挂载其中的 %1。</translation>
    </message>
    <message>
        <source>what is in %1</source>
        <translation>%1 中的内容</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Container %1</source>
        <translation>容器 %1</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>数据卷</translation>
    </message>
    <message>
        <source>on the node where the Pod runs</source>
        <translation>Pod 所在的节点上</translation>
    </message>
    <message>
        <source>sub path %1: only that</source>
        <translation>挂载子路径 %1：仅此部分</translation>
    </message>
</context>
<context>
    <name>ui::HostPathFields</name>
    <message>
        <source>The Deployment</source>
        <translation>Deployment 的基本信息</translation>
    </message>
    <message>
        <source>The workload and its container</source>
        <translation>工作负载与容器</translation>
    </message>
    <message>
        <source>The path on the node</source>
        <translation>节点上的路径</translation>
    </message>
    <message>
        <source>The place in the container</source>
        <translation>容器中的位置</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将会发生什么</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Host path</source>
        <translation>主机路径</translation>
    </message>
    <message>
        <source>Check type</source>
        <translation>检查类型</translation>
    </message>
    <message>
        <source>Volume name</source>
        <translation>数据卷名称</translation>
    </message>
    <message>
        <source>Mount point</source>
        <translation>挂载点</translation>
    </message>
    <message>
        <source>Sub path (may stay empty)</source>
        <translation>挂载子路径（可不填）</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>读写方式</translation>
    </message>
    <message>
        <source>A Deployment of one replica is made, as the console&apos;s form makes it.</source>
        <translation>将像控制台的表单那样，创建一个单副本的 Deployment。</translation>
    </message>
    <message>
        <source>%1 is there already, and its volumes cannot be changed any more. A copy of it gets the volume.</source>
        <translation>%1 已经存在，其数据卷不能再改。将复制一份并挂上该数据卷。</translation>
    </message>
    <message>
        <source>%1 gets one volume and one mount; all others stay as they are.</source>
        <translation>将为 %1 添加一个数据卷和一个挂载点，其余保持不变。</translation>
    </message>
    <message>
        <source>Read-&amp;only</source>
        <translation>只读(&amp;O)</translation>
    </message>
    <message>
        <source>Read-&amp;write</source>
        <translation>读写(&amp;W)</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Read-write</source>
        <translation>读写</translation>
    </message>
    <message>
        <source>The console&apos;s form starts with read-write. Here it is read-only until you choose.</source>
        <translation>控制台的表单默认是读写；这里默认只读，由您选择。</translation>
    </message>
</context>
<context>
    <name>ui::ImageForm</name>
    <message>
        <source>%1 (init container)</source>
        <translation>%1（初始化容器）</translation>
    </message>
    <message>
        <source>Update image of %1</source>
        <translation>更新 %1 的镜像</translation>
    </message>
    <message>
        <source>Update image</source>
        <translation>更新镜像</translation>
    </message>
    <message>
        <source>Container:</source>
        <translation>容器：</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Image:</source>
        <translation>镜像：</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
</context>
<context>
    <name>ui::ImpactPanel</name>
    <message>
        <source>stays %1</source>
        <translation>保留 %1</translation>
    </message>
    <message>
        <source>evicted now %1</source>
        <translation>立即驱逐 %1</translation>
    </message>
    <message>
        <source>evicted later %1</source>
        <translation>稍后驱逐 %1</translation>
    </message>
    <message>
        <source>not made again %1</source>
        <translation>不会重建 %1</translation>
    </message>
    <message>
        <source>No pods on the chosen nodes.</source>
        <translation>所选节点上没有 Pod。</translation>
    </message>
    <message>
        <source>No pending pod becomes schedulable.</source>
        <translation>没有待调度的 Pod 会因此变得可调度。</translation>
    </message>
    <message>
        <source>As far as taints go, these become schedulable: %1</source>
        <translation>就 Taint 而言，以下 Pod 将变得可调度：%1</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将会发生什么</translation>
    </message>
    <message>
        <source>Pods of the chosen nodes</source>
        <translation>所选节点上的 Pod</translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>Pod（实例）</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>ui::JournalPanel</name>
    <message>
        <source>Filter calls</source>
        <translation>筛选请求</translation>
    </message>
    <message>
        <source>Copy as kubectl</source>
        <translation>复制为 kubectl 命令</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl 命令</translation>
    </message>
    <message>
        <source>Clear journal</source>
        <translation>清空日志</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>请求</translation>
    </message>
</context>
<context>
    <name>ui::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Tables and trees</source>
        <translation>表格与树</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Arrow keys, Page Up, Page Down, Home, End</source>
        <translation>方向键、Page Up、Page Down、Home、End</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>One step back: out of the detail, then to the tree</source>
        <translation>后退一步：先关闭详情，再回到树</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Copy the selected rows</source>
        <translation>复制选中的行</translation>
    </message>
    <message>
        <source>Select more rows</source>
        <translation>选择多行</translation>
    </message>
    <message>
        <source>Shift or Ctrl with the arrow keys and Space</source>
        <translation>按住 Shift 或 Ctrl，再用方向键和空格键</translation>
    </message>
    <message>
        <source>Jump to a name</source>
        <translation>跳到某个名称</translation>
    </message>
    <message>
        <source>Type its beginning</source>
        <translation>输入名称的开头</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Next hit, previous hit</source>
        <translation>下一处、上一处</translation>
    </message>
    <message>
        <source>F3, Shift+F3</source>
        <translation>F3、Shift+F3</translation>
    </message>
    <message>
        <source>First to ninth tab</source>
        <translation>第一至第九个标签页</translation>
    </message>
    <message>
        <source>Ctrl+1 to Ctrl+9</source>
        <translation>Ctrl+1 至 Ctrl+9</translation>
    </message>
</context>
<context>
    <name>ui::KeysForm</name>
    <message>
        <source>is removed</source>
        <translation>将移除</translation>
    </message>
    <message>
        <source>is removed; %1 may put it back</source>
        <translation>将移除；%1 可能会改回去</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>changed; %1 may put it back</source>
        <translation>已修改；%1 可能会改回去</translation>
    </message>
    <message>
        <source>kept by %1</source>
        <translation>由 %1 维护</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message numerus="yes">
        <source>Change %n labels</source>
        <translation>
            <numerusform>更改 %n 个标签</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n annotations</source>
        <translation>
            <numerusform>更改 %n 个注解</numerusform>
        </translation>
    </message>
    <message>
        <source>Edit labels</source>
        <translation>编辑标签</translation>
    </message>
    <message>
        <source>Edit annotations</source>
        <translation>编辑注解</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>注解</translation>
    </message>
    <message>
        <source>key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新键</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Value of the new key</source>
        <translation>新键的值</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>ui::KindPage</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2 项</translation>
    </message>
    <message>
        <source>Export table as CSV</source>
        <translation>将表格导出为 CSV</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Detail beside the table</source>
        <translation>在表格旁显示详情</translation>
    </message>
    <message>
        <source>Open detail</source>
        <translation>打开详情</translation>
    </message>
    <message>
        <source>Open in a tab of its own</source>
        <translation>在单独的标签页中打开</translation>
    </message>
    <message>
        <source>Edit taints…</source>
        <translation>编辑污点（Taint）…</translation>
    </message>
    <message>
        <source>Find out why it is pending</source>
        <translation>查找 Pending 的原因</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>%1 – Alidade</source>
        <translation>%1 – 照准仪</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>请求日志</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>The link to this view is in the clipboard.</source>
        <translation>此视图的链接已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Open kubeconfig</source>
        <translation>打开 kubeconfig</translation>
    </message>
    <message>
        <source>About Alidade</source>
        <translation>关于照准仪</translation>
    </message>
    <message>
        <source>Alidade %1

An inspector for Kubernetes and TKEStack clusters.
GNU General Public License, version 3 or later.</source>
        <translation>照准仪 Alidade %1

Kubernetes 与 TKEStack 集群查看工具。
GNU 通用公共许可证第 3 版或更新版本。</translation>
    </message>
    <message>
        <source>[production] %1</source>
        <translation>[生产] %1</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>No object is shown</source>
        <translation>没有显示对象</translation>
    </message>
    <message>
        <source>&amp;Forget These</source>
        <translation>清除这些记录(&amp;F)</translation>
    </message>
    <message>
        <source>Open snapshot</source>
        <translation>打开快照</translation>
    </message>
    <message>
        <source>Snapshots (*.alidade)</source>
        <translation>快照 (*.alidade)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ui::ManifestSession</name>
    <message>
        <source>Create, not tried yet</source>
        <translation>创建，尚未试运行</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Its namespace is made by an earlier object of this file.</source>
        <translation>它的命名空间由本文件前面的对象创建。</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>正在试运行…</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>已创建</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %n object(s)</source>
        <translation>
            <numerusform>应用到 %n 个对象</numerusform>
        </translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>It is there since %1.</source>
        <translation>它自 %1 起存在。</translation>
    </message>
    <message>
        <source>%1 stays as it is.</source>
        <translation>%1 保持原样。</translation>
    </message>
    <message>
        <source>What depends on it is being read…</source>
        <translation>正在读取依赖它的对象…</translation>
    </message>
    <message>
        <source>Cannot be changed any more: %1</source>
        <translation>不能再修改：%1</translation>
    </message>
</context>
<context>
    <name>ui::Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Cluster</source>
        <translation>集群(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Menus</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>More menus</source>
        <translation>更多菜单</translation>
    </message>
    <message>
        <source>&amp;Object</source>
        <translation>对象(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Recent Snapshots</source>
        <translation>最近的快照(&amp;R)</translation>
    </message>
</context>
<context>
    <name>ui::MessagePanel</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The server&apos;s own words</source>
        <translation>服务器的原话</translation>
    </message>
    <message>
        <source>Find out why</source>
        <translation>查找原因</translation>
    </message>
</context>
<context>
    <name>ui::MetricsController</name>
    <message>
        <source>The sources of metrics are asked…</source>
        <translation>正在查询各监控来源…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>The page of kube-state-metrics is about %1 in this cluster. It was not read.</source>
        <translation>此集群的 kube-state-metrics 页面约 %1，尚未读取。</translation>
    </message>
    <message>
        <source>Read %1</source>
        <comment>a size in bytes</comment>
        <translation>读取 %1</translation>
    </message>
</context>
<context>
    <name>ui::MetricsPage</name>
    <message>
        <source>Metrics · %1</source>
        <translation>监控指标 · %1</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>The file %1 cannot be written: %2</source>
        <translation>无法写入文件 %1：%2</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并列对比</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Autoscalers</source>
        <translation>自动伸缩</translation>
    </message>
    <message>
        <source>Who reads whom</source>
        <translation>谁读取谁</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Parts of the metrics</source>
        <translation>监控指标的各部分</translation>
    </message>
</context>
<context>
    <name>ui::NamespaceBox</name>
    <message>
        <source>All namespaces</source>
        <translation>所有命名空间</translation>
    </message>
    <message>
        <source>Namespace: %1</source>
        <translation>命名空间：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n namespace(s)</source>
        <translation>
            <numerusform>%n 个命名空间</numerusform>
        </translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Choose namespaces</source>
        <translation>选择命名空间</translation>
    </message>
    <message>
        <source>Filter namespaces</source>
        <translation>筛选命名空间</translation>
    </message>
    <message>
        <source>Filter, or type a namespace</source>
        <translation>筛选，或输入命名空间</translation>
    </message>
    <message>
        <source>The list of namespaces cannot be read. Names can be typed.</source>
        <translation>无法读取命名空间列表，可以直接输入名称。</translation>
    </message>
    <message>
        <source>Add “%1”</source>
        <translation>添加“%1”</translation>
    </message>
</context>
<context>
    <name>ui::NamespaceController</name>
    <message>
        <source>It was made, and cannot be looked at: %1</source>
        <translation>已创建，但无法查看：%1</translation>
    </message>
    <message>
        <source>Done: the namespace %1 is available.</source>
        <translation>完成：命名空间 %1 已可用。</translation>
    </message>
    <message>
        <source>It was made, and failed; the platform does not say why.</source>
        <translation>已创建，但失败；平台没有说明原因。</translation>
    </message>
    <message>
        <source>It was made, and failed: %1</source>
        <translation>已创建，但失败：%1</translation>
    </message>
    <message>
        <source>It was made; the platform has not looked at it yet…</source>
        <translation>已创建；平台尚未处理…</translation>
    </message>
    <message>
        <source>It was made; its phase is %1…</source>
        <translation>已创建；当前状态为 %1…</translation>
    </message>
    <message>
        <source>This context is read-only: nothing is sent.</source>
        <translation>该上下文为只读：不发送任何修改。</translation>
    </message>
    <message>
        <source>%1 is there already. It is not overwritten: choose another name.</source>
        <translation>%1 已存在，不会覆盖：请换一个名称。</translation>
    </message>
    <message>
        <source>The namespace is being deleted again, with all that is in it.</source>
        <translation>正在删除刚创建的该命名空间及其中的全部内容。</translation>
    </message>
    <message>
        <source>The server is judging it…</source>
        <translation>服务器正在检查…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>The server would accept it.</source>
        <translation>服务器会接受该请求。</translation>
    </message>
    <message>
        <source>Create namespace %1</source>
        <translation>创建命名空间 %1</translation>
    </message>
    <message>
        <source>Delete it again</source>
        <translation>删除刚创建的</translation>
    </message>
</context>
<context>
    <name>ui::NamespaceDialog</name>
    <message>
        <source>New namespace of a business</source>
        <translation>新建业务命名空间</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>业务</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>配额</translation>
    </message>
    <message>
        <source>what is left is not known</source>
        <translation>剩余量未知</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>quota</comment>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Quota: %1</source>
        <translation>配额：%1</translation>
    </message>
</context>
<context>
    <name>ui::ObjectSession</name>
    <message>
        <source>Unchanged</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Open the editor again to start from what is there now.</source>
        <translation>重新打开编辑器，从现在的内容开始。</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>正在试运行…</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Apply to %1</source>
        <comment>the name of an object</comment>
        <translation>应用到 %1</translation>
    </message>
</context>
<context>
    <name>ui::ObstacleView</name>
    <message>
        <source>%1 is there already, and cannot be changed in these fields any more:</source>
        <translation>%1 已经存在，以下字段不能再修改：</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>现有值</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>期望值</translation>
    </message>
    <message>
        <source>Fields that cannot be changed any more</source>
        <translation>不能再修改的字段</translation>
    </message>
    <message>
        <source>Keep these fields, apply the rest</source>
        <translation>保留这些字段，应用其余部分</translation>
    </message>
    <message>
        <source>Go to the name</source>
        <translation>转到名称</translation>
    </message>
    <message>
        <source>Delete and create again…</source>
        <translation>删除并重新创建…</translation>
    </message>
</context>
<context>
    <name>ui::PageTabs</name>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
    <message>
        <source>Open pages</source>
        <translation>打开的页面</translation>
    </message>
</context>
<context>
    <name>ui::PaneStates</name>
    <message>
        <source>Asking %1 for %2</source>
        <translation>正在向 %1 请求 %2</translation>
    </message>
    <message>
        <source>There are no %1 here.</source>
        <translation>这里没有 %1。</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n %1 matches.</source>
        <translation>
            <numerusform>%n 个 %1 中没有匹配项。</numerusform>
        </translation>
    </message>
    <message>
        <source>Change the filter or the namespaces.</source>
        <translation>请更改筛选条件或命名空间。</translation>
    </message>
</context>
<context>
    <name>ui::ReadersGraph</name>
    <message>
        <source>retired, absent</source>
        <translation>已停用，不存在</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>state and version</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>a source and its state</comment>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>%1 reads %2: %3.</source>
        <comment>who, from whom, what</comment>
        <translation>%1 读取 %2：%3。</translation>
    </message>
    <message>
        <source>%1 would read %2: %3; it does not.</source>
        <comment>who, from whom, what</comment>
        <translation>%1 本应读取 %2：%3，实际没有读取。</translation>
    </message>
    <message>
        <source>Objects in the APIServer</source>
        <translation>APIServer 中的对象</translation>
    </message>
    <message>
        <source>HPA</source>
        <translation>HPA</translation>
    </message>
    <message>
        <source>autoscaling</source>
        <translation>自动伸缩</translation>
    </message>
    <message>
        <source>CPU, memory</source>
        <translation>CPU、内存</translation>
    </message>
    <message>
        <source>all of cAdvisor</source>
        <translation>cAdvisor 的全部指标</translation>
    </message>
    <message>
        <source>state of objects</source>
        <translation>对象的状态</translation>
    </message>
    <message>
        <source>not scraped</source>
        <translation>未采集</translation>
    </message>
    <message>
        <source>chosen series</source>
        <translation>选定的序列</translation>
    </message>
    <message>
        <source>metrics of one&apos;s own</source>
        <translation>自定义指标</translation>
    </message>
    <message>
        <source>metrics of elsewhere</source>
        <translation>外部指标</translation>
    </message>
    <message>
        <source>all series</source>
        <translation>全部序列</translation>
    </message>
</context>
<context>
    <name>ui::ReadersView</name>
    <message>
        <source>Who reads whom</source>
        <translation>谁读取谁</translation>
    </message>
</context>
<context>
    <name>ui::RecreateController</name>
    <message>
        <source>Lost: %1</source>
        <translation>将失去：%1</translation>
    </message>
    <message>
        <source>What depends on it is being read…</source>
        <translation>正在读取依赖它的对象…</translation>
    </message>
    <message>
        <source>What the object was is kept in %1; if the new one is refused, the old one can be put back.</source>
        <translation>原对象保存在 %1；如果新对象被拒绝，可以恢复原对象。</translation>
    </message>
    <message>
        <source>The server is judging the deletion and the new object…</source>
        <translation>服务器正在检查删除操作和新对象…</translation>
    </message>
    <message>
        <source>The server would accept the deletion and the new object.</source>
        <translation>服务器会接受删除操作和新对象。</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>正在删除…</translation>
    </message>
    <message>
        <source>It is being deleted; the new one is made as soon as it is gone.</source>
        <translation>正在删除；旧对象消失后立即创建新对象。</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>正在创建…</translation>
    </message>
    <message>
        <source>Deleted and created again.</source>
        <translation>已删除并重新创建。</translation>
    </message>
    <message>
        <source>The old object is there again.</source>
        <translation>原对象已恢复。</translation>
    </message>
    <message>
        <source>The old object is gone and the new one was not made: %1</source>
        <translation>原对象已被删除，而新对象没有创建成功：%1</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <comment>an act, a kind, an object</comment>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>Put the old one back</source>
        <translation>恢复原对象</translation>
    </message>
</context>
<context>
    <name>ui::RemoveDialog</name>
    <message>
        <source>Remove cluster %1</source>
        <translation>移除集群 %1</translation>
    </message>
    <message>
        <source>“%1” is taken out of Alidade, and its token out of the keychain. The cluster itself is not touched. Type the name to confirm.</source>
        <translation>“%1”将从照准仪中移除，其 Token 将从密钥环中删除。集群本身不受影响。请输入名称以确认。</translation>
    </message>
    <message>
        <source>Name of the cluster to remove</source>
        <translation>要移除的集群名称</translation>
    </message>
    <message>
        <source>Remove cluster</source>
        <translation>移除集群</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::ReviewPane</name>
    <message>
        <source>What will happen</source>
        <translation>将会发生什么</translation>
    </message>
    <message>
        <source>Difference between the live object and the server&apos;s answer</source>
        <translation>现有对象与服务器应答之间的差异</translation>
    </message>
    <message>
        <source>The equal command</source>
        <translation>等价的命令</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
</context>
<context>
    <name>ui::RuleCard</name>
    <message>
        <source>The FAQ&apos;s</source>
        <translation>FAQ 的</translation>
    </message>
    <message>
        <source>Better</source>
        <translation>更好的</translation>
    </message>
    <message>
        <source>The FAQ&apos;s expression</source>
        <translation>FAQ 的表达式</translation>
    </message>
    <message>
        <source>The better expression</source>
        <translation>更好的表达式</translation>
    </message>
    <message>
        <source>Copy the FAQ&apos;s expression</source>
        <translation>复制 FAQ 的表达式</translation>
    </message>
    <message>
        <source>Copy the better expression</source>
        <translation>复制更好的表达式</translation>
    </message>
</context>
<context>
    <name>ui::ScaleForm</name>
    <message>
        <source>Scale to %1</source>
        <translation>更新为 %1 个 Pod</translation>
    </message>
    <message numerus="yes">
        <source>Scale %n workloads to %1</source>
        <translation>
            <numerusform>将 %n 个工作负载更新为 %1 个 Pod</numerusform>
        </translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>更新 Pod 数量</translation>
    </message>
    <message>
        <source>Number of pods:</source>
        <translation>Pod 数量：</translation>
    </message>
    <message>
        <source>Number of pods</source>
        <translation>Pod 数量</translation>
    </message>
    <message>
        <source>%1 now</source>
        <translation>当前 %1</translation>
    </message>
</context>
<context>
    <name>ui::ScalersView</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1% of the request</source>
        <translation>请求的 %1%</translation>
    </message>
    <message>
        <source>%1 per pod</source>
        <translation>每个实例 %1</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>%1 of the container %2</source>
        <translation>容器 %2 的 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an API and its state</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 → %2 (%3–%4)</source>
        <comment>replicas now and wanted, least and most</comment>
        <translation>%1 → %2（%3–%4）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>There are no HorizontalPodAutoscalers.</source>
        <translation>没有 HorizontalPodAutoscaler。</translation>
    </message>
    <message>
        <source>The autoscalers have not been asked for yet.</source>
        <translation>尚未查询自动伸缩。</translation>
    </message>
    <message>
        <source>Nothing keeps it from its work.</source>
        <translation>没有妨碍它工作的问题。</translation>
    </message>
    <message>
        <source>Autoscalers</source>
        <translation>自动伸缩</translation>
    </message>
    <message>
        <source>Conditions of the autoscaler</source>
        <translation>自动伸缩的状况</translation>
    </message>
    <message>
        <source>Autoscaler</source>
        <translation>自动伸缩</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>伸缩对象</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Current</source>
        <translation>当前值</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标值</translation>
    </message>
    <message>
        <source>Fed by</source>
        <translation>数据来源</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>实例数量</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>状况</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>ui::SearchField</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>ui::SignInBar</name>
    <message>
        <source>The token of “%1” would go to %2, and nobody checks who answers there: whoever does could act with it.</source>
        <translation>“%1”的令牌将被发送到 %2，而那里的应答者身份未经校验：任何应答者都能用它来操作。</translation>
    </message>
    <message>
        <source>Send the token</source>
        <translation>发送令牌</translation>
    </message>
    <message>
        <source>Do not send it</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>To sign in, the kubeconfig %1 wants this program to be run with your rights:</source>
        <translation>kubeconfig %1 要求以您的权限运行以下程序来登录：</translation>
    </message>
    <message>
        <source>Run once</source>
        <translation>运行一次</translation>
    </message>
    <message>
        <source>Always run this</source>
        <translation>始终运行</translation>
    </message>
    <message>
        <source>Do not run</source>
        <translation>不运行</translation>
    </message>
    <message>
        <source>Before signing in</source>
        <translation>登录之前</translation>
    </message>
</context>
<context>
    <name>ui::SignLine</name>
    <message>
        <source>%1: %2</source>
        <comment>severity, sentence</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ui::Signs</name>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Degraded</source>
        <translation>部分异常</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>No permission</source>
        <translation>无权限</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>无法访问</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>未登录</translation>
    </message>
</context>
<context>
    <name>ui::SkippedView</name>
    <message>
        <source>Not captured</source>
        <translation>未采集</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What was not captured</source>
        <translation>未采集的内容</translation>
    </message>
</context>
<context>
    <name>ui::SnapshotBar</name>
    <message>
        <source>Your own clusters: open a kubeconfig, or add a cluster by hand.</source>
        <translation>要查看自己的集群：打开 kubeconfig，或手动添加集群。</translation>
    </message>
    <message numerus="yes">
        <source>%n not captured…</source>
        <translation>
            <numerusform>%n 项未采集…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parts were not captured</source>
        <translation>
            <numerusform>%n 个部分未采集</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n values redacted…</source>
        <translation>
            <numerusform>已脱敏 %n 个值…</numerusform>
        </translation>
    </message>
    <message>
        <source>Open kubeconfig…</source>
        <translation>打开 kubeconfig…</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>连接…</translation>
    </message>
    <message>
        <source>Close the demo</source>
        <translation>关闭演示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the snapshot</source>
        <translation>关闭快照</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>快照</translation>
    </message>
</context>
<context>
    <name>ui::SourceStrip</name>
    <message>
        <source>%1: %2</source>
        <comment>a source of metrics, how it stands</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>Service %1</source>
        <translation>服务 %1</translation>
    </message>
    <message>
        <source>APIService %1</source>
        <translation>APIService %1</translation>
    </message>
    <message>
        <source>Deployment %1</source>
        <translation>Deployment %1</translation>
    </message>
    <message>
        <source>asks kubelets every %1 s</source>
        <translation>每 %1 秒查询一次 kubelet</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a word for old, how long ago</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>ui::StaleBar</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Stale since %1.</source>
        <translation>自 %1 起未更新。</translation>
    </message>
    <message>
        <source>Stale since %1: %2</source>
        <translation>自 %1 起未更新：%2</translation>
    </message>
    <message>
        <source>Find out why</source>
        <translation>查找原因</translation>
    </message>
</context>
<context>
    <name>ui::StatePane</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::StepView</name>
    <message>
        <source>asking…</source>
        <translation>正在询问…</translation>
    </message>
</context>
<context>
    <name>ui::TableView</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Select all rows</source>
        <translation>选中所有行</translation>
    </message>
</context>
<context>
    <name>ui::TaintLines</name>
    <message>
        <source>to be added</source>
        <translation>待添加</translation>
    </message>
    <message>
        <source>to be removed</source>
        <translation>待移除</translation>
    </message>
    <message>
        <source>on %1 of %2 nodes</source>
        <translation>在 %2 个节点中的 %1 个上</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>set by Kubernetes itself</source>
        <translation>由 Kubernetes 自身设置</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>保留 %1</translation>
    </message>
    <message>
        <source>Unlock %1</source>
        <translation>解锁 %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Key of the taint</source>
        <translation>Taint 的键</translation>
    </message>
    <message>
        <source>Value of the taint</source>
        <translation>Taint 的值</translation>
    </message>
    <message>
        <source>Effect of the taint</source>
        <translation>Taint 的效果</translation>
    </message>
    <message>
        <source>Add taint</source>
        <translation>添加 Taint</translation>
    </message>
    <message>
        <source>The chosen nodes have no taints.</source>
        <translation>所选节点没有 Taint。</translation>
    </message>
</context>
<context>
    <name>ui::TaintsController</name>
    <message>
        <source>%1: %2</source>
        <comment>a node, what went wrong</comment>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Apply to %1, evict %2</source>
        <translation>应用到 %1，驱逐 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n pods</source>
        <translation>
            <numerusform>%n 个 Pod</numerusform>
        </translation>
    </message>
    <message>
        <source>Apply to %1</source>
        <translation>应用到 %1</translation>
    </message>
    <message>
        <source>This context is read-only: you can look at what would happen, nothing is sent.</source>
        <translation>这个上下文是只读的：可以查看将会发生什么，但不会发送任何修改。</translation>
    </message>
    <message>
        <source>You may not change nodes here: the rule “patch nodes” is missing.</source>
        <translation>你无权修改这里的节点：缺少 “patch nodes” 权限。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>已撤销。</translation>
    </message>
    <message>
        <source>Tried on the server…</source>
        <translation>正在服务器上试运行…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Choose the nodes first.</source>
        <translation>请先选择节点。</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>尚未做任何修改。</translation>
    </message>
</context>
<context>
    <name>ui::TaintsPage</name>
    <message>
        <source>Taints</source>
        <translation>污点（Taint）</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Choose one node or several (Ctrl, Shift).</source>
        <translation>选择一个或多个节点（Ctrl、Shift）。</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
</context>
<context>
    <name>ui::TimeLabel</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1 秒前</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>live, %1</source>
        <translation>实时，%1</translation>
    </message>
</context>
<context>
    <name>ui::TopBar</name>
    <message>
        <source>No cluster</source>
        <translation>没有集群</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Switch language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
</context>
<context>
    <name>ui::TroubleshootPage</name>
    <message>
        <source>Troubleshoot</source>
        <translation>故障排查</translation>
    </message>
    <message>
        <source>The command is in the clipboard.</source>
        <translation>命令已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Choose what you see, and start.</source>
        <translation>选择您看到的现象，然后开始。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>发现 %n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>报告已保存到 %1。</translation>
    </message>
    <message>
        <source>The report could not be written to %1.</source>
        <translation>无法把报告写入 %1。</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Steps and findings</source>
        <translation>步骤和发现的问题</translation>
    </message>
</context>
<context>
    <name>ui::VerdictColumn</name>
    <message>
        <source>Nothing fires</source>
        <translation>没有命中</translation>
    </message>
    <message numerus="yes">
        <source>Fires for %n object(s)</source>
        <translation>
            <numerusform>命中 %n 个对象</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing fired by its old figures</source>
        <translation>按其过时的数据没有命中</translation>
    </message>
    <message numerus="yes">
        <source>Fired for %n object(s) by its old figures</source>
        <translation>
            <numerusform>按其过时的数据命中 %n 个对象</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing seen so far</source>
        <translation>目前尚未发现</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) so far</source>
        <translation>
            <numerusform>目前 %n 个对象</numerusform>
        </translation>
    </message>
    <message>
        <source>Whether it fires is not known</source>
        <translation>是否命中未知</translation>
    </message>
    <message>
        <source>is being asked…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>尚未查询</translation>
    </message>
    <message>
        <source>%1: %2. %3</source>
        <comment>source, its state, how many objects fire</comment>
        <translation>%1：%2。%3</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Objects that fire by %1</source>
        <translation>%1 命中的对象</translation>
    </message>
    <message>
        <source>Note of %1</source>
        <translation>%1 的说明</translation>
    </message>
</context>
<context>
    <name>ui::VisibilityDialog</name>
    <message>
        <source>The platform is asked about the user…</source>
        <translation>正在向平台查询该用户…</translation>
    </message>
    <message>
        <source>Name a user as he signs in to the console.</source>
        <translation>请输入用户登录控制台时使用的名称。</translation>
    </message>
    <message>
        <source>What decides whether he sees a business is then read and told check by check. Nothing is changed.</source>
        <translation>随后读取决定其能否看到业务的各项信息，并逐项说明。不会修改任何内容。</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>number of a check, its question</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Yes, that is in order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>No: this is why</source>
        <translation>原因在此</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>未查询</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处理办法</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>读取的内容</translation>
    </message>
    <message>
        <source>Why a user does not see a business</source>
        <translation>用户为何看不到业务</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>the name that he signs in with</source>
        <translation>登录时使用的名称</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>业务</translation>
    </message>
    <message>
        <source>All businesses</source>
        <translation>所有业务</translation>
    </message>
    <message>
        <source>Find out</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>The checks, in order</source>
        <translation>依次进行的检查</translation>
    </message>
</context>
<context>
    <name>ui::WelcomePage</name>
    <message>
        <source>Choose a cluster in the tree, then what to look at.</source>
        <translation>请在左侧的树中选择集群，再选择要查看的内容。</translation>
    </message>
    <message>
        <source>Open kubeconfig…</source>
        <translation>打开 kubeconfig…</translation>
    </message>
    <message>
        <source>search, or run an action</source>
        <translation>搜索，或运行操作</translation>
    </message>
    <message>
        <source>open what is selected</source>
        <translation>打开选中的内容</translation>
    </message>
    <message>
        <source>filter the table</source>
        <translation>筛选表格</translation>
    </message>
    <message>
        <source>ask the server again</source>
        <translation>重新向服务器请求</translation>
    </message>
    <message>
        <source>next tab</source>
        <translation>下一标签页</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>全部快捷键</translation>
    </message>
    <message>
        <source>Alidade</source>
        <translation>照准仪 Alidade</translation>
    </message>
    <message>
        <source>Find out why</source>
        <translation>查找原因</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>连接…</translation>
    </message>
    <message>
        <source>Open snapshot…</source>
        <translation>打开快照…</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>打开演示</translation>
    </message>
</context>
<context>
    <name>ui::WriteDialog</name>
    <message>
        <source>&amp;Back</source>
        <translation>上一步(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>检查(&amp;R)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Start from what is there now</source>
        <translation>从现在的状态开始</translation>
    </message>
</context>
</TS>
