namespace ProbeAgent.Configuration;

/// <summary>Reads the mesh of a document.</summary>
internal sealed class MeshReader(TargetReader targets, Findings findings)
{
    private static readonly IReadOnlyList<(string Word, ProbeKind Value)> Gates =
        [.. ValueRule.Probes.Where(probe => probe.Value == ProbeKind.Readiness)];

    /// <summary>The mesh; the defaults where the document says nothing.</summary>
    public MeshConfiguration Read(DocumentSection document)
    {
        var defaults = new MeshConfiguration();
        if (document.Section("mesh", "kind: auto") is not { } section)
        {
            return defaults;
        }

        var kind = section.Word("kind", ValueRule.Meshes);
        var readyUrl = section.Text("readyUrl", targets.Page);
        var gate = section.Words("gate", Gates);
        var deadline = section.Number(
            "gateDeadlineSeconds", ValueRule.WholeSeconds(0, 3600), ValueRule.SecondsWanted("gateDeadlineSeconds", 0, 3600));
        section.Close();
        if (kind is { Value: MeshKind.Custom } && !section.Has("readyUrl"))
        {
            findings.Mistakes.Add(kind.Origin.Mistake("is 'custom', which needs a readyUrl: where the sidecar says that it is ready, such as ':15021/ready'"));
        }

        return new MeshConfiguration
        {
            Kind = kind?.Value ?? defaults.Kind,
            ReadyUrl = readyUrl?.Value,
            Gate = gate?.Value ?? defaults.Gate,
            GateDeadline = deadline?.Value ?? defaults.GateDeadline,
        };
    }
}
