using System.Net.Security;
using System.Net.Sockets;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Checks;

/// <summary>What a second look finds, and whom it asks for that.</summary>
public sealed class SecondLookTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(900);
    private static readonly PodHost Loopback = new("127.0.0.1", [System.Net.IPAddress.Loopback]);

    private static readonly Phases Connected = new(TimeSpan.FromMilliseconds(1), null, null, null, Budget);
    private static readonly AttemptResult TimedOut = AttemptResult.Failed(Reason.ResponseTimeout, "no answer", Connected);
    private static readonly AttemptResult Reset = AttemptResult.Failed(Reason.ConnectionReset, "reset", Connected);

    private static readonly AttemptResult Refused400 = AttemptResult.Failed(Reason.BadStatus, "400", Connected) with
    {
        StatusCode = 400,
        BodyExcerpt = "Client sent an HTTP request to an HTTPS server.",
    };

    [Fact]
    public async Task Hint_WhereTheConnectionWasRefused_IsByWhatListensAndAsksNobody()
    {
        await using var app = new FakeApp(Play.Answer(Play.Ok));
        var prober = new ScriptedProber(_ => throw new InvalidOperationException("nobody is to be asked"));

        var hint = await Look(new HttpGetAction(Loopback, FakeApp.ClosedPort(), "/status", ""), prober)
            .HintAsync(AttemptResult.Failed(Reason.ConnectionRefused, "refused"), CancellationToken.None);

        Assert.Matches("^something listens on .+: if that is the app, correct `port`$", hint);
        Assert.Equal((0, 0), (prober.Attempts, app.Connections));
    }

    [Theory]
    [InlineData(false, "it speaks TLS there: write `scheme: HTTPS`, or https:// in the target")]
    [InlineData(true, "it speaks TLS there: write `tls: true`")]
    public async Task Hint_WhereAnAppOfTlsHangsUpOnAPlainQuestion_NamesTheScheme(bool isGrpc, string expected)
    {
        using var certificate = TestAuthority.SelfSigned("127.0.0.1");
        var options = Play.Server(certificate);
        await using var app = new FakeApp(async (socket, end) =>
        {
            using var secured = new SslStream(new NetworkStream(socket));
            await secured.AuthenticateAsServerAsync(options, end);
        });
        CheckAction action = isGrpc ? new GrpcAction(Loopback, app.Port) : new HttpGetAction(Loopback, app.Port, "/status", "");

        Assert.Equal(expected, await Look(action).HintAsync(Reset, CancellationToken.None));
    }

    [Fact]
    public async Task Hint_WhereAPlainAppAnswersTheOtherQuestion_NamesTheScheme()
    {
        await using var app = new FakeApp(Play.Answer(Play.Ok));
        var action = new HttpGetAction(Loopback, app.Port, "/status", "") { Scheme = HttpScheme.Https };

        Assert.Equal(
            "it speaks plain HTTP there: write `scheme: HTTP`, or http:// in the target",
            await Look(action).HintAsync(Reset, CancellationToken.None));
    }

    [Fact]
    public async Task Hint_WhereAPlainAppHangsUpOnBoth_IsNone()
    {
        await using var app = new FakeApp(Play.ResetAsync);

        Assert.Null(await Look(new HttpGetAction(Loopback, app.Port, "/status", "")).HintAsync(Reset, CancellationToken.None));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task Hint_WhereA400SpeaksOfTls_IsLookedFor()
    {
        using var certificate = TestAuthority.SelfSigned("127.0.0.1");
        var options = Play.Server(certificate);
        await using var app = new FakeApp(Play.SecureAnswer(options, Play.Ok));
        var action = new HttpGetAction(Loopback, app.Port, "/status", "");

        Assert.StartsWith("it speaks TLS there", await Look(action).HintAsync(Refused400, CancellationToken.None), StringComparison.Ordinal);
        Assert.Null(await Look(action).HintAsync(Refused400 with { BodyExcerpt = "no" }, CancellationToken.None));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task Hint_WhereTheAnswerComesLater_SaysWhenAndWhatToRaise()
    {
        var time = new SteadyClock();
        var prober = new ScriptedProber(_ =>
        {
            time.Advance(TimeSpan.FromSeconds(1.4));
            return Task.FromResult(new AttemptResult { Outcome = Outcome.Success, StatusCode = 200, Message = "ok" });
        });

        Assert.Equal(
            "asked once more, it answered 200 after 1.4 s: raise `timeoutSeconds` (here and on the probe) or make /status cheaper",
            await Look(new HttpGetAction(Loopback, 80, "/status", ""), prober, time).HintAsync(TimedOut, CancellationToken.None));
    }

    [Fact]
    public async Task Hint_WhereTheAnswerComesInTime_SaysSo()
    {
        var prober = new ScriptedProber(_ => Task.FromResult(AttemptResult.Failed(Reason.BadStatus, "500") with { StatusCode = 500 }));

        Assert.Equal(
            "asked once more, it answered 500 after 0 s: it stood still for a while, or had too little CPU",
            await Look(new HttpGetAction(Loopback, 80, "/status", ""), prober).HintAsync(TimedOut, CancellationToken.None));
    }

    [Fact]
    public async Task Hint_WhereNoAnswerComesWithinTwoMoreSeconds_SaysThatTheAppHangs()
    {
        var time = new SteadyClock();
        var prober = new ScriptedProber(async question =>
        {
            await Task.Delay(Timeout.Infinite, question.Deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return TimedOut;
        });

        var hint = Look(new HttpGetAction(Loopback, 80, "/status", ""), prober, time).HintAsync(TimedOut, CancellationToken.None);
        await prober.ArrivedAsync();
        time.Advance(Budget + TimeSpan.FromSeconds(2));

        Assert.Equal("asked once more, still no answer after 2.9 s: the app hangs", await hint);
    }

    [Fact]
    public async Task Hint_AfterALongBudget_IsNotWaitedFor()
    {
        var prober = new ScriptedProber(_ => throw new InvalidOperationException("nobody is to be asked"));
        var look = new SecondLook(
            new HttpGetAction(Loopback, 80, "/status", ""), TimeSpan.FromSeconds(29.75), [], _ => prober, new PodAddress(), TimeProvider.System);

        Assert.Null(await look.HintAsync(TimedOut, CancellationToken.None));
    }

    [Theory]
    [InlineData(nameof(Reason.ConnectionRefused))]
    [InlineData(nameof(Reason.ResponseTimeout))]
    [InlineData(nameof(Reason.ConnectionReset))]
    public async Task Hint_WhereARedirectHasLed_IsNone(string reason)
    {
        var failed = AttemptResult.Failed(Enum.Parse<Reason>(reason), "failed", Connected) with { IsRedirected = true };

        Assert.Null(await Look(new HttpGetAction(Loopback, FakeApp.ClosedPort(), "/status", "")).HintAsync(failed, CancellationToken.None));
    }

    private static SecondLook Look(CheckAction action, IProber? prober = null, TimeProvider? time = null) => new(
        action,
        Budget,
        [],
        asked => prober ?? new HttpProber(Targets.Of((HttpGetAction)asked, []), new PodConnector(Targets.HostOf(asked)), TimeProvider.System),
        new PodAddress(),
        time ?? new SteadyClock());
}
