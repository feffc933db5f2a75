using k8s.Models;

namespace ProbeAgent.ManifestTests;

/// <summary>The manifests that hold the agent have everything that keeps it from hurting the app beside it.</summary>
public sealed class AgentManifestTests
{
    private const string Example = "deploy/examples/service-go-liveness-http-agent.yaml";

    public static TheoryData<string> Rules => [.. AgentRules.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_agent_in_the_example(string rule) =>
        Assert.True(Named(rule).Holds(Pod(Manifests.Read(Example))), $"The agent in {Example} no longer {rule}.");

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_agent_in_the_readme(string rule)
    {
        var block = Assert.Single(
            Manifests.Blocks("README.md"),
            block => block.Contains("name: probe-agent", StringComparison.Ordinal));

        Assert.True(Named(rule).Holds(Pod(block)), $"The agent in README.md no longer {rule}.");
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

    private static AgentRule Named(string name) => AgentRules.All.Single(rule => rule.Name == name);

    private static AgentPod Pod(string yaml) =>
        new(Assert.Single(Manifests.Parse(yaml).OfType<V1Deployment>()).Spec.Template);
}
