using System.Globalization;
using System.Text.RegularExpressions;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>
/// Several apps, each with a name, and the agent beside them as a document tells it. In the document <c>$name</c> is the port of the
/// app of that name.
/// </summary>
public sealed partial class DocumentPod : IAsyncDisposable
{
    private readonly Dictionary<string, FakeApp> apps;

    private DocumentPod(Dictionary<string, FakeApp> apps, AgentProcess agent)
    {
        this.apps = apps;
        Agent = agent;
    }

    /// <summary>The agent.</summary>
    public AgentProcess Agent { get; }

    /// <summary>The app of that name.</summary>
    public FakeApp this[string name] => apps[name];

    /// <summary>Starts the apps, all of them well, and the agent with the document inline.</summary>
    public static async Task<DocumentPod> StartAsync(
        string[] names, string document, params (string Name, string Value)[] environment)
    {
        var apps = names.ToDictionary(name => name, _ => FakeApp.Start(AppScripts.Well));
        try
        {
            var agent = await AgentProcess.StartAsync([("PROBEAGENT_CONFIG_YAML", WithPorts(document, apps)), .. environment]);
            return new DocumentPod(apps, agent);
        }
        catch
        {
            await EndAsync(apps.Values);
            throw;
        }
    }

    /// <summary><c>GET</c> by 127.0.0.1.</summary>
    public Task<Answer> GetAsync(string target, params string[] headers) => Probe.GetAsync(Agent, target, headers);

    /// <summary>Code and text of <c>GET</c> by 127.0.0.1.</summary>
    public async Task<(int Code, string Body)> AskAsync(string target)
    {
        var answer = await GetAsync(target);
        return (answer.Code, answer.Body);
    }

    /// <summary>Makes every app well.</summary>
    public void Heal()
    {
        foreach (var app in apps.Values)
        {
            app.Script = AppScripts.Well;
        }
    }

    /// <summary>The lines of its log that contain the text, once it has ended and so has said all; its drain must be 0.</summary>
    public async Task<string[]> EndAndFindAsync(string text)
    {
        Agent.Signal("TERM");
        await Agent.WaitForExitAsync();
        return [.. Agent.Output.Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal))];
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        await EndAsync(apps.Values);

        // Whatever a test was about: nothing ever shows a stack trace.
        Trace.AssertNone(Agent.Output);
    }

    private static string WithPorts(string document, Dictionary<string, FakeApp> apps) =>
        AppName().Replace(document, name => apps[name.Groups[1].Value].Port.ToString(CultureInfo.InvariantCulture));

    private static async Task EndAsync(IEnumerable<FakeApp> apps)
    {
        foreach (var app in apps)
        {
            await app.DisposeAsync();
        }
    }

    [GeneratedRegex(@"\$([a-z][a-z-]*)")]
    private static partial Regex AppName();
}
