using System.Net;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;

namespace ProbeAgent.Tests.Checks;

public sealed class PortAdviceTests
{
    private static readonly int[] Own = [15081, 15082];

    [Theory]
    [InlineData("", "nothing else listens in the pod: the app has not started, or has ended")]
    [InlineData("0.0.0.0:15081 127.0.0.1:15082", "nothing else listens in the pod: the app has not started, or has ended")]
    [InlineData("0.0.0.0:8080", "something listens on 8080: if that is the app, correct `port`")]
    [InlineData("0.0.0.0:8080 [::]:8080 127.0.0.1:9090 0.0.0.0:15081", "something listens on 8080 and 9090: if that is the app, correct `port`")]
    [InlineData("0.0.0.0:7 0.0.0.0:6 0.0.0.0:5 0.0.0.0:4 0.0.0.0:3 0.0.0.0:2 0.0.0.0:1", "something listens on 1, 2, 3, 4, 5 and 2 more: if that is the app, correct `port`")]
    [InlineData("0.0.0.0:15006 0.0.0.0:15021 0.0.0.0:8080", "something listens on 8080: if that is the app, correct `port`")]
    [InlineData("0.0.0.0:15006 0.0.0.0:15021", "in the pod only ports of a mesh's sidecar are open (15006 and 15021): the app has not started, or has ended")]
    [InlineData("127.0.0.1:80", "now something does: it may have just started")]
    [InlineData("[::]:80", "now something does: it may have just started")]
    [InlineData("10.0.0.7:80", "now something does: it may have just started")]
    [InlineData("127.0.0.2:80 0.0.0.0:8080", "port 80 is open on 127.0.0.2, where nobody looks for it: write that as `host`, or let the app listen on all addresses")]
    public void Of_ACheckOfAnyAddress_IsByWhatListens(string listening, string expected) =>
        Assert.Equal(expected, Advice(PodHost.Auto, ["127.0.0.1", "::1", "10.0.0.7"], listening));

    [Theory]
    [InlineData("10.0.0.7:80", "port 80 is open on 10.0.0.7: write `host: auto`, which finds it on loopback and on the pod's own address")]
    [InlineData("[::1]:80 10.0.0.7:80", "port 80 is open on ::1 and 10.0.0.7: write `host: auto`, which finds it on loopback and on the pod's own address")]
    [InlineData("0.0.0.0:80", "now something does: it may have just started")]
    public void Of_ACheckOfOneAddress_IsTheAddressThatIsOpen(string listening, string expected) =>
        Assert.Equal(expected, Advice(new PodHost("127.0.0.1", [IPAddress.Loopback]), ["127.0.0.1"], listening));

    [Fact]
    public void Of_ACheckOfIPv6_SaysThatTheAppKnowsIPv4Only() => Assert.Equal(
        "port 80 is open on 0.0.0.0: write `host: auto`, which finds it on loopback and on the pod's own address",
        Advice(new PodHost("[::1]", [IPAddress.IPv6Loopback]), ["::1"], "0.0.0.0:80"));

    private static string Advice(PodHost host, string[] dialled, string listening) => PortAdvice.Of(
        new HttpGetAction(host, 80, "/status", ""),
        [.. dialled.Select(IPAddress.Parse)],
        Own,
        [.. listening.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPEndPoint.Parse)]);
}
