using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ProbeAgent.Status;
using static ProbeAgent.Tests.Status.Statuses;

namespace ProbeAgent.Tests.Status;

public sealed partial class StatusPageTests
{
    private const string Hostile = "</title></style><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;\u202e\e";

    [Fact]
    public void Render_OfHostileTextEverywhere_KeepsItText()
    {
        var check = Failing with
        {
            Output = Hostile,
            Reason = Hostile,
            Target = Hostile,
            Transitions = [new TransitionStatus(Then, Hostile, Hostile, Hostile, Hostile, 1), new TransitionStatus(Then, "up", "down", Hostile, Hostile, 1)],
        };
        var status = Of([(Hostile, check), (Hostile + "2", check with { Status = "warn" })], Hostile) with
        {
            ReleaseId = Hostile,
            Mesh = new MeshStatus(Hostile, false, Then, Hostile),
        };

        var page = StatusPage.Render(status, $"listen: '{Hostile}'\n", isStill: false);

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain(page, character => character != '\n' && (char.IsControl(character) || character == '\u202e'));
        Assert.Equal(StructureOf(StatusPage.Render(Of([("a", Failing), ("b", Failing with { Status = "warn" })], "c") with
        {
            Mesh = new MeshStatus("m", false, Then, "d"),
        }, "e\n", isStill: false)), StructureOf(page));
    }

    [Fact]
    public void SecurityPolicy_KnowsTheStyleByItsHashAndAllowsNothingElse()
    {
        var style = Style().Match(StatusPage.Render(Of(Well), "", isStill: false)).Groups[1].Value;

        Assert.Equal(
            StatusPage.SecurityPolicy,
            $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; "
            + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    [Fact]
    public void Render_HasNoStyleOfAnElementAndNothingThatTheDocumentLoads()
    {
        var page = StatusPage.Render(Of(Failing, "note"), "listen: ':15081'\n", isStill: false);

        Assert.DoesNotMatch("<[^>]*\\sstyle=", page);
        Assert.DoesNotMatch("<[^>]*\\son[a-z]+=", page);
        Assert.DoesNotMatch("<[^>]*\\ssrc=", page);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Still_DoesNotRenewItself()
    {
        Assert.Contains("http-equiv=\"refresh\"", StatusPage.Render(Of(Well), "", isStill: false), StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", StatusPage.Render(Of(Well), "", isStill: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Plot_DrawsABarForEachAttemptInTheBoxAndACrossForEachFailure()
    {
        var attempts = Enumerable.Range(0, 120).Select(i => new RecentAttempt(1_200 - (10 * i), i % 7 == 0 ? 0.0001 : i, i % 3 == 0 ? "failure" : "success"));

        var page = StatusPage.Render(Of(Failing with { RecentAttempts = [.. attempts] }), "", isStill: false);

        var (successes, failures, crosses) = (PathOf(page, "success"), PathOf(page, "failure"), PathOf(page, "cross"));
        Assert.Equal((80, 40, 80), (Count(successes, 'M'), Count(failures, 'M'), Count(crosses, 'M')));
        Assert.All(Numbers().Matches(successes + failures + crosses), number => Assert.InRange(double.Parse(number.Value), 0, 600));
        Assert.All(Drop().Matches(successes + failures), y => Assert.InRange(double.Parse(y.Groups[1].Value), 1, 99));
    }

    [Fact]
    public void Render_BeforeTheFirstAttempt_HasNoPlot() =>
        Assert.DoesNotContain("<svg", StatusPage.Render(Of(Unasked), "", isStill: false), StringComparison.Ordinal);

    private static int Count(string path, char command) => path.Count(character => character == command);

    private static string PathOf(string page, string kind) => Regex.Match(page, $"<path class=\"{kind}\" d=\"([^\"]*)\"/>").Groups[1].Value;

    // As a strict reader sees it: names of elements, in their order.
    private static string StructureOf(string page) => string.Join(' ', XDocument
        .Parse(Void().Replace(page["<!doctype html>".Length..], "<$1/>"))
        .Descendants().Select(element => element.Name.LocalName));

    [GeneratedRegex("<((?:meta|link)[^>]*)>")]
    private static partial Regex Void();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("-?[0-9.]+")]
    private static partial Regex Numbers();

    [GeneratedRegex("V([0-9.]+)")]
    private static partial Regex Drop();
}
