using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>Something to be mended, or to be known, about a deployment.</summary>
/// <param name="Rule">Which rule found it: an id of <see cref="LintRules"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Document">Which document it is in, counted from 0.</param>
/// <param name="Pointer">The place there, as a JSON Pointer (RFC 6901).</param>
/// <param name="Message">What is there, and what comes of it.</param>
/// <param name="Advice">What to do.</param>
internal sealed record LintFinding(string Rule, FindingSeverity Severity, int Document, string Pointer, string Message, string Advice)
{
    /// <summary>Where the rule is explained.</summary>
    public string Link => $"https://github.com/probe-agent/probe-agent/blob/main/docs/lint.md#{Rule}";
}
