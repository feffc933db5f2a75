using System.Diagnostics;
using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>The agent's container with all that a strict pod takes from it.</summary>
internal sealed class AgentContainer : IAsyncDisposable
{
    /// <summary>The memory limit, in bytes.</summary>
    public const long MemoryLimit = 32 * 1024 * 1024;

    private const string Name = "probe-agent";

    private readonly ContainerEngine engine;
    private readonly Process attached;
    private readonly ProcessOutput output;
    private readonly long started;

    private AgentContainer(ContainerEngine engine)
    {
        this.engine = engine;
        started = TimeProvider.System.GetTimestamp();
        attached = Process.Start(engine.Describe("podman", "start", "--attach", Name))
            ?? throw new InvalidOperationException("podman did not start.");
        output = new ProcessOutput(attached);
    }

    /// <summary>Time since the runtime was told to start it.</summary>
    public TimeSpan Age => TimeProvider.System.GetElapsedTime(started);

    /// <summary>
    /// Creates and starts it, and waits until it listens. What is given are the options of <c>podman create</c> beside those of a
    /// strict pod, the image, and the command.
    /// </summary>
    public static async Task<AgentContainer> StartAsync(ContainerEngine engine, IReadOnlyList<string> arguments)
    {
        // A container of its own for each test, but the same name: whatever an earlier one left is replaced.
        engine.Podman(
        [
            "create", "--replace", "--name", Name,
            "--read-only", "--read-only-tmpfs=false", "--cap-drop=all", "--security-opt=no-new-privileges",
            "--memory=32m", "--memory-swap=32m", "--pids-limit=64",
            .. arguments,
        ]);
        var container = new AgentContainer(engine);
        try
        {
            await container.WaitForOutputAsync("listening on");
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until a line of its output contains the text, and returns that line.</summary>
    public Task<string> WaitForOutputAsync(string text) => output.WaitForAsync(text, AgentProcess.Patience);

    /// <summary>Runs a command in it, as <c>kubectl exec</c> does, and returns what it wrote.</summary>
    public string Execute(params string[] command) => engine.Podman(["exec", Name, .. command]);

    /// <summary>The same where it may fail: the exit code.</summary>
    public int TryExecute(params string[] command) => Command.TryRun(engine.Describe("podman", ["exec", Name, .. command])).ExitCode;

    /// <summary>A line of the kernel's <c>status</c> of its process, without its name.</summary>
    public string ProcessStatus(string line) =>
        File.ReadLines($"/proc/{ProcessId()}/status")
            .Single(text => text.StartsWith($"{line}:", StringComparison.Ordinal))[(line.Length + 1)..]
            .Trim();

    /// <summary>How its root is mounted.</summary>
    public string RootMountOptions() =>
        File.ReadLines($"/proc/{ProcessId()}/mountinfo")
            .Select(line => line.Split(' '))
            .Last(fields => fields[4] == "/")[5];

    /// <summary>The files that it has mapped whose name contains the text.</summary>
    public IReadOnlyList<string> MappedFiles(string text) =>
        [.. File.ReadLines($"/proc/{ProcessId()}/maps")
            .Select(line => line.Split(' ')[^1])
            .Where(file => file.Contains(text, StringComparison.Ordinal))
            .Distinct()];

    /// <summary>A figure of its memory cgroup, by the file's name in version 1 or in version 2.</summary>
    public long Memory(string version1, string version2) => long.Parse(ReadLimit("memory", version1, version2), CultureInfo.InvariantCulture);

    /// <summary>The processor time that it has taken.</summary>
    public TimeSpan Cpu()
    {
        var text = ReadLimit("cpuacct", "cpuacct.usage", "cpu.stat");
        return text.StartsWith("usage_usec ", StringComparison.Ordinal)
            ? TimeSpan.FromMicroseconds(long.Parse(text.Split('\n')[0]["usage_usec ".Length..], CultureInfo.InvariantCulture))
            : TimeSpan.FromMicroseconds(long.Parse(text, CultureInfo.InvariantCulture) / 1000.0);
    }

    /// <summary>Sends a signal, named as for <c>kill</c>.</summary>
    public void Signal(string name) => engine.Podman("kill", "--signal", name, Name);

    /// <summary>
    /// Sends SIGTERM, with ten seconds to obey, and returns the exit code and whether it was killed for want of memory.
    /// </summary>
    public (string ExitCode, string OutOfMemory) Stop()
    {
        engine.Podman("stop", "--time=10", Name);
        return Ending();
    }

    /// <summary>Waits until it has ended by itself, and returns the same.</summary>
    public async Task<(string ExitCode, string OutOfMemory)> WaitForExitAsync()
    {
        await attached.WaitForExitAsync().WaitAsync(AgentProcess.Patience);
        return Ending();
    }

    /// <summary>Removes it.</summary>
    public async ValueTask DisposeAsync()
    {
        engine.Podman("rm", "--force", "--time=0", Name);
        await attached.WaitForExitAsync().WaitAsync(AgentProcess.Patience);
        attached.Dispose();
    }

    private (string ExitCode, string OutOfMemory) Ending() => (Inspect("{{.State.ExitCode}}"), Inspect("{{.State.OOMKilled}}"));

    private string ReadLimit(string controller, string version1, string version2)
    {
        var groups = File.ReadLines($"/proc/{ProcessId()}/cgroup").Select(line => line.Split(':', 3)).ToArray();
        var file = groups.SingleOrDefault(group => group[1].Split(',').Contains(controller)) is [_, _, var path]
            ? $"/sys/fs/cgroup/{controller}{path}/{version1}"
            : $"/sys/fs/cgroup{groups.Single(group => group[0] == "0")[2]}/{version2}";
        return File.ReadAllText(file).Trim();
    }

    private string ProcessId() => Inspect("{{.State.Pid}}");

    private string Inspect(string format) => engine.Podman("inspect", "--format", format, Name);
}
