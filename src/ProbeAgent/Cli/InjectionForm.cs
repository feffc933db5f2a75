namespace ProbeAgent.Cli;

/// <summary>How <c>inject</c> gives what it has made.</summary>
internal enum InjectionForm
{
    /// <summary>All manifests, on standard output.</summary>
    Manifests,

    /// <summary>A JSON Patch, on standard output.</summary>
    Patch,

    /// <summary>A unified diff, on standard output.</summary>
    Diff,

    /// <summary>In the files themselves.</summary>
    InPlace,
}
