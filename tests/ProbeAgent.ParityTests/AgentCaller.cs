namespace ProbeAgent.ParityTests;

/// <summary>Calls an agent's endpoint as the kubelet would, and says what came of it.</summary>
internal sealed class AgentCaller(Uri endpoint) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };

    public async Task<AgentVerdict> AskAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.ConnectionClose = true;
        request.Headers.Add("User-Agent", "kube-probe/1.36");
        request.Headers.Add("Accept", "*/*");
        using var answer = await client.SendAsync(request);
        var words = (await answer.Content.ReadAsStringAsync()).ReplaceLineEndings(" ").Trim();
        return new AgentVerdict(
            answer.IsSuccessStatusCode ? "success" : "failure", $"{(int)answer.StatusCode}: {words}");
    }

    public void Dispose() => client.Dispose();
}
