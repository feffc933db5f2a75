using System.Diagnostics;
using System.Text.Json;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>One subcommand of <c>tests/siege</c> at work. It ends when it is told to, or with the test.</summary>
public sealed class SiegeProcess : IAsyncDisposable
{
    private readonly Process process;

    /// <summary>Starts it.</summary>
    public SiegeProcess(string binary, IReadOnlyList<string> arguments) =>
        process = Process.Start(new ProcessStartInfo(binary, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>The next line that it writes.</summary>
    public async Task<string> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(AgentProcess.Patience)
        ?? throw new InvalidOperationException("siege ended without a word; what was wrong stands on standard error.");

    /// <summary>Tells it to end, and reads its last line.</summary>
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
}
