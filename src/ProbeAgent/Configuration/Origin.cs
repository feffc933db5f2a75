using ProbeAgent.Yaml;

namespace ProbeAgent.Configuration;

/// <summary>Where a value stands.</summary>
/// <param name="Source">The variable, the option, or <c>FILE:LINE:COLUMN</c>.</param>
/// <param name="Path">The key in a document, such as <c>checks[2].name</c>; empty for variables and options.</param>
/// <param name="At">The place in a document.</param>
internal sealed record Origin(string Source, string Path = "", TextPosition At = default)
{
    /// <summary>A variable or an option.</summary>
    public static Origin Of(Given given) => new(given.Source);

    /// <summary>A place in a document.</summary>
    public static Origin In(string document, string path, TextPosition at) => new($"{document}:{at.Line}:{at.Column}", path, at);

    /// <summary>The mistake that <paramref name="text"/> is wrong.</summary>
    public ConfigurationMistake Wrong(string text, string wrong) => Path.Length == 0
        ? Mistake($"'{NodeText.Shortened(text)}' {wrong}")
        : Mistake($"is '{NodeText.Shortened(text)}', which {wrong}");

    /// <summary>The mistake that something about it is wrong; the sentence begins after its name.</summary>
    public ConfigurationMistake Mistake(string sentence) => Plain(Path.Length == 0 ? sentence : $"{Path} {sentence}");

    /// <summary>A mistake there, in a sentence of its own.</summary>
    public ConfigurationMistake Plain(string sentence) => new(Source, sentence) { At = At };
}
