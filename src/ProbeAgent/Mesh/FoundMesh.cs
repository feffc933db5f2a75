namespace ProbeAgent.Mesh;

/// <summary>A sidecar that has shown itself.</summary>
/// <param name="Mark">Which it is.</param>
/// <param name="Message">What was asked, and what came back.</param>
internal sealed record FoundMesh(MeshMark Mark, string Message);
