namespace ProbeAgent.Cli;

/// <summary>A text of manifests, and where it came from.</summary>
/// <param name="Name">The file as given, or <c>stdin</c>.</param>
/// <param name="Text">What it says.</param>
/// <param name="HasMark">True where the file begins with a byte order mark, which the text does not have.</param>
internal sealed record ManifestSource(string Name, string Text, bool HasMark)
{
    /// <summary>True for standard input.</summary>
    public bool IsStandardInput => Name == "stdin";
}
