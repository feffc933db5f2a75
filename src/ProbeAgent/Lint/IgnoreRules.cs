using ProbeAgent.Configuration;

namespace ProbeAgent.Lint;

/// <summary>The annotation <see cref="LintPod.IgnoreKey"/> itself.</summary>
internal static class IgnoreRules
{
    /// <summary>A rule that does not exist.</summary>
    public static IEnumerable<Remark> Unknown(LintPod pod) =>
        from annotation in pod.IgnoreAnnotations
        from name in annotation.Rules
        where !LintRules.All.Any(rule => rule.Id == name)
        select Remark.Warning(
            annotation.Place,
            $"{LintPod.IgnoreKey} names '{name}', which is no rule, so nothing is ignored by it",
            NearestWord.Of(name, [.. LintRules.All.Select(rule => rule.Id)]) is { } meant ? $"did you mean '{meant}'?" : "docs/lint.md has all rules");
}
