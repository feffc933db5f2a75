using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ProbeAgent.Manifests;

/// <summary>
/// What a scalar of a manifest is by the rules of Kubernetes' own tools: kubectl and the API server read YAML with sigs.k8s.io/yaml, that is go-yaml's
/// second version, for which <c>yes</c>, <c>on</c> and <c>y</c> are booleans and <c>010</c> is eight.
/// </summary>
internal static partial class ScalarValue
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>The value; null for <c>null</c>. What JSON has no number for (<c>.inf</c>) is a text.</summary>
    public static JsonNode? Of(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        var isPlain = tag is "" ? scalar.Style == ScalarStyle.Plain : tag.StartsWith(Prefix, StringComparison.Ordinal) && !IsOfTexts(tag);
        return isPlain ? OfPlain(scalar.Value) : JsonValue.Create(scalar.Value);
    }

    private static bool IsOfTexts(string tag) => tag[Prefix.Length..] is "str" or "binary";

    private static JsonNode? OfPlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N" => JsonValue.Create(false),
        _ => JsonDigits(text) is { } digits ? JsonNode.Parse(digits) : JsonValue.Create(text),
    };

    // As JSON writes the number: what is one already keeps its digits.
    private static string? JsonDigits(string text)
    {
        if (!(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.'))
        {
            return null;
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (OtherBase().Match(plain) is { Success: true } match)
        {
            return Whole(match);
        }

        if (Decimal().Match(plain) is not { Success: true } number)
        {
            return null;
        }

        var whole = number.Groups["whole"].Value.TrimStart('0');
        var fraction = number.Groups["fraction"].Value;
        return (number.Groups["sign"].Value == "-" ? "-" : "") + (whole.Length == 0 ? "0" : whole)
            + (fraction.Length == 0 ? "" : "." + fraction) + number.Groups["exponent"].Value;
    }

    private static string Whole(Match match)
    {
        var (radix, digits) = match switch
        {
            { } m when m.Groups["hex"].Success => (16, m.Groups["hex"].Value),
            { } m when m.Groups["binary"].Success => (2, m.Groups["binary"].Value),
            _ => (8, match.Groups["octal"].Value),
        };
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            value = (value * radix) + Convert.ToInt32(digit.ToString(), 16);
        }

        return (match.Groups["sign"].Value == "-" ? -value : value).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\A(?<sign>[-+]?)0([xX](?<hex>[0-9a-fA-F]{1,64})|[bB](?<binary>[01]{1,64})|[oO]?(?<octal>[0-7]{1,64}))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex OtherBase();

    [GeneratedRegex(@"\A(?<sign>[-+]?)((?<whole>[0-9]+)(\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>([eE][-+]?[0-9]+)?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal();
}
