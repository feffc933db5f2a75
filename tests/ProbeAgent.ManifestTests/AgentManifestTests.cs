using k8s.Models;

namespace ProbeAgent.ManifestTests;

/// <summary>The manifests that hold the agent have everything that keeps it from hurting the app beside it.</summary>
public sealed class AgentManifestTests
{
    private const string Example = "deploy/examples/service-go-liveness-http-agent.yaml";
    private const string SeveralContainers = "deploy/examples/several-containers-agent.yaml";
    private const string PreStop = "deploy/examples/pre-stop-agent.yaml";

    public static TheoryData<string> Rules => [.. AgentRules.All.Select(rule => rule.Name)];

    public static TheoryData<string, string> ExamplesAndRules
    {
        get
        {
            var examples = Manifests.Files.Where(file => file.EndsWith("-agent.yaml", StringComparison.Ordinal));
            return [.. examples.SelectMany(_ => AgentRules.All, (example, rule) => (example, rule.Name))];
        }
    }

    [Theory]
    [MemberData(nameof(ExamplesAndRules))]
    public void The_agent_in_the_example(string example, string rule) =>
        Assert.True(Named(rule).Holds(Pod(Manifests.Read(example))), $"The agent in {example} no longer {rule}.");

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_agent_in_the_readme(string rule)
    {
        var block = Assert.Single(
            Manifests.Blocks("README.md"),
            block => block.Text.Contains("name: probe-agent", StringComparison.Ordinal));

        Assert.True(Named(rule).Holds(Pod(block.Text)), $"The agent in README.md no longer {rule}.");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_notices_the_example_without_it(string rule)
    {
        var (_, holds, sound, broken) = Named(rule);
        var example = Manifests.Read(Example);

        Assert.Contains(sound, example, StringComparison.Ordinal);
        var mutant = Pod(example.Replace(sound, broken, StringComparison.Ordinal));
        Assert.False(holds(mutant), $"'{rule}' held for a manifest without it.");
    }

    [Theory]
    [InlineData(SeveralContainers, "path: /app-health/worker/livez", "path: /livez", "answers the app's liveness")]
    [InlineData(SeveralContainers, "path: /app-health/worker/readyz", "path: /app-health/app/readyz", "answers the app's readiness")]
    [InlineData(SeveralContainers, "probes: [startup, liveness]", "probes: [liveness]", "answers the app's startup")]
    [InlineData(SeveralContainers, "timeoutSeconds: 2\n                    probes: [readiness]", "timeoutSeconds: 3\n                    probes: [readiness]", "has the readiness probe's timeout")]
    [InlineData(SeveralContainers, "                    timeoutSeconds: 1\n", "", "says its timeout")]
    [InlineData(PreStop, "?key=4f", "?key=5f", "passes on the app's hooks")]
    [InlineData(PreStop, "- container: app", "- container: other", "passes on the app's hooks")]
    public void A_rule_notices_a_document_that_does_not_fit_the_probes(string example, string sound, string broken, string rule)
    {
        var text = Manifests.Read(example);
        Assert.Contains(sound, text, StringComparison.Ordinal);

        Assert.False(Named(rule).Holds(Pod(text.Replace(sound, broken, StringComparison.Ordinal))), $"'{rule}' held all the same.");
    }

    private static AgentRule Named(string name) => AgentRules.All.Single(rule => rule.Name == name);

    private static AgentPod Pod(string yaml) =>
        new(Assert.Single(Manifests.Parse(yaml).OfType<V1Deployment>()).Spec.Template);
}
