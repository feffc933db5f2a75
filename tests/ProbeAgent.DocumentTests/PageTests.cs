using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary>The tests of pages look at every block of every page.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Path)];

    [Fact]
    public void Every_page_in_the_project_is_seen() =>
        Assert.Equal(
            Directory.EnumerateDirectories(Checkout.Root).Where(folder => !IsOfTools(folder))
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
                .Concat(Directory.EnumerateFiles(Checkout.Root, "*.md"))
                .Select(file => Path.GetRelativePath(Checkout.Root, file))
                .Order(StringComparer.Ordinal),
            Page.All.Select(page => page.Path));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_fence_of_a_page_begins_or_ends_a_block_that_is_seen(string path)
    {
        var fences = Fence().Count(File.ReadAllText(Checkout.InRoot(path)));

        Assert.Equal(fences, 2 * Page.At(path).Blocks.Count);
    }

    [Fact]
    public void A_block_inside_of_a_list_is_read_without_its_indent()
    {
        var inList = Assert.Single(Page.At("docs/monitoring.md").In("yaml"), block => block.Text.Contains("providers:", StringComparison.Ordinal));

        Assert.StartsWith("apiVersion: 1\nproviders:\n  - name: probe-agent\n", inList.Text, StringComparison.Ordinal);
    }

    // What builds and tools leave, and what is hidden.
    private static bool IsOfTools(string folder) => Path.GetFileName(folder) is "artifacts" or ['.', ..];

    // Whatever Markdown takes for one: also indented, in a quotation, behind the mark of a list, and of the other kind.
    [GeneratedRegex(@"(?m)^[ \t>*+-]*(?:[0-9]+[.)][ \t]+)?(```|~~~)", RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
