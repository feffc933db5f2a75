namespace ProbeAgent.Lab;

/// <summary>
/// What the kubelet makes of a probe, in its own words: <c>success</c>, <c>warning</c>, <c>failure</c>, or <c>error</c>, a
/// result that it throws away; and <c>unended</c> for a hook that had not ended when the test lost patience.
/// </summary>
public sealed record KubeletVerdict(string Result, string Output);
