namespace ProbeAgent.EnduranceTests;

/// <summary>
/// What became of the kubelet's probes: <c>Lost</c> got no complete answer within their timeout, <c>Failed</c> another one than
/// 200, <c>AgentsOwn</c> of these 503. <c>Problems</c> are the first few of both, in words.
/// </summary>
public sealed record KubeletTally(
    int Probes,
    int Lost,
    int Failed,
    int AgentsOwn,
    double P50Milliseconds,
    double P99Milliseconds,
    double MaxMilliseconds,
    IReadOnlyList<string> Problems)
{
    public override string ToString() =>
        $"{Probes} probes, {Lost} lost, {Failed} failed; p50 {P50Milliseconds} ms, p99 {P99Milliseconds} ms, max {MaxMilliseconds} ms"
        + string.Concat(Problems.Select(problem => $"\n  {problem}"));
}
