using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ProbeAgent.BlackBoxTests.Webhook;

/// <summary>What strangers can do to the webhook, and what its end does to API servers.</summary>
[Collection("alone")]
public sealed class WebhookLimitTests
{
    private const int MaxBytes = 8 * 1024 * 1024;
    private const double MemoryLimit = 256.0 * 1024 * 1024;

    [Fact]
    public async Task The_largest_pod_of_an_API_server_is_injected()
    {
        await using var webhook = await WebhookProcess.StartAsync();
        var review = Reviews.Read(Reviews.ReplicaSetPod);
        Reviews.PodOf(review)["metadata"]!["annotations"]!["example.com/much"] = new string('x', 3 * 1024 * 1024);

        var answer = await webhook.ReviewAsync(review.ToJsonString());

        Assert.Equal("injected", answer.Decision);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_long_is_413(bool saysItsLength)
    {
        await using var webhook = await WebhookProcess.StartAsync();
        using HttpContent content = saysItsLength ? new ByteArrayContent(new byte[MaxBytes + 1]) : new StreamContent(new MemoryStream(new byte[MaxBytes + 1]));
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentLength = saysItsLength ? MaxBytes + 1 : null;

        using var response = await webhook.SendAsync(HttpMethod.Post, "/mutate", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Hostile_documents_are_400_and_cost_no_lasting_memory()
    {
        await using var webhook = await WebhookProcess.StartAsync();
        string[] documents =
        [
            "[" + string.Join(',', Enumerable.Repeat("0", MaxBytes / 2 - 1)) + "]",
            new string('[', MaxBytes),
            string.Concat(Enumerable.Repeat("{\"a\":", MaxBytes / 5)),
            "\"" + new string('x', MaxBytes - 2) + "\"",
            "{" + string.Join(',', Enumerable.Range(0, 400_000).Select(n => $"\"{n:x}\":{{}}")) + "}",
            "{" + string.Join(',', Enumerable.Repeat("\"a\":[]", MaxBytes / 8)) + "}",
        ];

        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(documents.Select(document => webhook.PostAsync(document)));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        }

        Assert.InRange(await PeakMemoryAsync(webhook), 1, MemoryLimit);
        Assert.Equal("injected", (await webhook.ReviewAsync(Reviews.Read(Reviews.PodByHand).ToJsonString())).Decision);
    }

    [Fact]
    public async Task Strangers_that_send_half_a_review_hold_up_no_other_one()
    {
        await using var webhook = await WebhookProcess.StartAsync();
        var strangers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HalfReviewAsync(webhook)));

        var answer = await webhook.ReviewAsync(Reviews.Read(Reviews.PodByHand).ToJsonString());

        Assert.Equal("injected", answer.Decision);
        var ends = await Task.WhenAll(strangers.Select(ReadAllAsync));
        Assert.All(ends, end => Assert.Contains(" 408 ", end, StringComparison.Ordinal));
        Array.ForEach(strangers, stranger => stranger.Dispose());
    }

    [Fact]
    public async Task At_SIGTERM_it_is_not_ready_at_once_answers_on_and_ends_with_0()
    {
        await using var webhook = await WebhookProcess.StartAsync();
        var review = Reviews.Read(Reviews.ReplicaSetPod).ToJsonString();
        using var answered = new SemaphoreSlim(0);
        var isOver = false;
        var load = Enumerable.Range(0, 8).Select(_ => AskAsync()).ToArray();
        await answered.WaitAsync(TestContext.Current.CancellationToken);

        webhook.Agent.Signal("TERM");
        await webhook.Agent.WaitForOutputAsync("SIGTERM");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await webhook.OwnAsync("/-/ready")).Code);
        Assert.Equal(HttpStatusCode.OK, (await webhook.OwnAsync("/-/healthy")).Code);
        using (var newcomer = webhook.NewClient(HttpVersion.Version20))
        {
            await webhook.ReviewAsync(review, newcomer);
        }

        isOver = true;
        await Task.WhenAll(load);
        Assert.Equal(0, await webhook.Agent.WaitForExitAsync());

        async Task AskAsync()
        {
            while (!Volatile.Read(ref isOver))
            {
                await webhook.ReviewAsync(review);
                answered.Release();
            }
        }
    }

    [Fact]
    public async Task A_second_SIGTERM_ends_it_at_once()
    {
        await using var webhook = await WebhookProcess.StartAsync();
        webhook.Agent.Signal("TERM");
        await webhook.Agent.WaitForOutputAsync("SIGTERM");

        webhook.Agent.Signal("TERM");

        Assert.Equal(0, await webhook.Agent.WaitForExitAsync());
    }

    private static async Task<SslStream> HalfReviewAsync(WebhookProcess webhook)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, webhook.Port);
#pragma warning disable CA5359 // A stranger does not care whom it talks to.
        var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync(Encoding.ASCII.GetBytes("POST /mutate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{"));
        return tls;
    }

    private static async Task<string> ReadAllAsync(SslStream tls)
    {
        var answer = new byte[4096];
        var count = await tls.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(answer, 0, count);
    }

    // What the kernel has seen at the most, which is what a limit would have met.
    private static async Task<double> PeakMemoryAsync(WebhookProcess webhook)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{webhook.Agent.Id}/status");
        var peak = lines.Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], null) * 1024;
    }
}
