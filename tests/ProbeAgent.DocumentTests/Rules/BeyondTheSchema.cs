using System.Net;
using System.Net.Sockets;
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
        new("There is something to ask.",
            document => !document.TryGetProperty("checks", out _),
            """{}""",
            """{"listen": ":15081"}""",
            """{"relays": [{"name": "app", "target": ":9102/metrics"}]}"""),
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
        new("A host is in this pod.",
            document => Hosts(document).Any(host => !IsInThisPod(host)),
            """{"checks": [{"name": "a", "httpGet": {"host": "192.0.2.7", "port": 80}}]}""",
            """{"checks": [{"name": "a", "tcpSocket": {"host": "[2001:db8::7]", "port": 80}}]}""",
            """{"checks": [{"name": "a", "tcpSocket": {"host": "[::1::]", "port": 80}}]}""",
            Beside("""  "relays": [{"name": "m", "target": "http://192.0.2.7:81/"}] """),
            Beside("""  "mesh": {"readyUrl": "http://192.0.2.7:81/"} """)),
        new("An IPv6 address to listen on is one.",
            document => document.Text("listen") is ['[', ..] listen && !IPAddress.TryParse(listen[1..listen.IndexOf(']', StringComparison.Ordinal)], out _),
            Beside("""  "listen": "[::1::]:15081" """)),
    ];

    private static IEnumerable<Rule> Values() =>
    [
        new("A whole number has neither fraction nor exponent.",
            document => document.Everything().Any(found => WholeNumbers.Contains(found.Key) && Fraction().IsMatch(found.Value.GetRawText())),
            """{"checks": [{"name": "a", "tcpSocket": {"port": 80.0}}]}""",
            """{"checks": [{"name": "a", "tcpSocket": {"port": 8e1}}]}""",
            Beside("""  "drain": {"maxSeconds": 1.0} """)),
        new("A path can be sent.",
            document => document.Actions().Select(action => action.Text("path")).Concat(document.Targets().Select(target => target.Groups["path"].Value))
                .Any(CannotBeSent),
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "path": "/100%"}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "path": "//x"}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "path": "/a#b"}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "path": "/a\nb"}}]}""",
            Beside("""  "relays": [{"name": "m", "target": ":81/100%"}] """)),
        new("A header can be sent, and is not the agent's business.",
            document => document.Everything().Any(found => found.Key == "httpHeaders" && found.Value.ValueKind == JsonValueKind.Object
                && (NotToBeSet.Contains(found.Value.Text("name").ToLowerInvariant()) || found.Value.Text("value").Any(char.IsControl))),
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "httpHeaders": [{"name": "Connection", "value": "close"}]}}]}""",
            """{"checks": [{"name": "a", "httpGet": {"port": 80, "httpHeaders": [{"name": "content-length", "value": "0"}]}}]}""",
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

    private static bool IsInThisPod(string host) => host is "" or "auto" or "localhost"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6) == host.StartsWith('[')
            && address.ToString() == host.Trim('[', ']')
            && IPAddress.IsLoopback(address));

    private static bool CannotBeSent(string path) =>
        path.Any(char.IsControl) || path.Contains('#', StringComparison.Ordinal) || TwoSlashes().IsMatch(path) || BadEscape().IsMatch(path.Split('?')[0]);

    [GeneratedRegex("[.eE]")]
    private static partial Regex Fraction();

    [GeneratedRegex("^//(?!/)")]
    private static partial Regex TwoSlashes();

    [GeneratedRegex("%(?![0-9a-fA-F]{2})")]
    private static partial Regex BadEscape();
}
