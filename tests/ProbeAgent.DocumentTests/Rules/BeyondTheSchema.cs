using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProbeAgent.DocumentTests.Rules;

/// <summary>The rules that <c>docs/configuration.md</c> lists beside the schema.</summary>
internal static partial class BeyondTheSchema
{
    private static readonly int[] Reserved =
    [
        15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090, 4140, 4143, 4190, 4191, 5670, 9000, 9001, 9901, 9902,
    ];

    private static readonly string[] NotToBeSet = ["content-length", "transfer-encoding", "trailer", "connection", "upgrade", "expect"];

    private static readonly string[] WholeNumbers = ["port", "timeoutSeconds", "gateDeadlineSeconds", "maxSeconds"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } = [.. Names(), .. Ports(), .. Values()];

    private static IEnumerable<Rule> Names() =>
    [
        new("There is something to do.",
            document => !document.Items("checks").Concat(document.Items("relays")).Concat(document.Items("hooks")).Any(),
            """{}""",
            """{"listen": ":15081"}""",
            """{"relays": []}"""),
        new("A key stands once.",
            document => document.Everything().Any(found => found.Value.ValueKind == JsonValueKind.Object
                && found.Value.EnumerateObject().GroupBy(pair => pair.Name).Any(group => group.Count() > 1)),
            """{"checks": [{"name": "a", "tcpSocket": {"port": 80}}], "detail": "full", "detail": "full"}""",
            """{"checks": [{"name": "a", "tcpSocket": {"port": 80, "port": 80}}]}"""),
        new("Names of checks differ, and names of relays.",
            document => Repeats(document.Items("checks"), "name") || Repeats(document.Items("relays"), "name"),
            """{"checks": [{"name": "a", "tcpSocket": {"port": 80}}, {"name": "a", "tcpSocket": {"port": 81}}]}""",
            Beside("""  "relays": [{"name": "m", "target": ":81/"}, {"name": "m", "target": ":82/"}] """)),
        new("A container has one hook of each kind.",
            document => Repeats(document.Items("hooks"), "container", "hook"),
            Beside("""
                "hooks": [
                  {"container": "a", "hook": "preStop", "key": "k1", "httpGet": {"port": 80}},
                  {"container": "a", "hook": "preStop", "key": "k2", "httpGet": {"port": 81}}]
                """)),
    ];

    private static IEnumerable<Rule> Ports() =>
    [
        new("The public and the admin port differ.",
            document => OwnPorts(document) is [var listen, var admin] && listen == admin,
            Beside("""  "admin": "127.0.0.1:15081" """),
            Beside("""  "listen": ":15082" """)),
        new("The agent does not listen at a port that Istio, Linkerd or Kuma reserves.",
            document => OwnPorts(document).Any(Reserved.Contains),
            Beside("""  "listen": ":15020" """),
            Beside("""  "listen": ":4191" """),
            Beside("""  "admin": "127.0.0.1:9901" """)),
        new("A target is not at a port of the agent's own.",
            document => document.Actions().Select(action => action.GetProperty("port").GetDouble())
                .Concat(document.Targets().Select(target => (double)Reading.Port(target)))
                .Any(port => OwnPorts(document).Contains((int)port)),
            """{"checks": [{"name": "a", "tcpSocket": {"port": 15081}}]}""",
            """{"checks": [{"name": "a", "grpc": {"port": 15082}}]}""",
            Beside("""  "relays": [{"name": "m", "target": ":15081/metrics"}] """),
            Beside("""  "hooks": [{"container": "a", "hook": "preStop", "key": "k", "httpGet": {"port": 15081}}] """),
            Beside("""  "mesh": {"kind": "custom", "readyUrl": ":15081/ready"} """)),
        new("An IPv6 address is one, in its usual form.",
            document => Hosts(document).Append(ListeningHost(document)).Any(IsNoUsualAddress),
            """{"checks": [{"name": "a", "tcpSocket": {"host": "[::1::]", "port": 80}}]}""",
            """{"checks": [{"name": "a", "tcpSocket": {"host": "0:0:0:0:0:0:0:1", "port": 80}}]}""",
            Beside("""  "relays": [{"name": "m", "target": "http://[::1::]:81/"}] """),
            Beside("""  "mesh": {"readyUrl": "http://[::0001]:81/"} """),
            Beside("""  "listen": "[::1::]:15081" """)),
    ];

