using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>Asked again, at most twice, is only who has answered nothing yet.</summary>
[Collection("alone")]
public sealed class RetryTests(PodFixture fixture) : IClassFixture<PodFixture>, IAsyncLifetime
{
    private static readonly Dictionary<string, AppScript> Apps = new()
    {
        ["resets"] = AppScripts.Reset,
        ["closes"] = AppScripts.Close,
        ["resets after its first bytes"] = AppScripts.SendThenReset("HTTP/1.1 2"),
        ["closes after its first bytes"] = AppScripts.SendThenFinish("HTTP/1.1 2"),
        ["resets in the body"] = AppScripts.SendThenReset("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome"),
        ["resets after an interim answer"] = AppScripts.SendThenReset("HTTP/1.1 100 Continue\r\n\r\n"),
        ["answers 500"] = AppScripts.Status(500),
        ["answers 503"] = AppScripts.Status(503),
        ["answers garbage"] = AppScripts.SendThenFinish("garbage\r\n\r\n"),
        ["says nothing"] = AppScripts.Silence,
        ["stops in the body"] = AppScripts.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome"),
    };

    private Pod Pod => fixture.Pod;

    /// <summary>A second look at the app of the test before must not meet that of this one.</summary>
    public async ValueTask InitializeAsync() => await Pod.Agent.WhenItHasLookedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("resets", 1)]
    [InlineData("resets", 2)]
    [InlineData("closes", 1)]
    [InlineData("closes", 2)]
    public async Task An_app_that_is_well_at_the_second_or_third_time_is_well(string app, int times)
    {
        var before = Pod.App.Questions.Count;
        Pod.App.Script = AppScripts.FirstTimes(times, Apps[app], AppScripts.Well);

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Equal(times + 1, Pod.App.Questions.Count - before);
    }

    [Theory]
    [InlineData("resets")]
    [InlineData("closes")]
    public async Task After_three_times_it_is_a_failure(string app)
    {
        var before = Pod.App.Questions.Count;
        Pod.App.Script = AppScripts.FirstTimes(3, Apps[app], AppScripts.Well);

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((502, "[-]app failed: connection_reset\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.Equal(3, Pod.App.Questions.Count - before);
    }

    [Theory]
    [InlineData("resets after its first bytes")]
    [InlineData("closes after its first bytes")]
    [InlineData("resets in the body")]
    [InlineData("resets after an interim answer")]
    [InlineData("answers 500")]
    [InlineData("answers 503")]
    [InlineData("answers garbage")]
    [InlineData("says nothing")]
    [InlineData("stops in the body")]
    public async Task Never_asked_again_is_an_app_that(string app)
    {
        var before = Pod.App.Questions.Count;
        Pod.App.Script = AppScripts.FirstTimes(1, Apps[app], AppScripts.Well);

        var answer = await Pod.GetAsync("/livez");

        Assert.InRange(answer.Code, 500, 599);
        Assert.Equal(1, Pod.App.Questions.Count - before);
    }

    [Fact]
    public async Task An_app_that_works_and_then_hangs_up_is_asked_once()
    {
        var before = Pod.App.Questions.Count;
        Pod.App.Script = AppScripts.When(Task.Delay(TimeSpan.FromSeconds(0.3), TestContext.Current.CancellationToken), AppScripts.Close);

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((502, "[-]app failed: connection_reset\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.Equal(1, Pod.App.Questions.Count - before);
    }

    [Fact]
    public async Task A_refused_connect_is_tried_for_about_a_tenth_of_a_second()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez");
        await pod.App.StopListeningAsync();

        var answer = await pod.GetAsync("/livez");

        Assert.Equal((502, "[-]app failed: connection_refused\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.InRange(answer.Elapsed, TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(400));
    }
}
