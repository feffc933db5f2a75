using k8s.Models;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests;

/// <summary>Whoever copies a manifest from a page has an agent that does not hurt the app beside it.</summary>
public sealed class PageManifestTests
{
    private const string GettingStarted = "docs/getting-started.md";

    // Above manifests that are meant for no mesh.
    private const string NoMesh = "No mesh";

    public static TheoryData<string, string> ManifestsAndRules =>
        [.. Page.All.Where(page => Pods(page.Path).Any()).SelectMany(page => AgentRules.Everywhere, (page, rule) => (page.Path, rule.Name))];

    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(ManifestsAndRules))]
    public void The_agent_on_a_page(string page, string rule)
    {
        var holds = AgentRules.Everywhere.Single(one => one.Name == rule).Holds;

        Assert.All(Pods(page), shown => Assert.True(holds(shown.Pod), $"The agent at {shown.Block} no longer {rule}."));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_probes_of_a_fragment_are_those_that_its_agent_answers(string page) =>
        Assert.All(
            Fragments.Of(page).Select(fragment => (Block: fragment, Template: Template(Fragments.Parse(fragment)))).Where(shown => HasAgent(shown.Template)),
            shown => Assert.All(Probes(new AgentPod(shown.Template!)), probe =>
            {
                Assert.True(probe.Pod.IsAnswered(probe.App, probe.Probe, probe.Word), $"The agent at {shown.Block} does not answer the {probe.Word.Name} of {probe.App.Name}.");
                Assert.True(probe.Pod.SharesTimeout(probe.App, probe.Probe, probe.Word), $"The {probe.Word.Name} of {probe.App.Name} at {shown.Block} has not its check's timeout.");
            }));

    [Fact]
    public void The_page_for_beginners_has_a_manifest_for_each_mesh_and_one_for_none() =>
        Assert.Equal(["Istio", "Linkerd", "Kuma", "Consul", NoMesh], Pods(GettingStarted).Select(shown => shown.Block.Heading));

    private static IEnumerable<(PageBlock Block, AgentPod Pod)> Pods(string page) =>
        from block in Manifests.Blocks(page)
        from resource in Manifests.Parse(block.Text)
        let template = Template(resource)
        where HasAgent(template)
        select (block, new AgentPod(template, isMeshed: block.Heading != NoMesh));

    private static V1PodTemplateSpec? Template(object resource) => resource switch
    {
        V1PodTemplateSpec template => template,
        V1PodSpec spec => new V1PodTemplateSpec { Spec = spec },
        V1Pod pod => new V1PodTemplateSpec { Metadata = pod.Metadata, Spec = pod.Spec },
        V1Deployment deployment => deployment.Spec.Template,
        V1StatefulSet set => set.Spec.Template,
        V1DaemonSet set => set.Spec.Template,
        V1Job job => job.Spec.Template,
        V1CronJob job => job.Spec.JobTemplate.Spec.Template,
        _ => null,
    };

    private static bool HasAgent(V1PodTemplateSpec? template) =>
        (template?.Spec?.InitContainers ?? []).Concat(template?.Spec?.Containers ?? []).Any(container => container.Name == "probe-agent");

    private static IEnumerable<(AgentPod Pod, V1Container App, V1Probe Probe, ProbeWord Word)> Probes(AgentPod pod) =>
        from app in pod.Apps
        from asked in new[] { (app.StartupProbe, ProbeWord.Startup), (app.LivenessProbe, ProbeWord.Liveness), (app.ReadinessProbe, ProbeWord.Readiness) }
        where asked.Item1?.Exec is null && asked.Item1 is not null
        select (pod, app, asked.Item1, asked.Item2);
}
