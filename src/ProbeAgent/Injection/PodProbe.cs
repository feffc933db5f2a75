using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>A probe of a container.</summary>
/// <param name="Container">Whose it is.</param>
/// <param name="Kind">Its key there, and its word in a document and in a path of the agent.</param>
/// <param name="Node">What is there.</param>
internal sealed record PodProbe(PodContainer Container, (string Key, string Word, string Path) Kind, JsonObject Node)
{
    /// <summary>The kinds of probes: the key in a container, the word in the agent's document, the last step of its path.</summary>
    public static readonly IReadOnlyList<(string Key, string Word, string Path)> Kinds =
        [("startupProbe", "startup", "startupz"), ("livenessProbe", "liveness", "livez"), ("readinessProbe", "readiness", "readyz")];

    private static readonly string[] Actions = ["exec", "grpc", "httpGet", "tcpSocket"];

    /// <summary>Where it lies.</summary>
    public JsonPointer Place => Container.Place / Kind.Key;

    /// <summary>How it asks: the one of <c>exec</c>, <c>grpc</c>, <c>httpGet</c> and <c>tcpSocket</c> that is there; more where it is wrong.</summary>
    public IReadOnlyList<string> Ways => [.. Actions.Where(way => Node[way] is not null)];

    /// <summary>What it asks, where that is one thing.</summary>
    public JsonObject? Action => Ways is [var way] ? Node[way] as JsonObject : null;

    /// <summary>Seconds; the API server's default where it says nothing.</summary>
    public int TimeoutSeconds => Number("timeoutSeconds", 1);

    /// <summary>Seconds; the API server's default where it says nothing.</summary>
    public int PeriodSeconds => Number("periodSeconds", 10);

    /// <summary>The API server's default where it says nothing.</summary>
    public int FailureThreshold => Number("failureThreshold", 3);

    /// <summary>For sentences.</summary>
    public override string ToString() => $"the {Kind.Key} of container '{Container.Name}'";

    // The API server takes a zero for none.
    private int Number(string key, int byDefault) => Node.Number(key) is { } given and not 0 ? given : byDefault;
}
