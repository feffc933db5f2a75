using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary><c>docs/cookbook.md</c> says what is true of the binary that is copied into other images.</summary>
public sealed partial class CookbookTests
{
    private static readonly string Prose = string.Join('\n', Page.At("docs/cookbook.md").Prose.Select(line => line.Text));

    [Fact]
    public void The_binary_wants_no_newer_C_library_than_the_page_says()
    {
        var wanted = NeededVersion().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(Checkout.AgentBinary))).Select(match => Minor(match.Groups[1])).Max();

        Assert.InRange(wanted, 1, Minor(VersionOnThePage().Match(Prose).Groups[1]));
    }

    private static int Minor(Group version) => int.Parse(version.Value, CultureInfo.InvariantCulture);

    // In the table of symbol versions of an ELF file, each ends with a zero byte.
    [GeneratedRegex(@"GLIBC_2\.(\d+)(?:\.\d+)?\0")]
    private static partial Regex NeededVersion();

    [GeneratedRegex(@"It wants glibc 2\.(\d+) or later")]
    private static partial Regex VersionOnThePage();
}
