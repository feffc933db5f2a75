using System.Text.RegularExpressions;
using ProbeAgent.Lab;
using YamlDotNet.RepresentationModel;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>The alerts as they are shipped, and the same in haste.</summary>
internal static partial class AlertRules
{
    /// <summary>The file, by its path from the root.</summary>
    public const string Path = "deploy/prometheus/alerts.yaml";

    /// <summary>All of them, in the order of the file.</summary>
    public static IReadOnlyList<AlertRule> All { get; } = [.. Read()];

    /// <summary>
    /// The file with time sixty times as fast: in every <c>for</c>, range and offset a minute is a second and an hour a minute. Nothing else
    /// differs, and no threshold is a time that passes.
    /// </summary>
    public static string InHaste() =>
        Duration().Replace(Text(), match => match.Groups["number"].Value + (match.Groups["unit"].Value == "h" ? "m" : "s"));

    private static string Text() => File.ReadAllText(Checkout.InRoot(Path));

    private static IEnumerable<AlertRule> Read()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Text()));
        var groups = (YamlSequenceNode)stream.Documents[0].RootNode["groups"];
        return groups.SelectMany(group => (YamlSequenceNode)group["rules"])
            .Select(rule => new AlertRule(rule["alert"].ToString(), rule["expr"].ToString(), Words(rule["labels"]), Words(rule["annotations"])));
    }

    private static Dictionary<string, string> Words(YamlNode map) =>
        ((YamlMappingNode)map).Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());

    [GeneratedRegex(@"(?<=\bfor: |\[|\boffset )(?<number>\d+)(?<unit>[mh])\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
