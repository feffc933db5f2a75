using System.CommandLine;
using System.CommandLine.Parsing;
using ProbeAgent.Configuration;
using ProbeAgent.Injection;

namespace ProbeAgent.Cli;

/// <summary>The options that say what pods get, the same for every command that injects.</summary>
/// <param name="discoveries">The words of <c>--prometheus</c> that the command knows.</param>
internal sealed class InjectionArguments(params IReadOnlyList<(string Word, PrometheusDiscovery Value)> discoveries)
{
    private const string HookKeyVariable = "PROBEAGENT_HOOK_KEY";

    // As for a hook's own key: shorter ones can be tried out.
    private const int GoodKeyLength = 16;

    private static readonly (string, InjectedMesh)[] Meshes =
    [
        ("auto", InjectedMesh.Auto), ("istio", InjectedMesh.Istio), ("linkerd", InjectedMesh.Linkerd), ("kuma", InjectedMesh.Kuma),
        ("consul", InjectedMesh.Consul), ("none", InjectedMesh.None),
    ];

    private static readonly (string, HookHandling)[] HookWords = [("refuse", HookHandling.Refuse), ("relay", HookHandling.Relay)];

    private readonly Option<string> image = Text("--image", "image", "The agent's image, as in a container: 'ghcr.io/probe-agent/probe-agent:0.1.0'. Required.");

    private readonly Option<string> mesh = Text(
        "--mesh", "name", "The mesh of the pods: auto, istio, linkerd, kuma, consul or none; 'auto' goes by the manifest's own signs. Default: auto.");

    private readonly Option<bool> onlyCaptured = new("--only-captured")
    {
        Description = "Leave probes at ports alone that the mesh does not capture.",
    };

    private readonly Option<string> hooks = Text(
        "--hooks", "what", "What becomes of httpGet lifecycle hooks: 'refuse', an error that names them, or 'relay', by the agent. Default: refuse.");

    private readonly Option<string> hookKey = Text(
        "--hook-key", "secret", $"The secret that the keys of relayed hooks are derived from; better by the variable than on a command line. [{HookKeyVariable}]");

    private readonly Option<string> prometheus = Text(
        "--prometheus", "how", $"How Prometheus is to find the agent: {string.Join(" or ", discoveries.Select(discovery => discovery.Word))}. Default: none.");

    private readonly Option<string> kubeVersion = Text(
        "--kube-version", "version", "The cluster's version, as '1.31'; below 1.29 the agent is a regular container. Default: a recent one.");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { image, mesh, onlyCaptured, hooks, hookKey, prometheus, kubeVersion })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the user wants; null where there are mistakes.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="others">What counts where an option is not given, by its name without the dashes; null for nothing.</param>
    public (InjectionOptions? Options, IReadOnlyList<string> Mistakes) Read(ParseResult parsed, IReadOnlyDictionary<string, string>? others = null)
    {
        var mistakes = new List<string>();
        var options = new InjectionOptions
        {
            Image = Image(Given(image), mistakes),
            Mesh = Word(mesh, Meshes),
            OnlyCaptured = parsed.GetValue(onlyCaptured) || others?.GetValueOrDefault("only-captured") == "true",
            Hooks = Word(hooks, HookWords),
            HookKey = (Given(hookKey) ?? Environment.GetEnvironmentVariable(HookKeyVariable)) is { Length: > 0 } key ? key : null,
            Prometheus = Word(prometheus, discoveries),
            Kubernetes = Kubernetes(Given(kubeVersion), mistakes),
        };
        if (options.Hooks == HookHandling.Relay && (options.HookKey ?? "").Length < GoodKeyLength)
        {
            mistakes.Add($"--hooks relay needs a secret of {GoodKeyLength} characters or more that the keys of the hooks are derived from; give it by {HookKeyVariable}, the same each time");
        }

        return mistakes.Count == 0 ? (options, mistakes) : (null, mistakes);

        string? Given(Option<string> option) => parsed.GetResult(option) is OptionResult { Implicit: false }
            ? parsed.GetValue(option)
            : others?.GetValueOrDefault(option.Name[2..]);

        T Word<T>(Option<string> option, IReadOnlyList<(string Word, T Value)> words)
            where T : struct
        {
            if (Given(option) is not { } text)
            {
                return default;
            }

            var judged = ValueRule.OneOf(text, words);
            if (judged.Wrong is { } wrong)
            {
                mistakes.Add($"{option.Name}: '{text}' {wrong}");
            }

            return judged.Value;
        }
    }

    private static string Image(string? text, List<string> mistakes)
    {
        if (string.IsNullOrEmpty(text))
        {
            mistakes.Add("--image is missing: name the agent's image, as in '--image ghcr.io/probe-agent/probe-agent:0.1.0'");
        }
        else if (text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            mistakes.Add($"--image: '{text}' is not the name of an image; write it as in a container, without spaces");
        }

        return text ?? "";
    }

    private static KubernetesVersion? Kubernetes(string? text, List<string> mistakes)
    {
        if (text is null)
        {
            return null;
        }

        var version = KubernetesVersion.Parse(text);
        if (version is null)
        {
            mistakes.Add($"--kube-version: '{text}' is not a version of Kubernetes; write it as '1.31' or 'v1.31.4'");
        }

        return version;
    }

    private static Option<string> Text(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };
}
