using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>
/// An app and the agent beside it, as in a pod: the agent asks <c>:port/status</c> and, where a test does not say otherwise, shares
/// no finished answer, so that every probe is a question.
/// </summary>
public sealed class Pod : IAsyncDisposable
{
    private Pod(FakeApp app, AgentProcess agent)
    {
        App = app;
        Agent = agent;
    }

    /// <summary>The app.</summary>
    public FakeApp App { get; }

    /// <summary>The agent.</summary>
    public AgentProcess Agent { get; }

    /// <summary>Starts both; a variable that is named here replaces the one above.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The pod disposes of its app.")]
    public static Task<Pod> StartAsync(AppScript script, params (string Name, string Value)[] environment) =>
        AroundAsync(FakeApp.Start(script), environment);

    /// <summary>Starts the agent beside an app that is there already; the pod ends it, too.</summary>
    public static async Task<Pod> AroundAsync(FakeApp app, params (string Name, string Value)[] environment)
    {
        try
        {
            return new Pod(app, await AgentProcess.StartAsync([.. Defaults(app.Port), .. environment]));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary><c>GET</c> by 127.0.0.1.</summary>
    public Task<Answer> GetAsync(string target, params string[] headers) => Probe.GetAsync(Agent, target, headers);

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        await App.DisposeAsync();

        // Whatever a test was about: nothing ever shows a stack trace.
        Trace.AssertNone(Agent.Output);
    }

    private static (string Name, string Value)[] Defaults(int port) =>
    [
        ("PROBEAGENT_TARGET", string.Create(CultureInfo.InvariantCulture, $":{port}/status")),
        ("PROBEAGENT_MAX_AGE_SECONDS", "0"),
    ];
}
