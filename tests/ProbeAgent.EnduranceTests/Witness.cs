using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>
/// The Go program of <c>tests/witness</c>: the app and the kubelet, with one clock. It is given the CPU before anybody else, so that
/// whatever is late is late because of the agent.
/// </summary>
public sealed class Witness : IAsyncDisposable
{
    private readonly Process process;

    private Witness(Process process) => this.process = process;

    /// <summary>Builds it once for all tests of this run.</summary>
    private static Lazy<string> Binary { get; } = new(() =>
    {
        var binary = Path.Combine(AppContext.BaseDirectory, "witness");
        GoProgram.Build("tests/witness", binary);
        return binary;
    });

    /// <summary>Skips the calling test where the witness cannot be built or not be preferred.</summary>
    public static void IsNeeded()
    {
        Needs.Root();
        Needs.Programs("go", "nice");
    }

    /// <summary>Starts the app, which is well, and the probes: each a path and its period, as <c>/livez,30ms</c>.</summary>
    public static async Task<Witness> StartAsync(int agentPort, int appPort, int tlsPort, params string[] probes)
    {
        string[] arguments = ["-n", "-20", Binary.Value, "-agent", Text(agentPort), "-app", Text(appPort), "-tls", Text(tlsPort)];
        var start = new ProcessStartInfo("nice", [.. arguments, .. probes.SelectMany(probe => new[] { "-probe", probe })])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var witness = new Witness(Process.Start(start)!);
        await witness.ReadLineAsync();
        return witness;
    }

    /// <summary>Lets the app be <c>well</c>, <c>slow</c> (300 ms), <c>failing</c> (500), <c>hung</c> or <c>closed</c> from now on; returns the time.</summary>
    public Task<double> AppBecomesAsync(string state) => TellAsync(state);

    /// <summary>The witness' time, in milliseconds.</summary>
    public Task<double> NowAsync() => TellAsync("now");

    /// <summary>Ends the probes, and returns all that was seen.</summary>
    public async Task<Testimony> EndAsync()
    {
        await process.StandardInput.WriteLineAsync("end");
        var testimony = await ReadLineAsync();
        await process.WaitForExitAsync().WaitAsync(AgentProcess.Patience);
        return JsonSerializer.Deserialize<Testimony>(testimony, JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<double> TellAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        return double.Parse(await ReadLineAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<string> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(AgentProcess.Patience)
        ?? throw new InvalidOperationException("The witness has ended.");
}
