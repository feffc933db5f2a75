using System.Text.RegularExpressions;

namespace ProbeAgent.Yaml;

/// <summary>A single value.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Text">The value, without quotes.</param>
/// <param name="IsQuoted">True where quotes or a block make it a text, whatever it looks like.</param>
internal sealed partial record YamlScalar(TextPosition At, string Text, bool IsQuoted) : YamlNode(At)
{
    /// <summary>What it is.</summary>
    public YamlScalarKind Kind => IsQuoted ? YamlScalarKind.Text : Text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => YamlScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => YamlScalarKind.Bool,
        _ => Number().IsMatch(Text) ? YamlScalarKind.Number : YamlScalarKind.Text,
    };

    /// <summary>True where it is a number as JSON writes it: no leading zero or plus, not hexadecimal.</summary>
    public bool IsPlainNumber => Kind == YamlScalarKind.Number && JsonNumber().IsMatch(Text);

    [GeneratedRegex(@"\A([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex JsonNumber();
}
