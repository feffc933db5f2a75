using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace ProbeAgent.Lab;

/// <summary>The Go program of <c>tests/kubelet-prober</c>: it asks as the kubelet asks.</summary>
public sealed class KubeletProber : IAsyncDisposable
{
    /// <summary>The <c>timeoutSeconds</c> of every probe.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<KubeletVerdict>> pending = new();
    private readonly Task reading;
    private readonly SemaphoreSlim writing = new(1);
    private int lastQuestion;

    private KubeletProber(Process process, string firstLine)
    {
        this.process = process;
        using var greeting = JsonDocument.Parse(firstLine);
        GoVersion = Version.Parse(greeting.RootElement.GetProperty("go").GetString()!["go".Length..].Split(' ')[0]);
        reading = ReadVerdictsAsync();
    }

    /// <summary>The version of Go whose HTTP library is measured.</summary>
    public Version GoVersion { get; }

    /// <summary>Builds it.</summary>
    public static void Build(string binary) => GoProgram.Build("tests/kubelet-prober", binary);

    /// <summary>Starts it by the command, which is the binary, or ends with it.</summary>
    public static async Task<KubeletProber> StartAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // For what is no module a newer Go keeps old leniencies. The kubelet has none of them.
        start.Environment["GODEBUG"] = "httplaxcontentlength=0,urlstrictcolons=1";
        var process = Process.Start(start)!;
        var firstLine = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return new KubeletProber(process, firstLine ?? throw new InvalidOperationException($"{command[^1]} said nothing."));
    }

    /// <summary>A probe of kind <c>httpGet</c>.</summary>
    public Task<KubeletVerdict> HttpGetAsync(
        string host, int port, string path, string scheme = "http", IReadOnlyList<ProbeHeader>? headers = null) =>
        AskAsync(new Question("httpGet", host, port) { Path = path, Scheme = scheme, Headers = headers ?? [] });

    /// <summary>A probe of kind <c>tcpSocket</c>.</summary>
    public Task<KubeletVerdict> TcpSocketAsync(string host, int port) => AskAsync(new Question("tcpSocket", host, port));

    /// <summary>A probe of kind <c>grpc</c>.</summary>
    public Task<KubeletVerdict> GrpcAsync(string host, int port, string service) =>
        AskAsync(new Question("grpc", host, port) { Service = service });

    /// <summary>
    /// A lifecycle hook of kind <c>httpGet</c>; <c>unended</c> where it had not ended after a second, for the kubelet sets
    /// it no limit.
    /// </summary>
    public Task<KubeletVerdict> HookAsync(string host, int port, string path, string scheme = "http") =>
        AskAsync(new Question("hook", host, port) { Path = path, Scheme = scheme });

    /// <summary>Ends it. A question that it never answers has failed its own test by then.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using (var patience = new CancellationTokenSource(Patience))
        using (patience.Token.Register(process.Kill))
        {
            await process.WaitForExitAsync(CancellationToken.None);
        }

        await reading;
        process.Dispose();
        writing.Dispose();
    }

    private async Task<KubeletVerdict> AskAsync(Question asked)
    {
        var question = asked with { Id = Interlocked.Increment(ref lastQuestion) };
        var verdict = new TaskCompletionSource<KubeletVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[question.Id] = verdict;
        await writing.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question, JsonSerializerOptions.Web));
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

    // As tests/kubelet-prober reads it.
    private sealed record Question(string Probe, string Host, int Port)
    {
        public int Id { get; init; }

        public string Scheme { get; init; } = "http";

        public string Path { get; init; } = "";

        public string Service { get; init; } = "";

        public IReadOnlyList<ProbeHeader> Headers { get; init; } = [];

        public int TimeoutMilliseconds { get; init; } = (int)Timeout.TotalMilliseconds;
    }
}
