using ProbeAgent.Injection;

namespace ProbeAgent.Cli;

/// <summary>What has become of a file.</summary>
/// <param name="Source">As it was.</param>
/// <param name="Text">As it is to be.</param>
/// <param name="Patches">Those of its documents that change.</param>
internal sealed record InjectedFile(ManifestSource Source, string Text, IReadOnlyList<JsonPatch> Patches)
{
    /// <summary>True where something is to be written.</summary>
    public bool IsChanged => Text != Source.Text;
}
