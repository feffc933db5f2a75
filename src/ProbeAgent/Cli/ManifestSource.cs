namespace ProbeAgent.Cli;

/// <summary>A text of manifests that was given.</summary>
/// <param name="Name">For messages: the file as it was named, or <c>stdin</c>.</param>
/// <param name="Path">The file; null for standard input.</param>
/// <param name="Text">What it says; a byte order mark is part of it.</param>
internal sealed record ManifestSource(string Name, string? Path, string Text);
