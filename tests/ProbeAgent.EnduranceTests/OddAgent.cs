using System.Diagnostics;
using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>An agent that is started in an odd way: another binary, or by a shell that does something to it first.</summary>
public sealed class OddAgent : IAsyncDisposable
{
    private readonly Process process;
    private readonly ProcessOutput? output;
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(5), DefaultRequestHeaders = { ConnectionClose = true } };
    private readonly int publicPort;
    private readonly int adminPort;

    private OddAgent(Process process, int publicPort, int adminPort, bool isRead)
    {
        (this.process, this.publicPort, this.adminPort) = (process, publicPort, adminPort);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("kube-probe/1.36");
        output = isRead ? new ProcessOutput(process) : null;
    }

    /// <summary>The process id.</summary>
    public int Id => process.Id;

    /// <summary>The port for the kubelet.</summary>
    public int PublicPort => publicPort;

    /// <summary>True once it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>All it has written; nothing where nobody reads it.</summary>
    public string Output => output?.Text ?? "";

    /// <summary>Starts a command and waits until the agent answers; <paramref name="isRead"/> is false where nobody is to read what it writes.</summary>
    public static async Task<OddAgent> StartAsync(IReadOnlyList<string> command, bool isRead, params (string Name, string Value)[] environment)
    {
        var (publicPort, adminPort) = (FreePort.Next(), FreePort.Next());
        var start = Command.Describe(command[0], [.. command.Skip(1)]);
        start.Environment.Clear();
        DotnetRoot.PassOn(start);
        start.Environment["PROBEAGENT_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $":{publicPort}");
        start.Environment["PROBEAGENT_ADMIN"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{adminPort}");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var agent = new OddAgent(Process.Start(start)!, publicPort, adminPort, isRead);
        try
        {
            await agent.UntilItAnswersAsync();
            return agent;
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a <c>GET</c> of the public port is answered: code and body with a blank between them, or <c>closed</c>.</summary>
    public Task<string> GetAsync(string path) => GetAsync(publicPort, path);

    /// <summary>The same at the admin port.</summary>
    public Task<string> GetAdminAsync(string path) => GetAsync(adminPort, path);

    /// <summary>Sends a signal, named as for <c>kill</c>.</summary>
    public void Signal(string name) => Command.Run("kill", $"-{name}", process.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits until it has ended, and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(AgentProcess.Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<string> GetAsync(int port, string path)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"));
            return $"{(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).Replace('\n', ' ')}";
        }
        catch (HttpRequestException closed) when (closed.HttpRequestError == HttpRequestError.ResponseEnded)
        {
            return "closed";
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return "refused";
        }
        catch (HttpRequestException reset)
        {
            return $"broken: {reset.Message}";
        }
        catch (OperationCanceledException)
        {
            return "nothing within 5 s";
        }
    }

    private async Task UntilItAnswersAsync()
    {
        using var patience = new CancellationTokenSource(AgentProcess.Patience);
        using var pauses = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await GetAsync("/-/healthy") == "refused" && !process.HasExited)
        {
            await pauses.WaitForNextTickAsync(patience.Token);
        }

        Assert.False(process.HasExited, $"It ended at its start:\n{Output}");
    }
}
