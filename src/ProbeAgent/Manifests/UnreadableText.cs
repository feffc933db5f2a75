using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>Why a text cannot be read, where there is more to say of it than the place.</summary>
internal static class UnreadableText
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

        // The library does not say so of tabs.
        return TextRule.Violation(text) is { } violation && violation.At.Line == mistake.At.Line ? violation : mistake;
    }
}
