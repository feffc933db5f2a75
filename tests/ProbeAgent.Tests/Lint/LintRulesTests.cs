using System.Text.RegularExpressions;
using ProbeAgent.Lint;

namespace ProbeAgent.Tests.Lint;

/// <summary>Each rule finds what it is for, at its place, and not what is nearly that.</summary>
public sealed partial class LintRulesTests
{
    // Those that need more than one document or another kind of workload: LinterTests.
    private static readonly string[] TestedElsewhere = ["mutable-config-map", "agent-in-job"];

    private static string PageText { get; } = File.ReadAllText(Path.Combine(SourceTree.Product, "..", "..", "docs", "lint.md"));

    public static TheoryData<int, string> Cases() => [.. LintCases.All.Select((one, index) => (index, one.Rule))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Look_Mistake_IsFoundAtItsPlace(int index, string rule) => Assert.Equal([LintCases.All[index].Expected], Linting.Lint(LintCases.All[index].Mistaken, rule));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Look_NearestNeighbour_IsLeftAlone(int index, string rule) => Assert.Empty(Linting.Lint(LintCases.All[index].Neighbour, rule));

    [Fact]
    public void All_Rules_AreTested() =>
        Assert.Equal(LintRules.All.Select(rule => rule.Id).Order(), LintCases.All.Select(one => one.Rule).Concat(TestedElsewhere).Distinct().Order());

    [Fact]
    public void All_Rules_HaveASectionOfThePageInTheirOrder() =>
        Assert.Equal(LintRules.All.Select(rule => rule.Id), Heading().Matches(PageText).Select(match => match.Groups[1].Value));

    [Fact]
    public void All_RulesOfThePagesTable_AreTheRules() =>
        Assert.Equal(LintRules.All.Select(rule => rule.Id), Row().Matches(PageText).Select(match => match.Groups[1].Value));

    // Those of rules are one word, in lower case.
    [GeneratedRegex("^### ([a-z0-9-]+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| \[([a-z0-9-]+)\]\(#\1\) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
