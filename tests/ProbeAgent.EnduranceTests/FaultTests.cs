using System.Globalization;
using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>Something is thrown in each component: it costs the answer that met it, and neither another one nor the process.</summary>
public sealed class FaultTests(FaultyBuild build) : IClassFixture<FaultyBuild>
{
    // As often as it is thrown, and then once.
    private const int Tries = 4;
    private const string Key = "0123456789abcdef0123456789abcdef";

    /// <summary>The names of <c>tests/faults</c>.</summary>
    public static TheoryData<string> Places { get; } = [.. FaultPlace.Names.Where(name => FaultPlace.Read(name).Asks != "SIGTERM")];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_is_thrown_costs_one_answer_and_not_the_agent(string name)
    {
        Witness.IsNeeded();
        var place = FaultPlace.Read(name);
        var (appPort, tlsPort) = (FreePort.Next(), FreePort.Next());
        await using var app = await Witness.StartAsync(agentPort: 1, appPort, tlsPort);
        await using var agent = await StartAsync(name, appPort, tlsPort);
        await app.AppBecomesAsync(place.App);

        var answers = new List<string>();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (attempt == Tries - 1)
            {
                await app.AppBecomesAsync("well");
            }

            answers.Add(await AskAsync(agent, place.Asks));
            Assert.False(agent.HasExited, $"It has ended:\n{agent.Output}");
            var health = await agent.GetAsync("/-/healthy");
            Assert.True(health == "200 ok" || (place.IsMetByAll && Regex.IsMatch(health, $"^({place.Answers})$")), health);
        }

        // Who meets it by chance may still have to.
        for (var more = 0; place.IsMetByAll && more < Tries && !answers[^1].StartsWith("200 ", StringComparison.Ordinal); more++)
        {
            answers.Add(await AskAsync(agent, place.Asks));
        }

        Assert.Matches(place.IsMetByAll ? $"^(200 .*|{place.Answers})$" : $"^{place.Answers}$", answers[0]);
        Assert.Matches(place.Asks.EndsWith("/nobody", StringComparison.Ordinal) ? "^404 " : "^200 ", answers[^1]);
        Assert.True(place.IsSilent || agent.Output.Contains($"fault at {name}", StringComparison.Ordinal), agent.Output);
        var well = await agent.GetAsync("/readyz");
        for (var more = 0; place.IsMetByAll && more < Tries && well != "200 ok"; more++)
        {
            well = await agent.GetAsync("/readyz");
        }

        Assert.Equal("200 ok", well);
        agent.Signal("TERM");
        Assert.Equal(0, await agent.WaitForExitAsync());
    }

    [Theory]
    [InlineData("drain")]
    [InlineData("ending-signals")]
    public async Task What_is_thrown_at_the_end_does_not_end_it_before_the_app(string name)
    {
        Witness.IsNeeded();
        var (appPort, tlsPort) = (FreePort.Next(), FreePort.Next());
        await using var app = await Witness.StartAsync(agentPort: 1, appPort, tlsPort);
        await using var agent = await StartAsync(name, appPort, tlsPort, ("PROBEAGENT_DRAIN_SECONDS", "20"));

        agent.Signal("TERM");
        // It asks whether the app is there once a second.
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);

        Assert.False(agent.HasExited, $"It has ended:\n{agent.Output}");
        Assert.Equal("200 ok", await agent.GetAsync("/livez"));
        Assert.Contains("failed: draining", await agent.GetAsync("/readyz"), StringComparison.Ordinal);
        await app.AppBecomesAsync("closed");
        Assert.Equal(0, await agent.WaitForExitAsync());
        Assert.True(FaultPlace.Read(name).IsSilent || agent.Output.Contains($"fault at {name}", StringComparison.Ordinal), agent.Output);
    }

    private static Task<string> AskAsync(OddAgent agent, string asks) => asks.Split(' ') switch
    {
        ["GET", var path] => agent.GetAsync(path),
        ["ADMIN", var path] => agent.GetAdminAsync(path),
        _ => throw new ArgumentOutOfRangeException(nameof(asks), asks, "Nobody asks so."),
    };

    private Task<OddAgent> StartAsync(string fault, int appPort, int tlsPort, params (string Name, string Value)[] environment) => OddAgent.StartAsync(
        [build.Binary],
        isRead: true,
        [
            ("PROBEAGENT_CONFIG_YAML", Document(appPort, tlsPort)), ("PROBEAGENT_FAULT", fault), ("PROBEAGENT_DRAIN_SECONDS", "0"),
            ("PROBEAGENT_LOG_LEVEL", "debug"), .. environment,
        ]);

    private static string Document(int appPort, int tlsPort) => string.Create(CultureInfo.InvariantCulture, $$"""
        checks:
        - name: http
          maxAgeSeconds: 0
          httpGet: {port: {{appPort}}, path: /status}
        - name: tcp
          maxAgeSeconds: 0
          tcpSocket: {port: {{appPort}}}
        - name: grpc
          maxAgeSeconds: 0
          grpc: {port: {{tlsPort}}, tls: true}
        relays:
        - {name: app, target: ':{{appPort}}/metrics'}
        hooks:
        - {container: app, hook: preStop, key: {{Key}}, httpGet: {port: {{appPort}}, path: /stop} }
        """);
}