    private static IEnumerable<Rule> Values() =>
    [
        new("A number has no exponent, and a whole one no fraction.",
            document => document.Everything().Any(found => found.Value.ValueKind == JsonValueKind.Number
                && (WholeNumbers.Contains(found.Key) ? Fraction() : Exponent()).IsMatch(found.Value.GetRawText())),
            """{"checks": [{"name": "a", "tcpSocket": {"port": 80.0}}]}""",
            """{"checks": [{"name": "a", "tcpSocket": {"port": 8e1}}]}""",
            """{"checks": [{"name": "a", "maxAgeSeconds": 1e-1, "tcpSocket": {"port": 80}}]}""",
            Beside("""  "drain": {"maxSeconds": 1.0} """)),
        new("A path can be sent.",
            document => document.Actions().Select(action => action.Text("path")).Concat(document.Targets().Select(target => target.Groups["path"].Value))
                .Any(CannotBeSent),
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "path": "/100%"}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "path": "//x"}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "path": "http://127.0.0.1/x"}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "path": "/a#b"}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "path": "/a\nb"}}]}""",
            Beside("""  "relays": [{"name": "m", "target": ":81/100%"}] """)),
        new("A header can be sent, and is not the agent's business.",
            document => document.Everything().Any(found => found.Key == "httpHeaders" && found.Value.ValueKind == JsonValueKind.Object
                && (NotToBeSet.Contains(found.Value.Text("name").ToLowerInvariant()) || !IsSendable(found.Value.Text("value")))),
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "httpHeaders": [{"name": "Connection", "value": "close"}]}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "httpHeaders": [{"name": "content-length", "value": "0"}]}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "httpHeaders": [{"name": "A", "value": " b"}]}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "httpHeaders": [{"name": "A", "value": "b\nc: d"}]}}]}"""),
    ];

    // A document that is good but for this.
    private static string Beside(string keys) => $$$"""{"checks": [{"name": "a", "tcpSocket": {"port": 80}}], {{{keys}}} }""";

    private static bool Repeats(IEnumerable<JsonElement> items, params string[] keys) =>
        items.GroupBy(item => string.Join('/', keys.Select(key => item.Text(key)))).Any(group => group.Count() > 1);

    private static IReadOnlyList<int> OwnPorts(JsonElement document) =>
        [.. new[] { document.ListeningPort("listen", ":15081"), document.ListeningPort("admin", "127.0.0.1:15082") }.OfType<int>()];

    private static IEnumerable<string> Hosts(JsonElement document) =>
        document.Actions().Select(action => action.Text("host", "auto")).Concat(document.Targets().Select(target => target.Groups["host"].Value));

    private static string ListeningHost(JsonElement document) =>
        document.Text("listen") is var listen && listen.Contains(':', StringComparison.Ordinal) ? listen[..listen.LastIndexOf(':')] : "";

    private static bool IsNoUsualAddress(string host) => host.Contains(':', StringComparison.Ordinal)
        && !(IPAddress.TryParse(host.Trim('[', ']'), out var address) && address.ToString() == host.Trim('[', ']'));

    private static bool IsSendable(string value) => value == value.Trim() && !value.Any(c => char.IsControl(c) && c != '\t');

    private static bool CannotBeSent(string path) =>
        path.Any(char.IsControl) || path.Contains('#', StringComparison.Ordinal) || TwoSlashes().IsMatch(path) || WholeUrl().IsMatch(path) || BadEscape().IsMatch(path.Split('?')[0]);

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*://")]
    private static partial Regex WholeUrl();

    [GeneratedRegex("[.eE]")]
    private static partial Regex Fraction();

    [GeneratedRegex("[eE]")]
    private static partial Regex Exponent();

    [GeneratedRegex("^//(?!/)")]
    private static partial Regex TwoSlashes();

    [GeneratedRegex("%(?![0-9a-fA-F]{2})")]
    private static partial Regex BadEscape();
}
