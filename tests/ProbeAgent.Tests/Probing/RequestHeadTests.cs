using System.Text;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

/// <summary>Configured headers, as the kubelet sends them.</summary>
public sealed class RequestHeadTests
{
    private static readonly HttpUrl Url = new("http", "10.0.0.7", "80", "/status", "?a=b");

    [Fact]
    public void Head_WithoutConfiguredHeaders_IsTheKubelets() => Assert.Equal(
        "GET /status?a=b HTTP/1.1\r\nHost: 10.0.0.7:80\r\nUser-Agent: kube-probe/1.36\r\nAccept: */*\r\nConnection: close\r\n\r\n", Head(null));

    [Fact]
    public void Head_KeepsTheOrder_AndSendsARepeatedNameRepeatedly() => Assert.Equal(
        ["User-Agent: kube-probe/1.36", "Accept: */*", "X-B: 1", "X-A: 2", "X-B: 3", "Connection: close"],
        Lines(null, new("X-B", "1"), new("X-A", "2"), new("X-B", "3")));

    [Fact]
    public void Name_IsWrittenAsGoWritesIt() =>
        Assert.Contains("X-Api-Key: k", Lines(null, new KeyValuePair<string, string>("x-api-KEY", "k")));

    [Fact]
    public void Value_IsTrimmedAsGoTrimsIt() =>
        Assert.Contains("X-A: 1 2", Lines(null, new KeyValuePair<string, string>("X-A", " 1 2\t")));

    [Fact]
    public void Value_IsTheBytesOfItsUtf8()
    {
        var bytes = new RequestHead(Url, null, "kube-probe/1.36", [new("X-A", "ä€")]).ToBytes();

        Assert.Contains("X-A: Ã¤â\u0082¬\r\n", Encoding.Latin1.GetString(bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Host_TakesThePlaceOfTheUrls() =>
        Assert.StartsWith(
            "GET /status?a=b HTTP/1.1\r\nHost: web.example.com\r\nUser-Agent",
            Head("web.example.com", new KeyValuePair<string, string>("host", "web.example.com")),
            StringComparison.Ordinal);

    [Fact]
    public void UserAgent_IsReplacedByTheFirstConfiguredOne() =>
        Assert.Equal(["User-Agent: one", "Accept: */*", "Connection: close"], Lines(null, new("user-agent", "one"), new("User-Agent", "two")));

    [Fact]
    public void UserAgent_ThatIsEmpty_IsNotSent() =>
        Assert.Equal(["Accept: */*", "Connection: close"], Lines(null, new KeyValuePair<string, string>("User-Agent", "")));

    [Fact]
    public void Accept_IsReplacedByAllConfiguredOnes() => Assert.Equal(
        ["User-Agent: kube-probe/1.36", "Accept: text/plain", "Accept: */*;q=0.1", "Connection: close"],
        Lines(null, new("Accept", "text/plain"), new("accept", "*/*;q=0.1")));

    [Fact]
    public void Accept_ThatIsEmpty_IsNotSent() =>
        Assert.Equal(["User-Agent: kube-probe/1.36", "Connection: close"], Lines(null, new KeyValuePair<string, string>("Accept", "")));

    [Fact]
    public void ContentType_IsSentWithoutABody() =>
        Assert.Contains("Content-Type: text/x-test", Lines(null, new KeyValuePair<string, string>("content-type", "text/x-test")));

    private static string Head(string? host, params KeyValuePair<string, string>[] configured) =>
        Encoding.UTF8.GetString(new RequestHead(Url, host, "kube-probe/1.36", configured).ToBytes().Span);

    private static IEnumerable<string> Lines(string? host, params KeyValuePair<string, string>[] configured) =>
        Head(host, configured).Split("\r\n").Skip(2).SkipLast(2);
}
