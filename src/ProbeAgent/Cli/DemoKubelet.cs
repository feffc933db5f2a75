using System.Globalization;

namespace ProbeAgent.Cli;

/// <summary>Asks the agent every second, as a kubelet would, and prints a line whenever the answer changes.</summary>
internal sealed class DemoKubelet(int agentPort, TimeProvider timeProvider)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Probes until the task completes.</summary>
    public async Task ProbeUntilAsync(Task end)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero })
        {
            Timeout = Period,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("kube-probe/1.36");
        var livez = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{agentPort}/livez"));
        using var seconds = new PeriodicTimer(Period, timeProvider);
        var before = "";
        do
        {
            var now = await AskAsync(client, livez);
            if (now != before)
            {
                var time = timeProvider.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
                Terminal.WriteLine($"kubelet {time}  GET /livez → {now}");
                before = now;
            }
        }
        while (await Task.WhenAny(seconds.WaitForNextTickAsync().AsTask(), end) != end);
    }

    private static async Task<string> AskAsync(HttpClient client, Uri livez)
    {
        try
        {
            using var answer = await client.GetAsync(livez);
            var text = (await answer.Content.ReadAsStringAsync()).Split('\n')[0];
            return answer.IsSuccessStatusCode
                ? $"200 {text}"
                : string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {text}  (HTTP probe failed with statuscode: {(int)answer.StatusCode})");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return "no answer";
        }
    }
}
