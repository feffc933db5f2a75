using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>What was written down by hand is itself judged: by Kubernetes' types, by the rules for every manifest, by the agent's own <c>validate</c>.</summary>
public sealed class JudgementTests
{
    // Of the rules for what we write by hand, these are not: whether there is a startup probe and how long liveness lasts is the user's, the rest is said otherwise.
    private static readonly string[] ForOurExamples =
    [
        "answers the app's startup", "answers the app's liveness", "answers the app's readiness", "has the startup probe's timeout",
        "has the liveness probe's timeout", "has the readiness probe's timeout", "gives the app's liveness 30 s", "does not wait to drain",
        "asks Prometheus to scrape", "tells Prometheus its port", "tells Prometheus its path", "is scraped itself and not through Istio's sidecar",
        "keeps its port out of the capture", "turns the mesh's rewriting off", "has the annotations of a mesh", "answers every probe that Istio no longer rewrites", "is a native sidecar", "is the first init container",
    ];

    public static TheoryData<string> Manifests => GoldenTests.Manifests;

    public static TheoryData<string> Rules => [.. AgentRules.All.Select(rule => rule.Name).Except(ForOurExamples)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Each_pod_is_what_the_contract_makes_of_it(string name)
    {
        Assert.All(Pods(name), pod => Assert.Empty(pod.Faults()));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Each_document_of_the_agent_is_good(string name)
    {
        Assert.All(Pods(name).Where(pod => pod.HasAgent), pod =>
        {
            var run = InjectRun.Start(Path.GetTempPath(), Encoding.UTF8.GetBytes(pod.Document), "validate", "-");
            Assert.True(run.ExitCode == 0, run.Error);
        });
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Each_resource_is_read_strictly(string name)
    {
        foreach (var template in After(name).SelectMany(PodTemplates.In))
        {
            Assert.NotNull(Typed(template));
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_agent_keeps_the_rule_in_every_case(string rule)
    {
        var pods = GoldenCase.All.Where(golden => golden.IsManifest)
            .SelectMany(golden => After(golden.Name).SelectMany(PodTemplates.In).Select(pod => (golden.Name, Template: Typed(pod))))
            .Where(pod => (pod.Template.Spec.InitContainers ?? []).Concat(pod.Template.Spec.Containers).Any(container => container.Name == "probe-agent"));

        Assert.All(pods, pod => Assert.True(
            AgentRules.All.Single(one => one.Name == rule).Holds(new AgentPod(pod.Template)), $"The agent in {pod.Name} no longer {rule}."));
    }

    [Theory]
    [InlineData("/app-health/app/livez", "/livez")]
    [InlineData("path: /status\n                    timeoutSeconds: 2", "path: /status\n                    timeoutSeconds: 3")]
    [InlineData("periodSeconds: 15", "periodSeconds: 10")]
    [InlineData("port: 8080\n", "port: 8081\n")]
    [InlineData("path: \"/ready?full=1\"", "path: /ready")]
    [InlineData("replicas: 2", "replicas: 3", false)]
    [InlineData("registry.example.com/app:1", "registry.example.com/app:2")]
    public void A_fault_is_noticed(string sound, string broken, bool isOfThePod = true)
    {
        var golden = GoldenCase.Named("kind-deployment");
        Assert.Contains(sound, golden.Expected, StringComparison.Ordinal);

        var faults = Pair(golden.Input, golden.Expected!.Replace(sound, broken, StringComparison.Ordinal)).SelectMany(pod => pod.Faults());

        Assert.Equal(isOfThePod, faults.Any());
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Outside_the_pods_nothing_changes(string name)
    {
        var golden = GoldenCase.Named(name);
        var before = YamlValue.Documents(golden.Input).Select(WithoutPods).ToList();

        var after = YamlValue.Documents(golden.Expected!).Select(WithoutPods).Take(before.Count).ToList();

        Assert.Equal(before.Select(YamlValue.Text), after.Select(YamlValue.Text));
    }

    private static JsonNode WithoutPods(JsonNode document)
    {
        foreach (var pod in PodTemplates.In(document).ToList())
        {
            pod.Remove("metadata");
            pod.Remove("spec");
        }

        return document;
    }

    private static V1PodTemplateSpec Typed(JsonObject template)
    {
        var whole = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "PodTemplate",
            ["template"] = new JsonObject { ["metadata"] = template["metadata"]?.DeepClone(), ["spec"] = template["spec"]!.DeepClone() },
        };
        return ManifestTests.Manifests.Parse(whole.ToJsonString()).OfType<V1PodTemplate>().Single().Template;
    }

    private static IReadOnlyList<JsonNode> After(string name) => YamlValue.Documents(GoldenCase.Named(name).Expected!);

    private static List<InjectedPod> Pods(string name)
    {
        var golden = GoldenCase.Named(name);
        return Pair(golden.Input, golden.Expected!);
    }

    private static List<InjectedPod> Pair(string input, string output)
    {
        var before = YamlValue.Documents(input).SelectMany(PodTemplates.In).ToList();
        var after = YamlValue.Documents(output).SelectMany(PodTemplates.In).ToList();
        Assert.Equal(before.Count, after.Count);
        return [.. before.Zip(after, (one, other) => new InjectedPod(one, other))];
    }
}
