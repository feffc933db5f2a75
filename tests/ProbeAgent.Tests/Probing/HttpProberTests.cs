using System.Net;
using System.Net.Sockets;
using System.Text;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

/// <summary>The list that every prober has, for plain HTTP, and what configured headers and kept bodies add to it.</summary>
public sealed class HttpProberTests
{
    [Fact]
    public async Task Success()
    {
        await using var app = new FakeApp(Play.Answer(Play.Ok));

        var result = await Asker.AskAsync(Asker.Http(app.Port));

        Assert.Equal((Outcome.Success, 200, "ok"), (result.Outcome, result.StatusCode, result.BodyExcerpt));
        Assert.Null(result.Phases.Tls);
    }

    [Fact]
    public async Task Refused_MayBeAskedAgain()
    {
        var result = await Asker.AskAsync(Asker.Http(FakeApp.ClosedPort()));

        Assert.Equal((Reason.ConnectionRefused, true), (result.Reason, result.MayAskAgain));
    }

    [Fact]
    public async Task Reset_BeforeAnAnswer_MayBeAskedAgain()
    {
        await using var app = new FakeApp(Play.ResetAsync);

        var result = await Asker.AskAsync(Asker.Http(app.Port));

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task HangUp_BeforeAnAnswer_IsAskedAgainByUsAlone()
    {
        await using var app = new FakeApp(Play.HangUpAsync);

        var result = await Asker.AskAsync(Asker.Http(app.Port));

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Contains("closed the connection without an answer", result.Message, StringComparison.Ordinal);
        Assert.Equal(1, app.Connections);
    }

    [Theory]
    [InlineData("", "but no answer within 10 s")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-", "but no answer within 10 s")]
    public async Task Silence_IsAResponseTimeout(string sent, string phrase)
    {
        var result = await AskUntilSilenceAsync(sent);

        Assert.Equal(Reason.ResponseTimeout, result.Reason);
        Assert.Contains(phrase, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilentBody_IsABodyTimeout()
    {
        await using var app = new FakeApp(Play.Answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"));
        using var deadline = new Deadline(TimeSpan.FromSeconds(2), TimeProvider.System, CancellationToken.None);
        var prober = new HttpProber(Asker.Http(app.Port), new PodConnector(Asker.Loopback), TimeProvider.System);

        var result = await prober.AttemptAsync(new Question(IPAddress.Loopback, Asker.UserAgent, deadline), CancellationToken.None);

        Assert.Equal(Reason.BodyTimeout, result.Reason);
        Assert.Contains("the head came, but the body was not complete within 2 s", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HugeBody_IsReadUpTo10KiB()
    {
        await using var app = new FakeApp(Play.Answer("HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + new string('x', 1024 * 1024)));

        var result = await Asker.AskAsync(Asker.Http(app.Port) with { KeepsBody = true });

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal(10 * 1024, result.Body!.Value.Length);
    }

    [Fact]
    public async Task WrongStatus_IsABadStatusWithItsBody()
    {
        await using var app = new FakeApp(Play.Answer("HTTP/1.1 503 No\r\nContent-Length: 4\r\nContent-Type: a/b; c=d\r\n\r\nwhy\n"));

        var result = await Asker.AskAsync(Asker.Http(app.Port) with { KeepsBody = true });

        Assert.Equal((Reason.BadStatus, 503), (result.Reason, result.StatusCode));
        Assert.Equal(("why\n", "a/b; c=d"), (Encoding.UTF8.GetString(result.Body!.Value.Span), result.BodyContentType));
    }

    [Fact]
    public async Task Body_IsNotKeptUnlessItIsWanted()
    {
        await using var app = new FakeApp(Play.Answer(Play.Ok));

        var result = await Asker.AskAsync(Asker.Http(app.Port));

        Assert.Null(result.Body);
        Assert.Null(result.BodyContentType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Type: a/b\u00ff\r\n")]
    public async Task ContentType_ThatCannotBePrinted_IsNone(string header)
    {
        await using var app = new FakeApp(Play.Answer($"HTTP/1.1 200 OK\r\n{header}Content-Length: 2\r\n\r\nok"));

        var result = await Asker.AskAsync(Asker.Http(app.Port) with { KeepsBody = true });

        Assert.Null(result.BodyContentType);
        Assert.NotNull(result.Body);
    }

    [Fact]
    public async Task CallerGone_EndsTheAttempt()
    {
        using var stopping = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        await using var app = new FakeApp(async (socket, end) =>
        {
            await Play.ReadHeadAsync(new NetworkStream(socket), end);
            asked.SetResult();
            await Play.UntilLeftAsync(new NetworkStream(socket), end);
        });
        var prober = new HttpProber(Asker.Http(app.Port), new PodConnector(Asker.Loopback), TimeProvider.System);

        var attempt = Asker.AskUntilAsync(prober, TimeProvider.System, stopping.Token);
        await asked.Task;
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
    }

    [Fact]
    public async Task Ipv6_IsFoundByAuto()
    {
        var head = "";
        await using var app = new FakeApp(Play.Answer(Play.Ok, received => head = received), IPAddress.IPv6Loopback);

        var result = await Asker.AskAsync(Asker.Http(app.Port, TargetHost.Auto));

        Assert.True(result.Succeeded, result.Message);
        Assert.Contains($"Host: 10.0.0.7:{app.Port}\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfiguredHeaders_AreNotInTheSentence()
    {
        await using var app = new FakeApp(Play.Answer("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));

        var result = await Asker.AskAsync(Asker.Http(app.Port) with { Headers = [new("Authorization", "secret")] });

        Assert.DoesNotContain("secret", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/next", "Host: web.example.com\r\n")]
    [InlineData("http://127.0.0.1:{port}/next", "Host: 127.0.0.1:{port}\r\n")]
    public async Task Redirect_KeepsAConfiguredHostOnlyWhereItNamesNone(string location, string expected)
    {
        var heads = new List<string>();
        var port = "";
        await using var app = new FakeApp(async (socket, end) =>
        {
            var stream = new NetworkStream(socket);
            var head = await Play.ReadHeadAsync(stream, end);
            heads.Add(head);
            var to = location.Replace("{port}", port, StringComparison.Ordinal);
            await stream.WriteAsync(
                Encoding.Latin1.GetBytes(head.Contains("/next", StringComparison.Ordinal)
                    ? Play.Ok
                    : $"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"),
                end);
            await Play.UntilLeftAsync(stream, end);
        });
        port = app.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var result = await Asker.AskAsync(
            Asker.Http(app.Port) with { Headers = [new("Host", "web.example.com"), new("X-A", "1")] });

        Assert.True(result.Succeeded, result.Message);
        Assert.Contains(expected.Replace("{port}", port, StringComparison.Ordinal), heads[1], StringComparison.Ordinal);
        Assert.Contains("X-A: 1\r\n", heads[1], StringComparison.Ordinal);
    }

    private static async Task<AttemptResult> AskUntilSilenceAsync(string sent)
    {
        var time = new SteadyClock();
        var silent = new TaskCompletionSource();
        await using var app = new FakeApp(async (socket, end) =>
        {
            await Play.ReadHeadAsync(new NetworkStream(socket), end);
            await socket.SendAsync(Encoding.Latin1.GetBytes(sent), end);
            silent.SetResult();
            await Play.UntilLeftAsync(new NetworkStream(socket), end);
        });
        var attempt = Asker.AskAsync(Asker.Http(app.Port), time);
        await silent.Task;
        time.Advance(Asker.Budget);
        time.Advance(Asker.LastPass);
        return await attempt;
    }
}
