using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ProbeAgent.BlackBoxTests.Tls;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Webhook;

/// <summary>A running webhook with a certificate of its own, and a client that trusts nobody else, as an API server does.</summary>
public sealed class WebhookProcess : IAsyncDisposable
{
    private readonly TestAuthority authority = new("Webhook Authority");
    private readonly HttpClient client;

    private WebhookProcess(IReadOnlyList<string> options)
    {
        Port = FreePort.Next();
        OwnPort = FreePort.Next();
        Certificate = new MountedCertificate();
        Certificate.Swap(authority.Issue("localhost", "127.0.0.1"));
        Agent = AgentProcess.Launch(
        [
            "webhook", "--image=registry.example.com/probe-agent:1", "--mesh=istio",
            string.Create(CultureInfo.InvariantCulture, $"--listen=127.0.0.1:{Port}"),
            string.Create(CultureInfo.InvariantCulture, $"--metrics-listen=127.0.0.1:{OwnPort}"),
            $"--tls-cert-file={Certificate.CertificateFile}", $"--tls-key-file={Certificate.KeyFile}",
            .. options,
        ]);
        client = NewClient(HttpVersion.Version20);
    }

    /// <summary>The process.</summary>
    public AgentProcess Agent { get; }

    /// <summary>Where it is mounted.</summary>
    public MountedCertificate Certificate { get; }

    /// <summary>The port for API servers.</summary>
    public int Port { get; }

    /// <summary>The port for probes and metrics.</summary>
    public int OwnPort { get; }

    /// <summary>Starts one and waits until it listens.</summary>
    public static async Task<WebhookProcess> StartAsync(params string[] options)
    {
        var webhook = new WebhookProcess(options);
        await webhook.Agent.WaitForOutputAsync("listening on");
        return webhook;
    }

    /// <summary>Mounts another certificate that the client trusts, and returns its serial number.</summary>
    public string RenewCertificate()
    {
        var issued = authority.Issue("localhost", "127.0.0.1");
        Certificate.Swap(issued);
        return issued.SerialNumber;
    }

    /// <summary>A client with connections of its own.</summary>
    public HttpClient NewClient(Version version, Action<string>? onCertificate = null)
    {
        var root = X509CertificateLoader.LoadCertificate(X509Certificate2.CreateFromPem(authority.Pem).RawData);
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { root },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            onCertificate?.Invoke(((X509Certificate2)certificate!).SerialNumber);
            return errors == SslPolicyErrors.None;
        };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{Port}")),
            DefaultRequestVersion = version,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = AgentProcess.Patience,
        };
    }

    /// <summary>Posts a body as an API server posts a review.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, HttpClient? by = null) => PostAsync(Encoding.UTF8.GetBytes(body), by);

    /// <summary>The same for bytes.</summary>
    public async Task<HttpResponseMessage> PostAsync(byte[] body, HttpClient? by = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await (by ?? client).PostAsync(new Uri("/mutate?timeout=2s", UriKind.Relative), content);
    }

    /// <summary>Asks for a page of the port for API servers.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null) =>
        client.SendAsync(new HttpRequestMessage(method, path) { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact });

    /// <summary>The answer to a review; fails where it is none.</summary>
    public async Task<ReviewAnswer> ReviewAsync(string review, HttpClient? by = null)
    {
        using var response = await PostAsync(review, by);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return ReviewAnswer.Parse(body);
    }

    /// <summary>A page of the port for probes and metrics.</summary>
    public async Task<(HttpStatusCode Code, string Body)> OwnAsync(string path)
    {
        using var plain = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await plain.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{OwnPort}{path}")));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The value of a series of its metrics.</summary>
    public async Task<double> MetricAsync(string series)
    {
        var (_, page) = await OwnAsync("/metrics");
        var line = page.Split('\n').Single(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Agent.DisposeAsync();
        Certificate.Dispose();
        authority.Dispose();
    }
}
