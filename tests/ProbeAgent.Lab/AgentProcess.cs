using System.Diagnostics;
using System.Globalization;

namespace ProbeAgent.Lab;

/// <summary>
/// The agent as a process of its own, known only by its variables, ports, output and exit code. Nothing of the caller's
/// environment reaches it.
/// </summary>
public sealed class AgentProcess : IAsyncDisposable
{
    /// <summary>How long a start, an expected line or an ending may take before the test fails. Never waited out in a passing test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly ProcessOutput output;

    private AgentProcess(Process process, int publicPort, int adminPort)
    {
        this.process = process;
        PublicPort = publicPort;
        AdminPort = adminPort;
        output = new ProcessOutput(process);
    }

    /// <summary>The port for the kubelet and Prometheus.</summary>
    public int PublicPort { get; }

    /// <summary>The port on 127.0.0.1 for <c>status</c> and the page.</summary>
    public int AdminPort { get; }

    /// <summary>The process id.</summary>
    public int Id => process.Id;

    /// <summary>All it has written so far, standard output and standard error in the order of their arrival.</summary>
    public string Output => output.Text;

    /// <summary>A URL on the public port, by 127.0.0.1.</summary>
    public Uri Url(string path) => new($"http://127.0.0.1:{PublicPort}{path}");

    /// <summary>Starts <c>probe-agent</c> (the command <c>run</c>) on free ports and waits until it listens.</summary>
    public static async Task<AgentProcess> StartAsync(params (string Name, string Value)[] environment)
    {
        var agent = Launch([], environment);
        await agent.WaitForOutputAsync("listening on");
        return agent;
    }

    /// <summary>Starts <c>probe-agent</c> with the given arguments on free ports and returns at once.</summary>
    public static AgentProcess Launch(IReadOnlyList<string> arguments, params (string Name, string Value)[] environment) =>
        LaunchBy([], arguments, environment);

    /// <summary>The same by a program, as <c>prlimit --nofile=40</c>, which turns into the command that follows its arguments.</summary>
    public static AgentProcess LaunchBy(
        IReadOnlyList<string> launcher, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var publicPort = FreePort.Next();
        var adminPort = FreePort.Next();
        string[] command = [.. launcher, Checkout.AgentBinary, .. arguments];
        var start = Command.Describe(command[0], command[1..]);
        start.Environment.Clear();
        DotnetRoot.PassOn(start);
        start.Environment["PROBEAGENT_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $":{publicPort}");
        start.Environment["PROBEAGENT_ADMIN"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{adminPort}");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        return new AgentProcess(process, publicPort, adminPort);
    }

    /// <summary>Waits until a line of its output contains the text, and returns that line.</summary>
    public Task<string> WaitForOutputAsync(string text) => output.WaitForAsync(text, Patience);

    /// <summary>
    /// Returns once it takes no second look at its app: what reaches an app from now on is of probes, until a check is due for another one.
    /// </summary>
    public async Task WhenItHasLookedAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var status = new Uri($"http://127.0.0.1:{AdminPort}/status.json");
        while (await IsLookingAsync())
        {
            await glances.WaitForNextTickAsync(deadline.Token);
        }

        async Task<bool> IsLookingAsync()
        {
            using var answer = await client.GetAsync(status, deadline.Token);
            return (await answer.Content.ReadAsStringAsync(deadline.Token)).Contains("looking once more", StringComparison.Ordinal);
        }
    }

    /// <summary>Waits until it has ended, and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>True once it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Sends a signal, named as for <c>kill</c>: TERM, INT, STOP, CONT, KILL.</summary>
    public void Signal(string name) => Command.Run("kill", $"-{name}", Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }
}
