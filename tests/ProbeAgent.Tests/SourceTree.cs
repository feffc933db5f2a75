using System.Runtime.CompilerServices;

namespace ProbeAgent.Tests;

/// <summary>The sources of the product, for tests about how they are written.</summary>
internal static class SourceTree
{
    /// <summary>The folder <c>src/ProbeAgent</c>.</summary>
    public static string Product { get; } = Path.Combine(Root(), "src", "ProbeAgent");

    /// <summary>A file of the checkout, by its path from the root.</summary>
    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root(), relative));

    /// <summary>All source files of the product.</summary>
    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Product, "*.cs", SearchOption.AllDirectories);

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
