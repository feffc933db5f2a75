namespace ProbeAgent.Mesh;

/// <summary>What is known of the sidecar, for those who show it.</summary>
internal sealed record MeshSnapshot
{
    /// <summary>Nothing has been found out yet.</summary>
    public static MeshSnapshot Unknown { get; } = new() { Mesh = "unknown", Sentence = "no sidecar has been found yet" };

    /// <summary><c>istio</c>, <c>linkerd</c>, <c>kuma</c>, <c>custom</c>, <c>none</c>, or <c>unknown</c> while it is looked for.</summary>
    public required string Mesh { get; init; }

    /// <summary>Whether the sidecar says that it is ready; null where nobody has been asked.</summary>
    public bool? IsReady { get; init; }

    /// <summary>Since when it is ready, or not; null where nobody has been asked.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>One sentence for the person on call: who was asked, and what came back.</summary>
    public required string Sentence { get; init; }

    /// <summary>What about the mesh needs somebody's hand, each with what to do; empty where nothing does.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
