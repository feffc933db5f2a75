using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using ProbeAgent.Lab;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests.Charts;

/// <summary>The certificate of the webhook: trusted by API servers, kept by upgrades, and renewed without a gap.</summary>
public sealed class ChartCertificateTests(ChartLab lab) : IDisposable
{
    private const string Host = "probe-agent-webhook.probe-agent.svc";
    private const string Since = "probe-agent/certificate-since";
    private const string Until = "probe-agent/certificate-until";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(ValueSet.Releases), MemberType = typeof(ValueSet))]
    public async Task An_API_server_that_trusts_nobody_else_gets_its_answer(string release, string ofNamespace)
    {
        var run = lab.RenderAs(release, "--namespace", ofNamespace, "--set", "mesh=istio");
        foreach (var file in new[] { "tls.crt", "tls.key" })
        {
            folder.Write(file, Encoding.ASCII.GetString(run.Secret.Data[file]));
        }

        var port = FreePort.Next();
        await using var webhook = AgentProcess.Launch(
        [
            .. run.Container.Args, $"--tls-cert-file={folder.InIt("tls.crt")}", $"--tls-key-file={folder.InIt("tls.key")}",
            string.Create(CultureInfo.InvariantCulture, $"--listen=127.0.0.1:{port}"),
            string.Create(CultureInfo.InvariantCulture, $"--metrics-listen=127.0.0.1:{FreePort.Next()}"),
        ]);
        await webhook.WaitForOutputAsync("listening on");

        using var client = ApiServer(run, port);
        var pod = Checkout.InRoot("tests/ProbeAgent.BlackBoxTests/Webhook/reviews/pod-by-hand.json");
        using var review = new ByteArrayContent(await File.ReadAllBytesAsync(pod, TestContext.Current.CancellationToken));
        review.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var called = run.The<V1MutatingWebhookConfiguration>().Webhooks[0].ClientConfig.Service;
        var url = new Uri($"https://{called.Name}.{called.NamespaceProperty}.svc{called.Path}?timeout=2s");
        using var answer = await client.PostAsync(url, review, TestContext.Current.CancellationToken);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("injected", JsonNode.Parse(text)!["response"]!["auditAnnotations"]!["decision"]!.GetValue<string>());
    }

    [Fact]
    public void It_is_good_for_as_long_as_its_secret_says()
    {
        var run = lab.Render("--set", "certificate.validityDays=90");

        var until = DateTimeOffset.Parse(run.Secret.Metadata.Annotations[Until], CultureInfo.InvariantCulture);
        Assert.Equal(90, (until - run.Certificate.NotBefore).TotalDays, tolerance: 0.01);
        Assert.Equal(until.UtcDateTime, run.Certificate.NotAfter.ToUniversalTime(), TimeSpan.FromMinutes(1));
        Assert.Equal("kubernetes.io/tls", run.Secret.Type);
        Assert.True(run.Certificate.MatchesHostname(Host));
    }

    [Fact]
    public void An_upgrade_keeps_it()
    {
        var first = lab.RenderSet("istio", "1.33.1");

        var second = Upgrade(first.Output);

        Assert.All(first.Secret.Data, file => Assert.Equal(file.Value, second.Secret.Data[file.Key]));
        Assert.Equal(first.Secret.Metadata.Annotations[Until], second.Secret.Metadata.Annotations[Until]);
        Assert.Equal(first.Authorities.Single().Thumbprint, second.Authorities.Single().Thumbprint);
    }

    [Fact]
    public void Near_its_end_an_upgrade_renews_it_and_API_servers_trust_both_for_a_day()
    {
        var first = lab.RenderSet("istio", "1.33.1");

        var second = Upgrade(first.Output, "--set", "certificate.renewBeforeDays=3651");
        var soon = Upgrade(second.Output);
        var later = Upgrade(OneDayOlder(second));

        Assert.NotEqual(first.Certificate.Thumbprint, second.Certificate.Thumbprint);
        Assert.All([second, soon, later], run => Assert.True(Trusts(run, second.Certificate)));
        Assert.All([soon, later], run => Assert.Equal(second.Certificate.Thumbprint, run.Certificate.Thumbprint));
        Assert.All([second, soon], run => Assert.True(Trusts(run, first.Certificate), "The pods show the old one for a minute more."));
        Assert.False(Trusts(later, first.Certificate), "The old authority must not stay for ever.");
    }

    [Fact]
    public void Renewed_twice_at_once_it_is_trusted_whichever_the_pods_show()
    {
        var first = lab.RenderSet("istio", "1.33.1");

        var second = Upgrade(first.Output, "--set", "certificate.renewBeforeDays=3651");
        var third = Upgrade(second.Output, "--set", "certificate.renewBeforeDays=3651");

        Assert.All([first, second, third], shown => Assert.True(Trusts(third, shown.Certificate)));
        Assert.Equal(3, third.Authorities.Count);
        Assert.Single(Upgrade(OneDayOlder(third)).Authorities);
    }

    [Theory]
    [InlineData("2026-01-31T00:00:00Z")]
    [InlineData("soon")]
    [InlineData("")]
    public void One_that_has_ended_or_does_not_say_when_is_renewed(string until)
    {
        var first = lab.RenderSet("istio", "1.33.1");
        var cluster = first.Output.Replace(first.Secret.Metadata.Annotations[Until], until, StringComparison.Ordinal);

        Assert.NotEqual(first.Certificate.Thumbprint, Upgrade(cluster).Certificate.Thumbprint);
    }

    [Fact]
    public void One_of_another_namespace_is_not_taken()
    {
        var first = lab.RenderSet("istio", "1.33.1");
        var cluster = first.Output.Replace("namespace: \"probe-agent\"\n", "namespace: elsewhere\n", StringComparison.Ordinal);

        Assert.NotEqual(first.Certificate.Thumbprint, Upgrade(cluster).Certificate.Thumbprint);
    }

    [Fact]
    public void Cert_manager_is_asked_for_the_name_that_is_called_and_told_where_to_write_the_authority()
    {
        var run = lab.RenderSet("cert-manager", "1.33.1");

        var certificates = run.Resources.OfType<Certificate>().ToDictionary(certificate => certificate.Metadata.Name, certificate => certificate.Spec!);
        var issuers = run.Resources.OfType<Issuer>().ToDictionary(issuer => issuer.Metadata.Name, issuer => issuer.Spec!);
        var (authority, served) = (certificates["probe-agent-ca"], certificates["probe-agent-webhook"]);
        Assert.Equal([Host], served.DnsNames);
        Assert.False(served.IsCA);
        Assert.Equal(("Issuer", authority.SecretName), (served.IssuerRef!.Kind, issuers[served.IssuerRef.Name!].Ca!.SecretName));
        Assert.True(authority.IsCA);
        Assert.NotNull(issuers[authority.IssuerRef!.Name!].SelfSigned);
        Assert.Equal(2, issuers.Count);
        Assert.Equal("probe-agent/probe-agent-webhook", run.The<V1MutatingWebhookConfiguration>().Metadata.Annotations["cert-manager.io/inject-ca-from"]);
        // An upgrade would write an empty one over what cert-manager has written.
        Assert.DoesNotContain("caBundle:", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Resources.OfType<V1Secret>());
    }

    [Fact]
    public void An_issuer_of_ones_own_signs_it_and_none_is_made()
    {
        var run = lab.RenderSet("an issuer of one's own", "1.33.1");

        var signer = run.The<Certificate>().Spec!.IssuerRef!;
        Assert.Equal(("ClusterIssuer", "internal"), (signer.Kind, signer.Name));
        Assert.Empty(run.Resources.OfType<Issuer>());
    }

    [Fact]
    public void A_secret_of_ones_own_is_mounted_and_its_authority_told()
    {
        var run = lab.RenderSet("a secret of one's own", "1.33.1");

        Assert.Empty(run.Resources.OfType<V1Secret>());
        Assert.Equal("mine", run.The<V1Deployment>().Spec.Template.Spec.Volumes.Single().Secret.SecretName);
        Assert.Equal(X509Certificate2.CreateFromPem(File.ReadAllText(lab.AuthorityFile)).Thumbprint, run.Authorities.Single().Thumbprint);
    }

    private ChartRun Upgrade(string cluster, params string[] options) =>
        lab.Render(["--set", "mesh=istio", "--is-upgrade", "--cluster", folder.Write($"{Guid.NewGuid():N}.yaml", cluster), .. options]);

    private static string OneDayOlder(ChartRun run)
    {
        var since = run.Secret.Metadata.Annotations[Since];
        var earlier = DateTimeOffset.Parse(since, CultureInfo.InvariantCulture).AddDays(-1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return run.Output.Replace($"{Since}: \"{since}\"", $"{Since}: \"{earlier}\"", StringComparison.Ordinal);
    }

    private static bool Trusts(ChartRun run, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(run.Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    // It asks by the service's name, whatever address that has.
    private static HttpClient ApiServer(ChartRun run, int port)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(run.Authorities);
        return new HttpClient(handler) { Timeout = AgentProcess.Patience };
    }
}
