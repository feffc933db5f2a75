using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>
/// A pod before and after: says what is not as it must be. It is written from the contract alone and shares nothing with the engine.
/// </summary>
internal sealed class InjectedPod(JsonObject before, JsonObject after)
{
    private const string AgentName = "probe-agent";

    private static readonly (string Key, ProbeWord Word)[] Probes =
        [("startupProbe", ProbeWord.Startup), ("livenessProbe", ProbeWord.Liveness), ("readinessProbe", ProbeWord.Readiness)];

    private static readonly string[] Lists = ["initContainers", "containers"];

    private static readonly string[] Kinds = ["httpGet", "tcpSocket", "grpc"];

    private readonly JsonObject? agent = Containers(after).SingleOrDefault(container => $"{container["name"]}" == AgentName);

    /// <summary>True where there is an agent in it.</summary>
    public bool HasAgent => agent is not null;

    /// <summary>The agent's document as the agent reads it, the kubelet having expanded its <c>$$</c>.</summary>
    public string Document => KubeletExpansion.Of($"{Environment()}", new Dictionary<string, string>());

    /// <summary>Everything that is wrong; empty where nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (!HasAgent)
        {
            return JsonNode.DeepEquals(before, after) ? [] : ["there is no agent, and yet something changed"];
        }

        var checks = YamlValue.Documents(Document).Single()["checks"]!.AsArray().Select(check => check!.AsObject()).ToList();
        var pairs = Containers(before).Where(IsNotAgent).Zip(Containers(after).Where(IsNotAgent)).ToList();
        var asked = pairs.SelectMany(pair => Probes.Where(probe => IsMoved(pair.Second[probe.Key])).Select(probe => (pair.Second, probe.Word))).ToList();
        return
        [
            .. pairs.SelectMany(pair => Probes.SelectMany(probe => ProbeFaults(pair.First, pair.Second, probe.Key, probe.Word, checks))),
            .. checks.Where(check => !asked.Exists(probe => Serves(check, probe.Second, probe.Word))).Select(check => $"nobody asks for the check {check["name"]}"),
            .. Rest(before, after),
        ];
    }

    private JsonNode? Environment() => agent!["env"]!.AsArray().Single(variable => $"{variable!["name"]}" == "PROBEAGENT_CONFIG_YAML")!["value"];

    private static IEnumerable<string> ProbeFaults(JsonObject from, JsonObject to, string key, ProbeWord word, List<JsonObject> checks)
    {
        var (old, moved, name) = (from[key] as JsonObject, to[key] as JsonObject, $"{to["name"]}.{key}");
        if (old is null || moved is null || JsonNode.DeepEquals(old, moved))
        {
            return old is null == moved is null ? [] : [$"{name} appeared or is gone"];
        }

        var expected = new JsonObject { ["path"] = $"/app-health/{to["name"]}/{word.Endpoint}", ["port"] = AgentPod.Port };
        var serving = checks.Where(check => Serves(check, to, word)).ToList();
        return
        [
            .. JsonNode.DeepEquals(expected, moved["httpGet"]) ? Array.Empty<string>() : [$"{name} asks {moved["httpGet"]?.ToJsonString()}"],
            .. JsonNode.DeepEquals(Numbers(old), Numbers(moved)) ? Array.Empty<string>() : [$"{name} has other numbers: {Numbers(moved).ToJsonString()}"],
            .. serving.Count == 1 ? Array.Empty<string>() : [$"{name} is served by {serving.Count} checks"],
            .. serving.Where(check => !JsonNode.DeepEquals(Question(check, check), Question(old, from)))
                .Select(check => $"{name} asked {Question(old, from).ToJsonString()}, its check asks {Question(check, check).ToJsonString()}"),
        ];
    }

    private static bool Serves(JsonObject check, JsonObject container, ProbeWord word) =>
        $"{check["container"] ?? check["name"]}" == $"{container["name"]}"
        && (check["probes"] is not JsonArray probes || probes.Any(probe => $"{probe}" == word.Name));

    // How a probe is asked, all defaults written out.
    private static JsonObject Question(JsonObject probe, JsonObject container)
    {
        var kind = Kinds.Single(probe.ContainsKey);
        var ask = probe[kind]!.AsObject();
        var path = $"{ask["path"] ?? "/"}";
        return new JsonObject
        {
            ["kind"] = kind,
            ["port"] = Port($"{ask["port"]}", container),
            ["path"] = kind == "httpGet" ? (path.StartsWith('/') ? path : "/" + path) : null,
            ["scheme"] = kind == "httpGet" ? $"{ask["scheme"] ?? "HTTP"}" : null,
            ["headers"] = ask["httpHeaders"]?.DeepClone() ?? new JsonArray(),
            ["service"] = $"{ask["service"]}",
            ["timeoutSeconds"] = $"{probe["timeoutSeconds"] ?? 1}",
        };
    }

    private static string Port(string port, JsonObject container) =>
        container["ports"]?.AsArray().FirstOrDefault(declared => $"{declared!["name"]}" == port) is { } named ? $"{named["containerPort"]}" : port;

    private static JsonObject Numbers(JsonObject probe) =>
        new(probe.Where(entry => entry.Key is not ("httpGet" or "tcpSocket" or "grpc")).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));

    private static bool IsMoved(JsonNode? probe) => $"{probe?["httpGet"]?["port"]}" == $"{AgentPod.Port}";

    private static bool IsNotAgent(JsonObject container) => $"{container["name"]}" != AgentName;

    // What is neither a probe, a hook, an annotation nor the agent is what it was.
    private static IEnumerable<string> Rest(JsonObject before, JsonObject after) =>
        JsonNode.DeepEquals(Stripped(before), Stripped(after)) ? [] : [$"something else changed:\n{YamlValue.Text(Stripped(before))}\n{YamlValue.Text(Stripped(after))}"];

    private static JsonObject Stripped(JsonObject pod)
    {
        var rest = pod.DeepClone().AsObject();
        var spec = rest["spec"]!.AsObject();
        foreach (var list in Lists)
        {
            var others = spec[list]?.AsArray().Where(container => IsNotAgent(container!.AsObject())).Select(container => container!.DeepClone()).ToArray() ?? [];
            spec[list] = new JsonArray(others);
        }

        foreach (var container in Containers(rest))
        {
            container.Remove("lifecycle");
            Probes.ToList().ForEach(probe => container.Remove(probe.Key));
        }

        rest["metadata"] ??= new JsonObject();
        rest["metadata"]!.AsObject().Remove("annotations");
        return rest;
    }

    private static IEnumerable<JsonObject> Containers(JsonObject pod) =>
        Lists.SelectMany(list => pod["spec"]![list]?.AsArray().Select(container => container!.AsObject()) ?? []);
}
