using System.Diagnostics;
using System.Text.Json;
using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>A Go program of this checkout at work in a pod: <c>tests/siege</c> or <c>tests/witness</c>. It ends with the test.</summary>
internal sealed class PodProgram : IAsyncDisposable
{
    private readonly Process process;

    private PodProgram(Process process) => this.process = process;

    private static Lazy<string> SiegeBinary { get; } = new(() => Build("siege"));

    private static Lazy<string> WitnessBinary { get; } = new(() => Build("witness"));

    /// <summary>Skips the calling test where they cannot be built.</summary>
    public static void IsNeeded() => Needs.Programs("go");

    /// <summary>Starts a subcommand of siege.</summary>
    public static PodProgram Siege(PodNamespace pod, params string[] arguments) => Start(pod, SiegeBinary.Value, arguments);

    /// <summary>Starts an app that is well, with HTTPS and gRPC over TLS at a port of its own, and waits until it listens.</summary>
    public static async Task<PodProgram> StartTlsAppAsync(PodNamespace pod, string tlsPort)
    {
        var witness = Start(pod, WitnessBinary.Value, ["-agent", "15081", "-app", "8080", "-tls", tlsPort]);
        await witness.ReadLineAsync();
        return witness;
    }

    /// <summary>Says a line to it, and returns its next one.</summary>
    public async Task<string> SayAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        return await ReadLineAsync();
    }

    /// <summary>Its next line.</summary>
    public async Task<string> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(AgentProcess.Patience)
        ?? throw new InvalidOperationException("It ended without a word; what was wrong stands on standard error.");

    /// <summary>Tells it to end, where it does not by itself, and reads its last line.</summary>
    public async Task<T> EndAsync<T>()
    {
        process.StandardInput.Close();
        return await ReadAsync<T>();
    }

    /// <summary>Reads its last line, which comes when its time is over.</summary>
    public async Task<T> ReadAsync<T>() => JsonSerializer.Deserialize<T>(await ReadLineAsync(), JsonSerializerOptions.Web)!;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string Build(string name)
    {
        var binary = Path.Combine(AppContext.BaseDirectory, name);
        GoProgram.Build($"tests/{name}", binary);
        return binary;
    }

    private static PodProgram Start(PodNamespace pod, string binary, string[] arguments)
    {
        var start = pod.Describe(binary, arguments);
        start.RedirectStandardInput = true;
        start.RedirectStandardError = false;
        return new PodProgram(Process.Start(start)!);
    }
}
