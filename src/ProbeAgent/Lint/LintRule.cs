namespace ProbeAgent.Lint;

/// <summary>One thing that is looked for.</summary>
/// <param name="Id">Its name, for ever: in output, in <c>probe-agent/lint-ignore</c>, and as a heading of docs/lint.md.</param>
/// <param name="Look">Looks for it in a pod.</param>
internal sealed record LintRule(string Id, Func<LintPod, IEnumerable<Remark>> Look);
