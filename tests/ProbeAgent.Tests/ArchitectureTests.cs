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
        ["Serving"] = ["Checks", "Configuration", "Telemetry", "Probing"],
        ["Status"] = ["Checks", "Probing"],
        ["Hosting"] = ["Serving", "Status", "Checks", "Probing", "Configuration", "Telemetry"],
        ["Cli"] = ["Hosting", "Status", "Checks", "Configuration"],
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

    private static IEnumerable<string> TypeNames(string file) =>
        TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value);

    private static string FolderOf(string file) =>
        Path.GetDirectoryName(Path.GetRelativePath(SourceTree.Product, file))!;

    // `using ProbeAgent.X;` and a name written out in full.
    [GeneratedRegex(@"(?:using ProbeAgent\.|(?<![\w.])ProbeAgent\.|(?<![\w.:/])(?=(?:Hosting|Serving|Status|Probing|Telemetry|Cli)\.[A-Z]))(\w+)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(?:public|internal)[\w ]* (?:class|struct|enum|interface|record|record struct) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
