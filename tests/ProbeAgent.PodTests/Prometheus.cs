using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ProbeAgent.PodTests;

/// <summary>A real Prometheus on the node, and what it knows.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private const int Port = 9099;

    /// <summary>Nobody on Debian, who may do nothing.</summary>
    private const int User = 65534;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly NetworkNamespace node;
    private readonly PodProcess process;

    private Prometheus(NetworkNamespace node, PodProcess process)
    {
        this.node = node;
        this.process = process;
    }

    /// <summary>Starts it with the scrape configurations, each of which is asked once a second.</summary>
    public static async Task<Prometheus> StartAsync(NetworkNamespace node, string folder, string scrapeConfigurations)
    {
        var file = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(file, $"global: {{scrape_interval: 1s}}\nscrape_configs:\n{scrapeConfigurations}");
        var start = PodProcess.Describe(
            node,
            User,
            "prometheus",
            $"--config.file={file}",
            $"--storage.tsdb.path={Path.Combine(folder, "data")}",
            $"--web.listen-address=127.0.0.1:{Port}");
        return new Prometheus(node, await PodProcess.StartAsync(start, "Server is ready to receive web requests"));
    }

    /// <summary>The value of the one series that the query finds, as soon as it finds one.</summary>
    public async Task<string> ValueAsync(string query)
    {
        using var deadline = new CancellationTokenSource(PodProcess.Patience);
        using var glances = new PeriodicTimer(Glance);
        while (true)
        {
            using var answer = JsonDocument.Parse(await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", deadline.Token));
            var found = answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().ToList();
            if (found.Count > 0)
            {
                // The time, and the value as text.
                return Assert.Single(found).GetProperty("value")[1].GetString()!;
            }

            await glances.WaitForNextTickAsync(deadline.Token);
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task<string> GetAsync(string path, CancellationToken cancellationToken)
    {
        var target = new IPEndPoint(IPAddress.Loopback, Port);
        using var socket = node.OpenSocket(AddressFamily.InterNetwork);
        await socket.ConnectAsync(target, cancellationToken);
        await using var stream = new NetworkStream(socket);
        return (await RawHttp.GetAsync(stream, target.ToString(), path, cancellationToken)).Body;
    }
}
