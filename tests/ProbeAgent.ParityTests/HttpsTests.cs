using ProbeAgent.ParityTests.Cases;

namespace ProbeAgent.ParityTests;

/// <summary>An HTTPS check is the kubelet's <c>httpGet</c> with <c>scheme: HTTPS</c>: no certificate is looked at.</summary>
public sealed class HttpsTests(ParityLab lab)
{
    // Most of it is waiting for time limits to pass.
    private const int LaneCount = 10;

    private static readonly Dictionary<string, IReadOnlyList<ParityCase>> Groups = new()
    {
        ["tls"] = TlsCases.All,
        ["https"] = SecureCases.All,
        ["http2"] = Http2Cases.All,
    };

    internal static IEnumerable<ParityCase> Cases => Groups.Values.SelectMany(group => group);

    internal static IEnumerable<string> Ids => Cases.SelectMany(one => new[] { one.Id, "wire/" + one.Id });

    [Theory]
    [InlineData("tls")]
    [InlineData("https")]
    [InlineData("http2")]
    public async Task TheAgentSaysWhatTheKubeletSays(string group)
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        await using var lanes = await LaneSet.StartAsync(LaneCount, () => Lane.HttpAsync(prober, neighbours, "https"));

        var measured = await lanes.CompareAsync(Groups[group]);

        Report.Write(group, measured, judgement);
        // What is sent is compared where both sides had somebody to send it to, once.
        var redirects = measured.Where(one => one.Id.StartsWith("https/redirect-", StringComparison.Ordinal));
        Report.AssertNone(judgement.Findings(measured).Concat(judgement.RequestFindings(redirects)));
    }
}
