namespace ProbeAgent.Tests;

/// <summary>The sources of the product, for tests about how they are written.</summary>
internal static class SourceTree
{
    /// <summary>The folder <c>src/ProbeAgent</c> of the checkout in which these tests were built.</summary>
    public static string Product { get; } = Path.Combine(Root(), "src", "ProbeAgent");

    /// <summary>The folder <c>tests</c> of the same checkout.</summary>
    public static string Tests { get; } = Path.Combine(Root(), "tests");

    /// <summary>All source files of the product.</summary>
    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Product, "*.cs", SearchOption.AllDirectories);

    // Not by [CallerFilePath]: a deterministic build writes other paths into the binary.
    private static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ProbeAgent.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("ProbeAgent.sln is in no folder above the tests: run them from a checkout.");
    }
}
