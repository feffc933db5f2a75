using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ProbeAgent.PodTests;

/// <summary>A real Prometheus on the node, and what it knows.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    /// <summary>Where it serves, on the node's 127.0.0.1: also its own metrics.</summary>
    public const int Port = 9099;

    /// <summary>Nobody on Debian, who may do nothing.</summary>
    private const int User = 65534;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly PodProcess process;
    private readonly HttpClient client;

    private Prometheus(NetworkNamespace node, PodProcess process)
    {
        this.process = process;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = node.OpenSocket(AddressFamily.InterNetwork);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        client = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
    }

    /// <summary>Starts it with the scrape configurations, each of which is asked once a second, and with rules that are judged as often.</summary>
    public static async Task<Prometheus> StartAsync(NetworkNamespace node, string folder, string scrapeConfigurations, string rules = "groups: []\n")
    {
        var file = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"), rules);
        await File.WriteAllTextAsync(
            file, $"global: {{scrape_interval: 1s, evaluation_interval: 1s}}\nrule_files: [rules.yml]\nscrape_configs:\n{scrapeConfigurations}");
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
    public async Task<string> ValueAsync(string query) =>
        // The time, and the value as text.
        Assert.Single(await WhenFoundAsync(query, PodProcess.Patience)).GetProperty("value")[1].GetString()!;

    /// <summary>What the query finds, as soon as it finds a number; it fails with the query where that takes longer than the patience.</summary>
    public Task<IReadOnlyList<JsonElement>> WhenFoundAsync(string query, TimeSpan patience) => WhenAnyAsync(
        async cancellationToken =>
            [.. (await QueryAsync(query, cancellationToken)).Where(series => series.GetProperty("value")[1].GetString() != "NaN")],
        patience, $"Nothing was found by {query}");

    /// <summary>What the query finds now.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string query, CancellationToken cancellationToken) =>
        [.. (await DataAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", cancellationToken)).GetProperty("result").EnumerateArray()];

    /// <summary>An alert of that name and with that label, as soon as it fires.</summary>
    public async Task<JsonElement> WhenFiringAsync(string alert, string label, string value, TimeSpan patience) =>
        (await WhenAnyAsync(
            cancellationToken => FiringAsync(alert, label, value, cancellationToken), patience, $"{alert} did not fire with {label}=\"{value}\""))[0];

    /// <summary>The names of the families that a target has described, by the label of its job.</summary>
    public async Task<IReadOnlyList<string>> FamiliesAsync(string job, CancellationToken cancellationToken)
    {
        var target = Uri.EscapeDataString($"{{job=\"{job}\"}}");
        var data = await DataAsync($"/api/v1/targets/metadata?match_target={target}", cancellationToken);
        return [.. data.EnumerateArray().Select(family => family.GetProperty("metric").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
    }

    private static async Task<IReadOnlyList<JsonElement>> WhenAnyAsync(
        Func<CancellationToken, Task<IReadOnlyList<JsonElement>>> find, TimeSpan patience, string complaint)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var glances = new PeriodicTimer(Glance);
        try
        {
            while (true)
            {
                var found = await find(deadline.Token);
                if (found.Count > 0)
                {
                    return found;
                }

                await glances.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{complaint} within {patience}.");
        }
    }

    private async Task<JsonElement> DataAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{Uri.UnescapeDataString(path)}: {body}");
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("data").Clone();
    }

    private async Task<IReadOnlyList<JsonElement>> FiringAsync(string alert, string label, string value, CancellationToken cancellationToken) =>
    [
        .. (await DataAsync("/api/v1/alerts", cancellationToken)).GetProperty("alerts").EnumerateArray().Where(active =>
            active.GetProperty("state").GetString() == "firing"
            && active.GetProperty("labels").GetProperty("alertname").GetString() == alert
            && active.GetProperty("labels").TryGetProperty(label, out var found) && found.GetString() == value),
    ];
}
