using System.Text.RegularExpressions;

namespace ProbeAgent.Tests;

/// <summary>Data flows one way through the folders: a folder uses only what its row names.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Probing"] = [],
        ["Yaml"] = [],
        ["Configuration"] = ["Yaml"],
        ["Telemetry"] = [],
        ["Checks"] = ["Configuration", "Telemetry", "Probing"],
        ["Mesh"] = ["Configuration", "Telemetry", "Probing"],
        ["Serving"] = ["Checks", "Mesh", "Configuration", "Telemetry", "Probing"],
        ["Status"] = ["Checks", "Mesh", "Probing"],
        ["Injection"] = ["Configuration", "Mesh", "Yaml"],
        ["Lint"] = ["Injection", "Configuration", "Mesh"],
        ["Manifests"] = ["Yaml"],
        ["Admission"] = ["Injection", "Telemetry"],
        ["Hosting"] = ["Admission", "Injection", "Serving", "Status", "Checks", "Mesh", "Probing", "Configuration", "Telemetry"],
        ["Cli"] = ["Hosting", "Status", "Checks", "Configuration", "Injection", "Lint", "Manifests", "Yaml"],
    };

    public static TheoryData<string> Folders() => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_Uses_OnlyWhatItsRowNames(string folder)
    {
        var used = SourceTree.Files()
            .Where(file => FolderOf(file) == folder)
            .SelectMany(file => Reference().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Where(name => name != folder && Allowed.ContainsKey(name))
            .Distinct();

        Assert.Empty(used.Except(Allowed[folder]));
    }

    [Fact]
    public void EveryFolder_HasARow()
    {
        var folders = SourceTree.Files().Select(FolderOf).Where(folder => folder.Length > 0).Distinct();

        Assert.Equal(Allowed.Keys.Order(), folders.Order());
    }

    [Fact]
    public void EveryFile_HoldsOneTypeOfItsName()
    {
        var strangers = SourceTree.Files()
            .Where(file => FolderOf(file).Length > 0)
            .Where(file => !TypeNames(file).SequenceEqual([Path.GetFileNameWithoutExtension(file)]));

        Assert.Empty(strangers);
    }

    /// <summary>Judge and judged share no code, or they would share its mistakes: neither fakes nor labs know the product.</summary>
    [Fact]
    public void NoSuiteButThisOne_ReferencesTheProduct()
    {
        var strangers = Directory.EnumerateFiles(SourceTree.Tests, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".csproj" or ".props" or ".targets")
            .Where(file => ReferenceToTheProduct().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName);

        Assert.Equal(["ProbeAgent.Tests.csproj"], strangers);
    }

    [Fact]
    public void Oracle_UsesNothingOfTheProduct()
    {
        var types = SourceTree.Files().Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var files = Directory.EnumerateFiles(Path.Combine(SourceTree.Tests, "ProbeAgent.Tests", "Model", "Oracle"), "*.cs").ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => Reference().Matches(File.ReadAllText(file)).Any(match => match.Groups[1].Value != "Tests"));
        Assert.DoesNotContain(files, file => Qualified().Matches(File.ReadAllText(file)).Any(match => types.Contains(match.Groups[1].Value)));
    }

    private static IEnumerable<string> TypeNames(string file) =>
        TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value);

    private static string FolderOf(string file) =>
        Path.GetDirectoryName(Path.GetRelativePath(SourceTree.Product, file))!;

    // `using ProbeAgent.X;` and a name written out in full.
    [GeneratedRegex(@"(?:using ProbeAgent\.|(?<![\w.])ProbeAgent\.|(?<![\w.:/])(?=(?:Hosting|Serving|Status|Mesh|Probing|Telemetry|Cli|Injection|Lint|Manifests|Admission)\.[A-Z]))(\w+)")]
    private static partial Regex Reference();

    // A type by the name of its folder, as the namespace around a test allows it.
    [GeneratedRegex(@"\b(?:Checks|Configuration|Yaml)\.(\w+)")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"(?:Include|Project|HintPath)\b[^\n]*(?:[""/\\]src[/\\]|ProbeAgent(?:\.Tests)?\.csproj)")]
    private static partial Regex ReferenceToTheProduct();

    [GeneratedRegex(@"^(?:public|internal)[\w ]* (?:class|struct|enum|interface|record|record struct) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
