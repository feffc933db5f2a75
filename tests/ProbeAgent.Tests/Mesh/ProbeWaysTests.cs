using System.Net;
using Microsoft.AspNetCore.Http;
using ProbeAgent.Mesh;

namespace ProbeAgent.Tests.Mesh;

public sealed class ProbeWaysTests
{
    private const string Pod = "10.66.1.20";
    private const string Node = "10.66.1.1";

    [Theory]
    [InlineData(Node)]
    [InlineData("::ffff:10.66.1.1")]
    [InlineData(Node, "X-Probe: 1", "X-Forwarded-For: 127.0.0.6", "X-Forwarded-Proto: http", "X-Request-Id: 1")]
    [InlineData(Node, "x-envoyage: 1", "envoy-attempt-count: 1", "x-forwarded-client-certificate: 1", "Accept-Encoding: gzip")]
    public void Of_AProbeFromOutsideWithoutMarks_IsDirect(string from, params string[] headers) =>
        Assert.Equal(ProbeWay.Direct, Of(from, headers));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("127.0.0.7")]
    [InlineData(Pod)]
    [InlineData("127.0.0.1", "Accept-Encoding: gzip")]
    public void Of_ACallerInThePod_SaysNothing(string from, params string[] headers) =>
        Assert.Equal(ProbeWay.FromThePod, Of(from, headers));

    [Theory]
    [InlineData("127.0.0.6")]
    [InlineData("::ffff:127.0.0.6")]
    [InlineData("::6")]
    [InlineData("127.0.0.6", "X-Envoy-Attempt-Count: 1", "Accept-Encoding: gzip")]
    public void Of_TheSidecarsAddress_IsCaptured(string from, params string[] headers) =>
        Assert.Equal(ProbeWay.Captured, Of(from, headers));

    [Theory]
    [InlineData("127.0.0.6")]
    [InlineData("::6")]
    public void Of_TheSidecarsAddressAndAGoClient_IsRewritten(string from) =>
        Assert.Equal(ProbeWay.Rewritten, Of(from, "Accept-Encoding: gzip"));

    [Theory]
    [InlineData("127.0.0.1", "x-envoy-expected-rq-timeout-ms: 15000")]
    [InlineData(Node, "X-ENVOY-INTERNAL: true")]
    [InlineData(Node, "X-Forwarded-Client-Cert: By=spiffe://cluster.local")]
    public void Of_EnvoysHeadersFromElsewhere_IsThroughEnvoy(string from, string header) =>
        Assert.Equal(ProbeWay.ThroughEnvoy, Of(from, header));

    [Fact]
    public void Of_WithoutAnAddress_SaysNothing() => Assert.Equal(ProbeWay.FromThePod, ProbeWays.Of(Headers(), null, null));

    [Fact]
    public void Of_WhatTheKubeletSends_AllocatesNothing()
    {
        var (headers, from, to) = (Headers(), IPAddress.Parse("::ffff:10.66.1.1"), IPAddress.Parse("::ffff:10.66.1.20"));
        ProbeWays.Of(headers, from, to);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var probe = 0; probe < 1000; probe++)
        {
            ProbeWays.Of(headers, from, to);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ProbeWay Of(string from, params string[] headers) =>
        ProbeWays.Of(Headers(headers), IPAddress.Parse(from), IPAddress.Parse(Pod));

    private static IHeaderDictionary Headers(params string[] more)
    {
        var headers = new DefaultHttpContext().Request.Headers;
        foreach (var parts in more.Select(header => header.Split(": ")))
        {
            headers[parts[0]] = parts[1];
        }

        (headers.Host, headers.UserAgent, headers.Accept, headers.Connection) = ("10.66.1.20:15081", "kube-probe/1.36", "*/*", "close");
        return headers;
    }
}
