using ProbeAgent.Lab.Hostile;
using ProbeAgent.ParityTests.Cases;

namespace ProbeAgent.ParityTests;

/// <summary>What goes out is what the kubelet sends, and nothing stays behind of it.</summary>
public sealed class WireTests(ParityLab lab)
{
    private const string KeptOpen = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok";

    /// <summary>Answers after which it is one side or the other that ends the connection, early or late.</summary>
    public static TheoryData<string> Exchanges =>
    [
        "status/200",
        "status/503",
        "length/none",
        "body/stall-after-whole",
        "body/stall-after-whole-of-a-503",
        "body/stall-at-10-kib",
        "body/1-mib",
        "body/until-end-endless",
        "body/stall",
        "closing/silence-before-answer",
        "closing/end-before-answer",
        "closing/reset-in-body",
        "redirect/to-absolute-path",
        "redirect/body-whole-then-stalls",
        "redirect/to-other-host",
        "status-line/not-http-ssh",
        "interim/101-then-stall",
    ];

    [Fact]
    public async Task TheRequestIsTheKubelets()
    {
        var prober = await lab.ProberAsync();
        await using var app = HostileApp.Start(_ => Answer.Whole("HTTP/1.1 200 OK"));
        await using var agent = await AskedAgent.StartAsync($"http://127.0.0.1:{app.PortText}/status");

        await prober.HttpGetAsync("127.0.0.1", app.Port, "/status");
        var kubelets = Assert.Single(app.TakeReceived());
        await agent.AskAsync();
        var agents = Assert.Single(app.TakeReceived());

        Assert.Equal(kubelets.RequestLine, agents.RequestLine);
        Assert.Equal(kubelets.HeaderLines.Order(StringComparer.Ordinal), agents.HeaderLines.Order(StringComparer.Ordinal));
        Assert.Contains("User-Agent: kube-probe/1.36", agents.HeaderLines);
        Assert.False(agents.HasMore);
    }

    [Fact]
    public async Task EachQuestionHasAConnectionOfItsOwn()
    {
        await lab.ProberAsync();
        await using var app = HostileApp.Start(_ => Answer.Of(KeptOpen).ThenStall());
        await using var agent = await AskedAgent.StartAsync($"http://127.0.0.1:{app.PortText}/status");

        await agent.AskAsync();
        await agent.AskAsync();

        var received = app.TakeReceived();
        Assert.Equal(2, received.Count);
        foreach (var connection in received)
        {
            Assert.NotEqual(CallerExit.Unseen, await connection.Exit);
            Assert.False(connection.HasMore);
        }
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task NoExchangeLeavesASocketWaitingBehind(string id)
    {
        await lab.ProberAsync();
        var played = Catalogue.All.Single(one => one.Id == id);
        await using var app = HostileApp.Start(_ => Answer.Nothing);
        await using var agent = await AskedAgent.StartAsync($"http://127.0.0.1:{app.PortText}/status");
        var neighbours = await lab.NeighboursAsync();
        var addresses = new Addresses("127.0.0.1", app.Port, neighbours.Plain.Port, neighbours.Tls.Port, agent.Port);
        app.AnswerWith(request => played.Answer(request, addresses));
        // Of whoever had this port a minute ago.
        var before = Sockets.EndedByTheirOwnerTowards(app.Port);

        await agent.AskAsync();

        await Task.WhenAll(app.TakeReceived().Select(connection => connection.Exit));
        Assert.Empty(Sockets.EndedByTheirOwnerTowards(app.Port).Except(before));
    }

    [Theory]
    [InlineData("closing/end-before-answer")]
    [InlineData("closing/reset-before-answer")]
    [InlineData("closing/end-unasked")]
    [InlineData("closing/reset-unasked")]
    public async Task AnAppThatGivesNoAnswerIsAskedAgainTwiceAtMost(string id)
    {
        await lab.ProberAsync();
        var played = Catalogue.All.Single(one => one.Id == id);
        await using var app = HostileApp.Start(request => played.Answer(request, new Addresses("127.0.0.1", 0, 0, 0, 0)));
        await using var agent = await AskedAgent.StartAsync($"http://127.0.0.1:{app.PortText}/status");
        // A second look follows the first failure, and none within the next minute.
        await agent.AskAsync();
        await agent.WhenItHasLookedAsync();
        app.TakeReceived();

        await agent.AskAsync();

        Assert.InRange(app.TakeReceived().Count, 1, 3);
    }
}
