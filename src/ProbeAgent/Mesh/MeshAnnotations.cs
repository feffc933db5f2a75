using System.Globalization;

namespace ProbeAgent.Mesh;

/// <summary>What to say about the annotations of a pod by which its mesh leaves the agent's port and the probes alone.</summary>
internal static class MeshAnnotations
{
    /// <summary>What to do, in a sentence.</summary>
    /// <param name="mesh">As in <see cref="MeshSnapshot.Mesh"/>, or <c>consul</c>; Istio's stand for one that is not known.</param>
    /// <param name="port">The agent's public port.</param>
    public static string Advice(string mesh, int port)
    {
        var known = MeshConvention.All.FirstOrDefault(convention => convention.Name == mesh);
        var convention = known ?? MeshConvention.All[0];
        var forThePort = string.Create(CultureInfo.InvariantCulture, $"{convention.ExcludedPorts}: \"{port}\"");
        var advice = convention.Rewriting is { } second
            ? $"the two annotations belong together on the pod: {forThePort} and {second.Key}: \"{second.Value}\""
            : $"the pod needs the annotation {forThePort}";
        return known is null ? $"{advice} (Istio's; for other meshes see docs/mesh.md)" : advice;
    }
}
