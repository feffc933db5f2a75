using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary>What a page shows as YAML is YAML for kubectl, whose reader is older than YAML 1.2 and stricter than ours about what needs quotes.</summary>
public sealed class YamlBlockTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("probe-agent-").FullName;

    public static TheoryData<string> Pages => [.. Page.All.Where(page => page.In("yaml").Any()).Select(page => page.Path)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_block_is_read_by_kubectl(string path) => Assert.Equal("", Mistakes([.. Page.At(path).In("yaml").Select(block => block.Text)]));

    [Fact]
    public void A_question_mark_without_quotes_between_braces_is_noticed() =>
        Assert.NotEqual("", Mistakes(["livenessProbe: {httpGet: {path: /livez?verbose, port: 15081}}\n"]));

    // Kustomize in kubectl wants no cluster. It takes a resource of any kind, so each document is a part of one.
    private string Mistakes(IReadOnlyList<string> blocks)
    {
        Needs.Programs("kubectl");
        var resources = blocks.SelectMany(block => block.Split("\n---\n")).Select((text, index) => (Name: $"shown-{index}", Text: text)).ToList();
        foreach (var (name, text) in resources)
        {
            var indented = string.Concat(text.TrimEnd('\n').Split('\n').Select(line => $"  {line}\n"));
            File.WriteAllText(Path.Combine(folder, $"{name}.yaml"), $"apiVersion: v1\nkind: Shown\nmetadata:\n  name: {name}\nshown:\n{indented}");
        }

        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), $"resources: [{string.Join(", ", resources.Select(resource => $"{resource.Name}.yaml"))}]\n");
        return Command.TryRun("kubectl", "kustomize", folder).Error;
    }
}
