using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary>What a page gives to be typed into a shell is shell.</summary>
public sealed class ShellBlockTests
{
    public static TheoryData<string> Pages => [.. Page.All.Where(page => page.In("sh").Any()).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_block_is_read_by_bash(string path)
    {
        Needs.Programs("bash");

        Assert.All(Page.At(path).In("sh"), block => Assert.True(Mistakes(block.Text).Length == 0, $"{block}: {Mistakes(block.Text)}"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_line_begins_with_a_prompt(string path) =>
        // Whoever copies a block copies all of it.
        Assert.All(Page.At(path).In("sh"), block => Assert.DoesNotContain(block.Text.Split('\n'), line => line.StartsWith("$ ", StringComparison.Ordinal)));

    [Fact]
    public void A_quote_that_is_not_closed_is_noticed()
    {
        Needs.Programs("bash");

        Assert.NotEmpty(Mistakes("kubectl label namespace shop 'probe-agent/inject=enabled\n"));
    }

    private static string Mistakes(string script) => Command.TryRun("bash", "-n", "-c", script).Error;
}
