using System.Text.RegularExpressions;
using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>Why a text cannot be read, where there is more to say of it than the place.</summary>
internal static partial class UnreadableText
{
    /// <summary>The mistake, or a better one.</summary>
    public static YamlMistake Explain(string text, YamlMistake mistake)
    {
        if (text.Contains("{{", StringComparison.Ordinal))
        {
            return new YamlMistake(mistake.At,
                "this is not YAML yet but a template, by its '{{' one of Helm, Go or Jinja; render it first, as in 'helm template … | probe-agent inject -f -', "
                + "or let Helm run probe-agent as its post-renderer");
        }

        if (mistake.Message.Contains("braces", StringComparison.Ordinal) && AnchorInBraces().IsMatch(text))
        {
            return mistake with { Message = mistake.Message + ". Where all of it is there: an anchor ('&') of a single value in braces cannot be read here; write the mapping in lines of its own" };
        }

        // Of a tab the library says so in words of its own, or that something else is wrong with its line.
        return TextRule.Violation(text) is { } tab && (tab.At.Line == mistake.At.Line || mistake.Message.Contains("tab", StringComparison.Ordinal)) ? tab : mistake;
    }

    // Good YAML, which the library does not read where another entry follows.
    [GeneratedRegex(@"[{,]\s*[^\s{}\[\],]+:\s+&\S+\s+[^\s{}\[\],]")]
    private static partial Regex AnchorInBraces();
}
