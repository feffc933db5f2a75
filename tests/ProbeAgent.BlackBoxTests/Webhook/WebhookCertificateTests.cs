using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.BlackBoxTests.Tls;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Webhook;

/// <summary>The certificate of the webhook: followed while it runs, refused at the start where it cannot be used.</summary>
public sealed class WebhookCertificateTests
{
    [Fact]
    public async Task A_renewed_one_is_shown_to_new_connections_and_old_ones_go_on()
    {
        await using var webhook = await WebhookProcess.StartAsync();
        var seen = new ConcurrentQueue<string>();
        using var old = webhook.NewClient(HttpVersion.Version20, seen.Enqueue);
        var review = Reviews.Read(Reviews.PodByHand).ToJsonString();
        await webhook.ReviewAsync(review, old);

        var renewed = webhook.RenewCertificate();
        await webhook.Agent.WaitForOutputAsync("certificate was renewed");

        using var young = webhook.NewClient(HttpVersion.Version20, seen.Enqueue);
        await webhook.ReviewAsync(review, young);
        await webhook.ReviewAsync(review, old);
        Assert.Equal(2, seen.Count);
        Assert.NotEqual(renewed, seen.First());
        Assert.Equal(renewed, seen.Last());
    }

    [Fact]
    public async Task One_with_the_key_of_another_is_not_taken_and_told_once_until_it_fits()
    {
        await using var webhook = await WebhookProcess.StartAsync();
        using var stranger = TestAuthority.SelfSigned("localhost");
        using var key = TestAuthority.SelfSigned("localhost");

        webhook.Certificate.Swap(stranger, key);
        var line = await webhook.Agent.WaitForOutputAsync("cannot be used");

        Assert.Contains(webhook.Certificate.KeyFile, line, StringComparison.Ordinal);
        await webhook.ReviewAsync(Reviews.Read(Reviews.PodByHand).ToJsonString());
        Assert.Equal(HttpStatusCode.OK, (await webhook.OwnAsync("/-/ready")).Code);

        webhook.RenewCertificate();
        await webhook.Agent.WaitForOutputAsync("certificate was renewed");
        Assert.Equal(2, webhook.Agent.Output.Split("cannot be used").Length);
    }

    [Fact]
    public async Task While_it_is_swapped_500_reviews_over_16_connections_are_all_answered()
    {
        await using var webhook = await WebhookProcess.StartAsync();
        var reviews = new[] { Reviews.ReplicaSetPod, Reviews.PodByHand, Reviews.PodAfterIstio }.Select(name => Reviews.Read(name).ToJsonString()).ToArray();
        var expected = await Task.WhenAll(reviews.Select(review => webhook.ReviewAsync(review)));
        var next = 0;

        var swaps = SwapAsync(webhook);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => AskAsync()));
        await swaps;

        async Task AskAsync()
        {
            for (int turn; (turn = Interlocked.Increment(ref next)) <= 500;)
            {
                // A connection of its own for every eighth, so that handshakes meet the swaps.
                using var client = turn % 8 == 0 ? webhook.NewClient(HttpVersion.Version20) : null;
                var answer = await webhook.ReviewAsync(reviews[turn % reviews.Length], client);
                Assert.Equal(expected[turn % reviews.Length].Patch.ToJsonString(), answer.Patch.ToJsonString());
            }
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task One_that_is_not_there_is_a_mistake_at_the_start(bool hasCertificate, bool hasKey)
    {
        using var pair = TestAuthority.SelfSigned("localhost");
        using var certificate = new TemporaryFile(pair.ExportCertificatePem(), ".crt");
        using var key = new TemporaryFile(pair.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), ".key");
        var missing = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem");

        var run = await AgentRun.OfAsync(
            ["webhook", "--image=a:1", "--tls-cert-file", hasCertificate ? certificate.Path : missing, "--tls-key-file", hasKey ? key.Path : missing]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(missing, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_with_the_key_of_another_is_a_mistake_at_the_start()
    {
        using var pair = TestAuthority.SelfSigned("localhost");
        using var other = TestAuthority.SelfSigned("localhost");
        using var certificate = new TemporaryFile(pair.ExportCertificatePem(), ".crt");
        using var key = new TemporaryFile(other.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), ".key");

        var run = await AgentRun.OfAsync(["webhook", "--image=a:1", "--tls-cert-file", certificate.Path, "--tls-key-file", key.Path]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(key.Path, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--image")]
    [InlineData("--image", "--image=a b")]
    [InlineData("istio", "--image=a:1", "--mesh=istoi")]
    [InlineData("relay", "--image=a:1", "--hooks=rely")]
    [InlineData("PROBEAGENT_HOOK_KEY", "--image=a:1", "--hooks=relay")]
    [InlineData("annotations", "--image=a:1", "--prometheus=pod-monitor")]
    [InlineData("1.31", "--image=a:1", "--kube-version=new")]
    [InlineData(":8443", "--image=a:1", "--listen=8443")]
    [InlineData("--metrics-listen", "--image=a:1", "--listen=:9443", "--metrics-listen=:9443")]
    [InlineData("debug", "--image=a:1", "--log-level=verbose")]
    public async Task Wrong_options_are_told_with_2(string word, params string[] options)
    {
        var run = await AgentRun.OfAsync(["webhook", .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(word, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var webhook = await WebhookProcess.StartAsync();

        var run = await AgentRun.OfAsync(
        [
            "webhook", "--image=a:1", string.Create(CultureInfo.InvariantCulture, $"--listen=127.0.0.1:{webhook.Port}"),
            string.Create(CultureInfo.InvariantCulture, $"--metrics-listen=127.0.0.1:{FreePort.Next()}"),
            $"--tls-cert-file={webhook.Certificate.CertificateFile}", $"--tls-key-file={webhook.Certificate.KeyFile}",
        ]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"--listen: port {webhook.Port} is in use"), Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static async Task SwapAsync(WebhookProcess webhook)
    {
        for (var swap = 0; swap < 3; swap++)
        {
            var lines = webhook.Agent.Output.Split("certificate was renewed").Length;
            webhook.RenewCertificate();
            using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (webhook.Agent.Output.Split("certificate was renewed").Length == lines)
            {
                await glances.WaitForNextTickAsync();
            }
        }
    }
}
