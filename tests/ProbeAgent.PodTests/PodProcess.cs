using System.Diagnostics;
using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>
/// A program in the pod, as a container runs it: a user without any capability, no new privileges, few variables.
/// </summary>
internal sealed class PodProcess : IAsyncDisposable
{
    /// <summary>
    /// How long a start or an expected line may take before the test fails. Never waited out in a passing test.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    private readonly Process process;
    private readonly ProcessOutput output;

    private PodProcess(Process process)
    {
        this.process = process;
        output = new ProcessOutput(process);
    }

    /// <summary>All it has written so far.</summary>
    public string Output => output.Text;

    /// <summary>
    /// How the program is started; each step replaces itself by the next, so the process id stays that of the program.
    /// </summary>
    public static ProcessStartInfo Describe(NetworkNamespace network, int user, params string[] command)
    {
        var id = user.ToString(CultureInfo.InvariantCulture);
        string[] unprivileged =
            ["--reuid", id, "--regid", id, "--clear-groups", "--bounding-set=-all", "--no-new-privs"];
        var start = Command.Describe("ip", ["netns", "exec", network.Name, "setpriv", .. unprivileged, .. command]);
        start.RedirectStandardInput = true;
        start.Environment.Clear();
        DotnetRoot.PassOn(start);
        start.Environment["PATH"] = "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        return start;
    }

    /// <summary>Starts it, and returns when a line of its output contains the text.</summary>
    public static async Task<PodProcess> StartAsync(ProcessStartInfo start, string readyText)
    {
        var started = new PodProcess(
            Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start."));
        try
        {
            await started.WaitForOutputAsync(readyText);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public Task<string> WaitForOutputAsync(string text) => output.WaitForAsync(text, Patience);

    /// <summary>Gives it a line on its standard input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Ends it as the kernel's OOM killer would: at once, its port closed.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>
    /// Freezes it: its sockets stay open and the kernel goes on accepting for it, but no thread of it runs.
    /// </summary>
    public async Task FreezeAsync()
    {
        Signal("STOP");
        using var deadline = new CancellationTokenSource(Patience);
        using var glances = new PeriodicTimer(Glance);
        while (!IsFrozen())
        {
            await glances.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>Lets it run on.</summary>
    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private void Signal(string name) =>
        Command.Run("kill", $"-{name}", process.Id.ToString(CultureInfo.InvariantCulture));

    private bool IsFrozen() => Directory
        .GetDirectories($"/proc/{process.Id}/task")
        .All(thread => File.ReadAllText($"{thread}/stat").Split(") ")[^1].StartsWith('T'));
}
