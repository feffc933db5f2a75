using ProbeAgent.Lab;

namespace ProbeAgent.ParityTests;

/// <summary>
/// What the agent made of a probe, <c>success</c> for 200, else <c>failure</c>, and its own words for it; or what the kubelet
/// makes of the agent's answer to a hook.
/// </summary>
internal sealed record AgentVerdict(string Result, string Output);

/// <summary>
/// Both verdicts about one case, and what each of them sent for it: a text for each request, its header lines sorted, with
/// <c>{host}</c> and <c>{port}</c> in the places of the app's.
/// </summary>
internal sealed record Comparison(
    string Id,
    KubeletVerdict Kubelet,
    AgentVerdict Agent,
    IReadOnlyList<string> KubeletSent,
    IReadOnlyList<string> AgentSent)
{
    /// <summary>What Go's client adds to a followed redirect, and the agent does not: a test of its own holds that.</summary>
    public static IReadOnlySet<string> OfRedirects { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Referer", "Authorization" };

    /// <summary>True where the verdicts come to the same.</summary>
    public bool Agrees => Expected == Agent.Result;

    /// <summary>The lines of requests that the agent did not send, or <c>-</c>.</summary>
    public string OnlyTheKubeletSent => Without([.. KubeletSent.Select(WithoutThoseOfRedirects)], AgentSent);

    /// <summary>The lines of requests that the kubelet did not send, or <c>-</c>.</summary>
    public string OnlyTheAgentSent => Without(AgentSent, KubeletSent);

    private string Expected => Kubelet.Result switch
    {
        "success" or "warning" => "success",
        // The one deliberate difference: what the kubelet throws away is a failure here.
        "failure" or "error" => "failure",
        // A hook has no limit: where the kubelet would still be waiting, the agent must be.
        "unended" => "unended",
        var other => throw new InvalidOperationException($"The kubelet has no result '{other}'."),
    };

    public override string ToString() =>
        $"{Id}: kubelet {Kubelet.Result} ({Kubelet.Output}), agent {Agent.Result} ({Agent.Output})";

    private static string WithoutThoseOfRedirects(string request) =>
        string.Join('\n', request.Split('\n').Where(line => !OfRedirects.Contains(line.Split(": ")[0])));

    private static string Without(IReadOnlyList<string> these, IReadOnlyList<string> those)
    {
        var only = these.SelectMany((request, number) => number < those.Count
            ? Without(request.Split('\n'), those[number].Split('\n'))
            : request.Split('\n').Take(1));
        return string.Join(" ", only.Distinct().DefaultIfEmpty("-"));
    }

    // A header that the other side lacks is named; of one that differs the value tells the difference.
    private static IEnumerable<string> Without(string[] lines, string[] others) =>
        lines.Except(others).Select(line =>
        {
            var name = line.Split(": ")[0];
            return Array.Exists(others, other => other.StartsWith(name + ": ", StringComparison.Ordinal)) ? line : name;
        });
}
