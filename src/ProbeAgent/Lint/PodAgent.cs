using System.Net;
using System.Text.Json.Nodes;
using ProbeAgent.Configuration;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>The agent in a pod.</summary>
internal sealed class PodAgent
{
    // The manifests are read on another machine: no file or address of this one counts.
    private static readonly Surroundings Elsewhere = new(IsThePod: false, () => Array.Empty<IPAddress>(), () => false);

    private readonly ConfigurationOutcome? outcome;

    private PodAgent(PodContainer container, ConfigMapLookup configMaps)
    {
        Container = container;
        Variables = new AgentVariables(container, configMaps);
        var file = Variables.Given[Setting.ConfigFile]?.Text;
        ConfigFile = file is null ? null : configMaps.FileOf(container, file);
        if (Variables.AreComplete && (file is null || ConfigFile?.Text is not null))
        {
            var reader = new ConfigurationReader(Variables.Given, Elsewhere);
            outcome = file is null || Variables.Given[Setting.ConfigYaml] is not null
                ? reader.Read()
                : reader.Read(new DocumentText(file, ConfigFile!.Value.Text!));
        }
    }

    /// <summary>Its container.</summary>
    public PodContainer Container { get; }

    /// <summary>What it is given there.</summary>
    public AgentVariables Variables { get; }

    /// <summary>The ConfigMap that holds its document as a file, where it lies, and the text; null where there is none such.</summary>
    public (string Name, JsonPointer Place, string? Text)? ConfigFile { get; }

    /// <summary>What it will do; null where that is wrong, or not to be seen in the manifests.</summary>
    public AgentConfiguration? Configuration => outcome?.Configuration;

    /// <summary>What it will refuse to start with.</summary>
    public IReadOnlyList<ConfigurationMistake> Mistakes => outcome?.Mistakes ?? [];

    /// <summary>What it will warn of at its start, but for what rules here say better.</summary>
    public IEnumerable<string> Warnings => outcome is null ? []
        : outcome.Warnings.Except(outcome.Configuration is null ? [] : ConfigurationWarnings.Of(outcome.Configuration, Elsewhere));

    /// <summary>Its public port.</summary>
    public int Port => Configuration?.Listen.Port
        ?? (Variables.Given[Setting.Listen] is { } listen ? ListenAddress.Parse(listen.Text)?.Port : null)
        ?? PortOfItsOwnProbes
        ?? AgentContainer.Port;

    /// <summary>Its admin port; null where it has none.</summary>
    public int? AdminPort => Configuration is null ? AgentContainer.AdminPort : Configuration.Admin?.Port;

    /// <summary>True for one of the <c>initContainers</c>.</summary>
    public bool IsInit => Container.Place.Steps[^2] == "initContainers";

    /// <summary>True where it is an init container that stays.</summary>
    public bool IsNativeSidecar => IsInit && Container.Node.Text("restartPolicy") == "Always";

    /// <summary>Where it stands in its list, counted from 0.</summary>
    public int Index => int.Parse(Container.Place.Last, System.Globalization.CultureInfo.InvariantCulture);

    // Where the document cannot be seen.
    private int? PortOfItsOwnProbes => Container.Probes
        .Where(probe => probe.Action.Text("path")?.StartsWith("/-/", StringComparison.Ordinal) == true)
        .Select(probe => probe.Action.Number("port"))
        .FirstOrDefault();

    /// <summary>The agent of a pod; null where it has none.</summary>
    public static PodAgent? Of(PodTemplate template, LintedDeployment deployment) =>
        template.Containers.FirstOrDefault(IsAgent) is { } container
            ? new PodAgent(container, new ConfigMapLookup(template, deployment))
            : null;

    private static bool IsAgent(PodContainer container)
    {
        var image = (container.Node.Text("image") ?? "").Split('@')[0].Split('/')[^1].Split(':')[0];
        var variables = container.Node["env"] as JsonArray ?? [];
        return (container.Name == AgentContainer.Name
                || image == AgentContainer.Name
                || variables.Any(variable => variable.Text("name") is "PROBEAGENT_TARGET" or "PROBEAGENT_CONFIG" or "PROBEAGENT_CONFIG_YAML"))
            && IsRunning(container);
    }

    // The same image is also the webhook's.
    private static bool IsRunning(PodContainer container)
    {
        var words = AgentVariables.CommandOf(container).Where(word => word.Split('/')[^1] != AgentContainer.Name);
        return words.FirstOrDefault("run") is var first && (first == "run" || first.StartsWith('-'));
    }
}
