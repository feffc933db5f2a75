using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProbeAgent.DocumentTests.Rules;

/// <summary>Finds in a document, good by the schema, what the rules beyond the schema look at.</summary>
internal static partial class Reading
{
    /// <summary>The items of a list at the top; none where it is not there.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement document, string list) =>
        document.TryGetProperty(list, out var items) ? items.EnumerateArray() : [];

    /// <summary>A text, or what it is by default.</summary>
    public static string Text(this JsonElement around, string name, string byDefault = "") =>
        around.TryGetProperty(name, out var value) ? value.GetString()! : byDefault;

    /// <summary>Every value below, with the key at which it stands; of a list, that of the list.</summary>
    public static IEnumerable<(string Key, JsonElement Value)> Everything(this JsonElement node, string key = "") =>
        node.ValueKind switch
        {
            JsonValueKind.Object => node.EnumerateObject().SelectMany(pair => pair.Value.Everything(pair.Name)).Prepend((key, node)),
            JsonValueKind.Array => node.EnumerateArray().SelectMany(item => item.Everything(key)).Prepend((key, node)),
            _ => [(key, node)],
        };

    /// <summary>The kinds of question: every <c>httpGet</c>, <c>tcpSocket</c> and <c>grpc</c>.</summary>
    public static IEnumerable<JsonElement> Actions(this JsonElement document) =>
        from found in document.Everything()
        where found.Key is "httpGet" or "tcpSocket" or "grpc" && found.Value.ValueKind == JsonValueKind.Object
        select found.Value;

    /// <summary>The targets that are written as one text: of relays, and the mesh's.</summary>
    public static IEnumerable<Match> Targets(this JsonElement document) =>
        from found in document.Everything()
        where found.Key is "target" or "readyUrl"
        select TargetShape().Match(found.Value.GetString()!);

    /// <summary>The port of an address to listen on; null for <c>off</c>.</summary>
    public static int? ListeningPort(this JsonElement document, string name, string byDefault) =>
        document.Text(name, byDefault) is var text && text == "off"
            ? null
            : int.Parse(text[(text.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);

    /// <summary>The port of a target as one text: what is written, else the scheme's own.</summary>
    public static int Port(Match target) => target.Groups["port"] is { Success: true } port
        ? int.Parse(port.Value, CultureInfo.InvariantCulture)
        : target.Value.StartsWith("https", StringComparison.Ordinal) ? 443 : 80;

    [GeneratedRegex(@"^((?<scheme>https?)://(?<host>\[[^\]]*\]|[^:/?]*)(:(?<port>[0-9]+))?|:(?<port>[0-9]+))(?<path>[/?].*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex TargetShape();
}
