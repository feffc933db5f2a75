using System.Globalization;
using ProbeAgent.Admission;
using ProbeAgent.Checks;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests;

/// <summary><c>docs/troubleshooting.md</c> has a row for everything that the agent and the webhook can say is wrong.</summary>
public sealed class TroubleshootingPageTests
{
    private const string File = "docs/troubleshooting.md";

    // The one row of the webhook's table that is none of its words: it was not asked.
    private const string NotAsked = "no annotation, and no agent";

    [Fact]
    public void Each_reason_has_its_row_with_its_code_and_no_other() =>
        Assert.Equal(
            Enum.GetValues<Reason>().Select(reason => (ReasonWord.Of(reason), Code(reason))),
            Rows("By reason").Select(cells => (cells[0], cells[1])));

    [Fact]
    public void Each_reason_of_the_webhook_has_its_row_and_no_other() =>
        Assert.Equal(
            AdmissionReason.All.Select(pair => pair.Reason).Order(StringComparer.Ordinal),
            Rows("The webhook").Select(cells => cells[0]).Where(cell => cell != NotAsked).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_code_of_the_agents_own_has_its_row() =>
        Assert.Subset(
            Rows("By status code").Select(cells => cells[0]).ToHashSet(),
            Enum.GetValues<Reason>().Select(Code).Where(code => code.All(char.IsAsciiDigit)).Append("200").Append("404").ToHashSet());

    private static string Code(Reason reason) =>
        reason == Reason.BadStatus ? "the app's" : AnswerCode.Of(AttemptResult.Failed(reason, "")).ToString(CultureInfo.InvariantCulture);

    // The cells of a table, without its head and the line below that.
    private static IEnumerable<string[]> Rows(string heading) => Lab.Page.At(File).Prose
        .SkipWhile(line => line.Text != $"## {heading}").Skip(1)
        .TakeWhile(line => !line.Text.StartsWith('#'))
        .Where(line => line.Text.StartsWith("| ", StringComparison.Ordinal))
        .Skip(2)
        .Select(line => line.Text[2..].Split(" | ").Select(cell => cell.Trim('`', ' ')).ToArray());
}
