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

        // Of a tab the library says so in words of its own, or that something else is wrong with its line.
        return TextRule.Violation(text) is { } tab && (tab.At.Line == mistake.At.Line || mistake.Message.Contains("tab", StringComparison.Ordinal)) ? tab : mistake;
    }
}
