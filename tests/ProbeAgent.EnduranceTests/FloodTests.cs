using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>
/// 2,000 connections of each kind, from another address and from the kubelet's own (a node's SNAT). The kubelet is served in
/// time, the app is asked as seldom as ever, and nothing of a flood stays.
/// </summary>
public sealed class FloodTests(Siege siege, ITestOutputHelper output)
{
    private const string Stranger = "127.0.0.2";
    private const string Kubelet = "127.0.0.1";

    // Each may have 32: together they take all 128.
    private const string Strangers = "127.0.0.2,127.0.0.3,127.0.0.4,127.0.0.5,127.0.0.6,127.0.0.7,127.0.0.8,127.0.0.9";
    private const int MaxConnections = 128;
    private const int OfOneSource = 32;
    private const int Connections = 2000;

    // Beside the 128: questions to the app, and connections that have been accepted and not judged yet.
    private const int MoreDescriptors = 8;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] Kinds = ["idle", "drip", "halfclosed", "requests", "bighead", "hello"];

    /// <summary>Every kind of flood, from one address.</summary>
    public static MatrixTheoryData<string, string> Floods { get; } = new(Kinds, [Stranger, Kubelet]);

    /// <summary>Every kind of flood, from one address and from as many as take all that there is.</summary>
    public static MatrixTheoryData<string, string> FloodsOfMany { get; } = new(Kinds, [Strangers, Kubelet]);

    [Theory]
    [MemberData(nameof(Floods))]
    public async Task A_flood_costs_the_kubelet_no_answer(string kind, string from)
    {
        await using var pod = await BesiegedPod.StartAsync(siege, appMilliseconds: 10);

        await AssertUnharmedAsync(pod, kind, from);
    }

    [Theory]
    [MemberData(nameof(FloodsOfMany))]
    public async Task A_flood_costs_the_kubelet_no_answer_in_32_MiB(string kind, string from)
    {
        Needs.Root();
        using var limit = new MemoryLimit(mebibytes: 32);
        await using var pod = await BesiegedPod.StartAsync(siege, appMilliseconds: 10, limit.Launcher);
        var before = limit.AnonymousMebibytes;

        await AssertUnharmedAsync(pod, kind, from);

        output.WriteLine($"{before:0.0} MiB before; {limit}");
        Assert.Equal(0, limit.Kills);
    }

    [Theory]
    [MemberData(nameof(FloodsOfMany))]
    public async Task Beside_an_app_that_takes_half_a_second_the_agent_lives_and_what_it_answers_is_true(string kind, string from)
    {
        Needs.Root();
        using var limit = new MemoryLimit(mebibytes: 32);
        await using var pod = await BesiegedPod.StartAsync(siege, appMilliseconds: 500, limit.Launcher);

        var outcome = await pod.FloodAsync(kind, from, Hold);

        output.WriteLine($"{outcome}\n{limit}");
        AssertTookPlace(kind, outcome);
        Assert.False(pod.Agent.HasExited, pod.Agent.Output);
        Assert.Equal(0, limit.Kills);
        Assert.True(outcome.Kubelet.Failed == 0, $"{outcome}");
        // Requests wait for the app as the kubelet's do, 128 in all; nothing else takes a place for longer than it must.
        Assert.True(outcome.Kubelet.Lost == 0 || kind == "requests", $"{outcome}");
        Assert.Equal((0, 0), Missing(await pod.ProbeAsync(TimeSpan.FromSeconds(0.5))));
    }

    [Theory]
    [InlineData(Stranger)]
    [InlineData(Kubelet)]
    public async Task Requests_cost_the_kubelet_no_answer_while_the_app_answers_within_50_ms(string from)
    {
        await using var pod = await BesiegedPod.StartAsync(siege, appMilliseconds: 45);

        var outcome = await pod.FloodAsync("requests", from, Hold);

        output.WriteLine($"{outcome}");
        Assert.True(Missing(outcome.Kubelet) == (0, 0), $"{outcome}");
    }

    // What did not take place proves nothing.
    private static void AssertTookPlace(string kind, FloodOutcome outcome)
    {
        Assert.True(outcome.Flood.Opened >= Connections, $"{outcome}");
        Assert.True(outcome.Flood.Answers > 0 || kind != "requests", $"{outcome}");
        Assert.True(outcome.MostConnections >= OfOneSource || kind is not ("idle" or "drip"), $"{outcome}");
    }

    private static (int Lost, int Failed) Missing(KubeletTally tally) => (tally.Lost, tally.Failed);

    private async Task AssertUnharmedAsync(BesiegedPod pod, string kind, string from)
    {
        var before = ProcessFigures.Of(pod.Agent.Id);

        var outcome = await pod.FloodAsync(kind, from, Hold);

        output.WriteLine($"{outcome}");
        AssertTookPlace(kind, outcome);
        Assert.False(pod.Agent.HasExited, pod.Agent.Output);
        Assert.True(Missing(outcome.Kubelet) == (0, 0), $"{outcome}");
        Assert.True(outcome.Kubelet.P99Milliseconds < 100, $"{outcome}");
        // The scrape that tells is one of them.
        Assert.InRange(outcome.MostConnections, 1, MaxConnections);
        Assert.Equal(0, outcome.LostScrapes);
        Assert.InRange(outcome.MostDescriptors, 0, before.Descriptors + MaxConnections + MoreDescriptors);
        await AssertBackAsync(pod, before);
        await AssertSeldomAskedAsync(pod);
    }

    private async Task AssertBackAsync(BesiegedPod pod, ProcessFigures before)
    {
        var after = await ProcessFigures.WhenAsync(pod.Agent.Id, now => now.Descriptors <= before.Descriptors, Patience);
        output.WriteLine($"{before}\n{after}");
    }

    // A success is shared for 0.1 s from its completion: the next question can be sent no sooner.
    private static async Task AssertSeldomAskedAsync(BesiegedPod pod)
    {
        var asked = (await pod.EndAppAsync()).Status;

        Assert.InRange(asked, 1, 1 + (long)(pod.Age / MaxAge));
    }
}
