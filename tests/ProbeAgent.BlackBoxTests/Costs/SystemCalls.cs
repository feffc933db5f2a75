using System.Diagnostics;
using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Costs;

/// <summary>Counts the system calls of a running process by <c>strace</c>.</summary>
public sealed class SystemCalls : IAsyncDisposable
{
    // How often a thread waits, or is woken, hangs on what else the machine does.
    private const string Counted = "trace=!futex,epoll_wait,epoll_pwait,epoll_pwait2,sched_yield,restart_syscall,clock_nanosleep,membarrier";

    private readonly TemporaryFile summary = new("", ".txt");
    private readonly Process strace;

    private SystemCalls(int processId) => strace = Process.Start(Command.Describe(
        "strace", ["-f", "-c", "-e", Counted, "-o", summary.Path, "-p", processId.ToString(CultureInfo.InvariantCulture)]))!;

    /// <summary>Begins to count; skips the calling test where that cannot be had.</summary>
    public static async Task<SystemCalls> OfAsync(int processId)
    {
        Needs.Programs("strace");
        var calls = new SystemCalls(processId);
        var first = await calls.strace.StandardError.ReadLineAsync();
        Assert.SkipWhen(first?.Contains("not permitted", StringComparison.Ordinal) == true, "needs the right to trace a process");
        Assert.Contains("attached", first, StringComparison.Ordinal);
        return calls;
    }

    /// <summary>Ends the count, and returns it.</summary>
    public async Task<int> EndAsync()
    {
        Command.Run("kill", "-TERM", strace.Id.ToString(CultureInfo.InvariantCulture));
        await strace.WaitForExitAsync().WaitAsync(AgentProcess.Patience);

        // % time, seconds, usecs/call, calls, errors, and the closing line has them all.
        var total = (await File.ReadAllLinesAsync(summary.Path)).Single(line => line.EndsWith(" total", StringComparison.Ordinal));
        return int.Parse(total.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (!strace.HasExited)
        {
            strace.Kill();
            await strace.WaitForExitAsync();
        }

        strace.Dispose();
        summary.Dispose();
    }
}
