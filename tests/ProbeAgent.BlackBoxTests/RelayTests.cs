using System.Net.Sockets;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>What of a request reaches the app through a relay, and what of its answer comes back.</summary>
public sealed class RelayTests(RelayPod fixture) : IClassFixture<RelayPod>
{
    private Pod Pod => fixture.Pod;

    [Fact]
    public async Task A_page_comes_back_as_the_app_sent_it()
    {
        var packed = string.Concat(Enumerable.Range(0, 256).Select(value => (char)value));
        Pod.App.Script = AppScripts.Send(
            "HTTP/1.1 206 Partial\r\nContent-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\nContent-Encoding: gzip\r\n"
            + $"Content-Length: 256\r\n\r\n{packed}");

        var answer = await Pod.GetAsync("/relay/app");

        Assert.Equal(206, answer.Code);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("gzip", answer.Header("Content-Encoding"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal(packed, answer.Body);
    }

    [Fact]
    public async Task No_other_header_comes_back()
    {
        Pod.App.Script = AppScripts.Send(
            "HTTP/1.1 200 OK\r\nServer: MARK\r\nSet-Cookie: MARK=1\r\nLocation: http://MARK/\r\nX-Mark: MARK\r\nETag: \"MARK\"\r\nCache-Control: public\r\n"
            + "Via: MARK\r\nTrailer: X-Trailer\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n4\r\nbody\r\n0\r\nX-Trailer: MARK\r\n\r\n");

        var reading = await RelayReading.OfAsync(Pod.Agent, Probe.Request("GET", "/relay/app", Pod.Agent.PublicPort));

        Assert.DoesNotContain("MARK", reading.Text, StringComparison.OrdinalIgnoreCase);
        var names = reading.Text.Split("\r\n\r\n")[0].Split("\r\n")[1..].Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(
            ["Cache-Control", "Connection", "Content-Type", "Date", "Transfer-Encoding", "X-Content-Type-Options"],
            names);
        Assert.Contains("Cache-Control: no-store", reading.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n0\r\n\r\n", reading.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_the_app_go_Accept_Accept_Encoding_User_Agent_and_our_Host()
    {
        Pod.App.Script = AppScripts.Well;
        var address = Machine.Address(AddressFamily.InterNetwork);

        await Probe.GetByAsync(
            address, Pod.Agent, "/relay/app", "Accept: application/openmetrics-text;q=0.5,*/*;q=0.1", "Accept-Encoding: gzip", "User-Agent: Prometheus/3.5.0 (x)");

        var lines = Pod.App.LastVisit.Received[..^4].Split("\r\n");
        Assert.Equal("GET /metrics?all=1 HTTP/1.1", lines[0]);
        string[] expected =
        [
            "Accept-Encoding: gzip",
            "Accept: application/openmetrics-text;q=0.5,*/*;q=0.1",
            $"Host: {address}:{Pod.App.Port}",
            "User-Agent: Prometheus/3.5.0 (x)",
        ];
        Assert.Equal(expected, lines[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_else_of_a_request_reaches_the_app()
    {
        Pod.App.Script = AppScripts.Well;
        const string Request = "GET /relay/app HTTP/1.1\r\nHost: MARK.example:1\r\nAccept-Language: MARK\r\nCookie: MARK=1\r\n"
            + "Authorization: Bearer MARK\r\nReferer: http://MARK/\r\nX-Prometheus-Scrape-Timeout-Seconds: 10\r\n"
            + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: MARK=1\r\nX-Forwarded-For: 6.6.6.6\r\n"
            + "Forwarded: for=MARK\r\nRange: bytes=0-1\r\nIf-None-Match: \"MARK\"\r\nTE: trailers\r\nConnection: close, X-Mark\r\nX-Mark: MARK\r\n\r\n";

        await Probe.SendAsync(Pod.Agent.PublicPort, Request);

        Assert.Equal(["Host"], Pod.App.LastVisit.Received[..^4].Split("\r\n")[1..].Select(line => line.Split(':')[0]));
        Assert.DoesNotContain("MARK", Pod.App.LastVisit.Received, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Bytes_beyond_ASCII_in_a_header_are_passed_on_as_they_came()
    {
        Pod.App.Script = AppScripts.Well;

        var answer = await Pod.GetAsync("/relay/app", "User-Agent: caf\u00c3\u00a9");

        Assert.Equal(200, answer.Code);
        Assert.Equal("caf\u00c3\u00a9", Pod.App.LastVisit.Header("User-Agent"));
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("SPDY/3.1")]
    [InlineData("h2c")]
    public async Task A_caller_cannot_turn_a_relay_into_another_protocol(string protocol)
    {
        Pod.App.Script = AppScripts.Well;

        var answer = await Probe.SendAsync(
            Pod.Agent.PublicPort,
            $"GET /relay/app HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");

        Assert.Equal(200, answer.Code);
        Assert.Equal(["Host"], Pod.App.LastVisit.Received[..^4].Split("\r\n")[1..].Select(line => line.Split(':')[0]));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_redirect_is_not_followed_and_passes_without_its_Location(int code)
    {
        Pod.App.Script = AppScripts.Status(code, "Location: /elsewhere");
        var before = Pod.App.Visits.Count;

        var answer = await Pod.GetAsync("/relay/app");

        Assert.Equal(code, answer.Code);
        Assert.Null(answer.Header("Location"));
        Assert.Equal(1, Pod.App.Visits.Count - before);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public async Task An_answer_without_a_body_passes_without_one(int code)
    {
        Pod.App.Script = AppScripts.SendThenFinish($"HTTP/1.1 {code} Said\r\n{(code == 205 ? "Content-Length: 0\r\n" : "")}\r\n");

        var reading = await RelayReading.OfAsync(Pod.Agent, Probe.Request("GET", "/relay/app", Pod.Agent.PublicPort));

        Assert.StartsWith($"HTTP/1.1 {code} ", reading.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", reading.Text, StringComparison.Ordinal);
        Assert.False(reading.WasReset);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(599)]
    public async Task What_the_app_refuses_passes_with_its_body(int code)
    {
        Pod.App.Script = AppScripts.Status(code, "Content-Type: text/html");

        var answer = await Pod.GetAsync("/relay/app");

        Assert.Equal((code, "body", "text/html"), (answer.Code, answer.Body, answer.Header("Content-Type")));
    }

    [Fact]
    public async Task An_interim_answer_does_not_pass()
    {
        Pod.App.Script = AppScripts.Send($"HTTP/1.1 103 Early\r\nLink: MARK\r\n\r\n{AppScripts.Response(200)}");

        var reading = await RelayReading.OfAsync(Pod.Agent, Probe.Request("GET", "/relay/app", Pod.Agent.PublicPort));

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", reading.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("MARK", reading.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_of_HTTP_1_0_gets_the_page_without_chunks_until_the_end()
    {
        Pod.App.Script = AppScripts.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n");

        var reading = await RelayReading.OfAsync(Pod.Agent, "GET /relay/app HTTP/1.0\r\n\r\n");

        Assert.False(reading.WasReset);
        Assert.DoesNotContain("Transfer-Encoding", reading.Text, StringComparison.Ordinal);
        Assert.Equal("body", reading.Text.Split("\r\n\r\n", 2)[1]);
    }

    [Fact]
    public async Task An_app_that_ends_its_page_by_closing_is_understood()
    {
        Pod.App.Script = AppScripts.SendThenFinish("HTTP/1.0 200 OK\r\n\r\nbody until the end");

        Assert.Equal("body until the end", (await Pod.GetAsync("/relay/app")).Body);
    }

    [Theory]
    [InlineData("/relay/app?")]
    [InlineData("/relay/app?x=1")]
    [InlineData("/relay/app/")]
    [InlineData("/relay/App")]
    [InlineData("/relay/%61pp")]
    [InlineData("/relay/other")]
    [InlineData("/relay/")]
    [InlineData("/relay")]
    [InlineData("/relay/../relay/app")]
    public async Task Any_other_path_and_any_query_is_404_and_asks_nobody(string target)
    {
        var before = Pod.App.Visits.Count;
        var unknown = (await Scrape.OfAsync(Pod.Agent))["probe_agent_unknown_requests_total"];

        Assert.Equal(404, (await Pod.GetAsync(target)).Code);

        Assert.Equal(before, Pod.App.Visits.Count);
        await Scrape.WhenAsync(Pod.Agent, "probe_agent_unknown_requests_total", unknown + 1);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("get")]
    public async Task Any_other_method_is_405_and_asks_nobody(string method)
    {
        var before = Pod.App.Visits.Count;

        var answer = await Probe.SendAsync(Pod.Agent, method, "/relay/app");

        Assert.Equal(405, answer.Code);
        Assert.Equal("GET", answer.Header("Allow"));
        Assert.Equal(before, Pod.App.Visits.Count);
    }

    [Fact]
    public async Task Each_page_has_a_connection_of_its_own_and_leaves_none_waiting()
    {
        Pod.App.Script = AppScripts.Well;
        var before = Pod.App.Visits.Count;

        for (var page = 0; page < 5; page++)
        {
            await Pod.GetAsync("/relay/app");
            await Pod.App.LastVisit.Ended;
        }

        Assert.Equal(5, Pod.App.Visits.Count - before);
        Assert.Equal(0, TcpTable.TimeWaits(Pod.App.Port));
    }

    [Fact]
    public async Task A_cookie_of_the_app_is_not_brought_back_to_it()
    {
        Pod.App.Script = AppScripts.Status(200, "Set-Cookie: session=1; Path=/");
        await Pod.GetAsync("/relay/app");

        await Pod.GetAsync("/relay/app");

        Assert.Null(Pod.App.LastVisit.Header("Cookie"));
    }
}
