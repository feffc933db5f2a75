using ProbeAgent.Probing;

namespace ProbeAgent.Mesh;

/// <summary>One page by which a sidecar shows itself.</summary>
/// <param name="Path">What is asked for.</param>
/// <param name="Shows">Whether that answer is the sidecar's own.</param>
internal sealed record MeshLook(string Path, Func<Page, bool> Shows);
