using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using ProbeAgent.Lab;

namespace ProbeAgent.ParityTests;

/// <summary>What the kubelet makes of a probe, in its own words; <c>error</c> is a result that it throws away.</summary>
internal sealed record KubeletVerdict(string Result, string Output);

/// <summary>The Go program of <c>tests/kubelet-prober</c>, built and run: it asks as the kubelet asks.</summary>
internal sealed class KubeletProber : IAsyncDisposable
{
    /// <summary>The <c>timeoutSeconds</c> of every probe in this suite.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly string folder;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<KubeletVerdict>> pending = new();
    private readonly Task reading;
    private readonly SemaphoreSlim writing = new(1);
    private int lastQuestion;

    private KubeletProber(Process process, string folder, string firstLine)
    {
        this.process = process;
        this.folder = folder;
        using var greeting = JsonDocument.Parse(firstLine);
        GoVersion = Version.Parse(greeting.RootElement.GetProperty("go").GetString()!["go".Length..].Split(' ')[0]);
        reading = ReadVerdictsAsync();
    }

    /// <summary>The version of Go whose HTTP library is measured.</summary>
    public Version GoVersion { get; }

    /// <summary>Builds it with the Go on PATH, without any network, and starts it.</summary>
    public static async Task<KubeletProber> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kubelet-prober-").FullName;
        var binary = Path.Combine(folder, "kubelet-prober");
        var build = Command.Describe("go", ["build", "-o", binary, "."]);
        build.WorkingDirectory = Checkout.InRoot("tests/kubelet-prober");
        build.Environment["GO111MODULE"] = "on";
        build.Environment["GOFLAGS"] = "-mod=mod";
        build.Environment["CGO_ENABLED"] = "0";
        build.Environment["GOPROXY"] = "off";
        build.Environment["GOTOOLCHAIN"] = "local";
        var built = Command.TryRun(build);
        Assert.True(built.ExitCode == 0, $"go build: {built.Output}{built.Error}");

        var start = new ProcessStartInfo(binary) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // go.mod names an old version of Go, for which a newer one keeps old leniencies. The kubelet has none of them.
        start.Environment["GODEBUG"] = "httplaxcontentlength=0,urlstrictcolons=1";
        var process = Process.Start(start)!;
        var firstLine = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return new KubeletProber(process, folder, firstLine ?? throw new InvalidOperationException($"{binary} said nothing."));
    }

    /// <summary>A probe of kind <c>httpGet</c>.</summary>
    public Task<KubeletVerdict> HttpGetAsync(string host, int port, string path) =>
        AskAsync("httpGet", host, port, path);

    /// <summary>A probe of kind <c>tcpSocket</c>.</summary>
    public Task<KubeletVerdict> TcpSocketAsync(string host, int port) => AskAsync("tcpSocket", host, port, "");

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        await reading;
        process.Dispose();
        writing.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<KubeletVerdict> AskAsync(string probe, string host, int port, string path)
    {
        var id = Interlocked.Increment(ref lastQuestion);
        var verdict = new TaskCompletionSource<KubeletVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[id] = verdict;
        var question = JsonSerializer.Serialize(new
        {
            id,
            probe,
            scheme = "http",
            host,
            port,
            path,
            timeoutMilliseconds = (int)Timeout.TotalMilliseconds,
        });
        await writing.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(question);
            await process.StandardInput.FlushAsync();
        }
        finally
        {
            writing.Release();
        }

        return await verdict.Task.WaitAsync(Patience);
    }

    private async Task ReadVerdictsAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            using var verdict = JsonDocument.Parse(line);
            var fields = verdict.RootElement;
            if (pending.TryRemove(fields.GetProperty("id").GetInt32(), out var waiting))
            {
                waiting.SetResult(new KubeletVerdict(
                    fields.GetProperty("result").GetString()!, fields.GetProperty("output").GetString()!));
            }
        }
    }
}
