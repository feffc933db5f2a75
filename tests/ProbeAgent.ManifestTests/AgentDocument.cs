using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ProbeAgent.ManifestTests;

/// <summary>The part of the agent's document that must fit the probes beside it.</summary>
public sealed class AgentDocument
{
    /// <summary>What is asked.</summary>
    public IList<AgentCheck> Checks { get; init; } = [];

    /// <summary>The lifecycle hooks.</summary>
    public IList<AgentHook> Hooks { get; init; } = [];

    /// <summary>The paths at which hooks are passed on.</summary>
    public IEnumerable<string> HookPaths => Hooks.Select(hook => $"/app-lifecycle/{hook.Container}/{hook.Hook}?key={hook.Key}");

    /// <summary>Reads it; that it is good as a whole is asserted by the agent's own <c>validate</c>.</summary>
    public static AgentDocument Parse(string yaml) =>
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build()
            .Deserialize<AgentDocument>(yaml);

    /// <summary>The checks that speak for a container.</summary>
    public IEnumerable<AgentCheck> ChecksOf(string container) => Checks.Where(check => (check.Container ?? check.Name) == container);
}
