using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ProbeAgent.BlackBoxTests.Requests;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Fuzz;

/// <summary>
/// The public port under requests that chance has made of those in <c>Requests</c>: it answers in HTTP or hangs up, the app hears the
/// configured question and nothing else, and the kubelet's own probes are answered meanwhile.
/// </summary>
[Collection("alone")]
public sealed class RequestFuzzTests
{
    private const int Callers = 16;
    private const int RequestsOfEach = 200;

    // It makes the agent end the connection, wherever it believes that the request before has ended.
    private const string Last = "\r\n\r\nGET /-/healthy HTTP/1.1\r\nHost: last\r\nConnection: close\r\n\r\n";

    private static readonly byte[][] Samples =
        [.. TargetRows.All.Concat(HeaderRows.All).Concat(FramingRows.All).Select(row => Encoding.Latin1.GetBytes(row.Value.Bytes))];

    private static readonly string[] Words =
    [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", ",", "/", "?", "&", "#", "%", "%2f", "%00", "..", "//", "\u00ff", "\u007f", "-1", "+1", "0x1",
        "99999999999999999999", "/livez", "/app-health/app/livez", "/relay/app", "verbose", "exclude=app", "http://127.0.0.1", "HTTP/1.1",
        "HTTP/1.0", "GET ", "HEAD ", "POST ", "Host: x\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n",
        "Connection: close\r\n", "Connection: Upgrade\r\nUpgrade: h2c\r\n", "Expect: 100-continue\r\n", "User-Agent: evil\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\u0002\0\u0001",
    ];

    [Fact]
    public async Task No_request_moves_a_probe_stops_the_agent_or_delays_the_kubelet()
    {
        var seed = Seed.Take();
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez");
        var question = pod.App.LastVisit.Received;
        using var over = new CancellationTokenSource();

        var kubelet = ProbeAsync(pod, over.Token);
        await Task.WhenAll(Enumerable.Range(1, Callers).Select(caller => CallAsync(pod.Agent, seed, caller)));
        await over.CancelAsync();
        var probes = await kubelet;

        Assert.NotEmpty(probes);
        Assert.All(probes, probe => Assert.Equal((200, "ok"), (probe.Code, probe.Body)));
        Assert.All(probes, probe => Assert.InRange(probe.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.Equal((200, "ok"), await AskAsync(pod));
        Assert.All(pod.App.Visits.Where(visit => visit.Received.Length > 0), visit => Assert.Equal(question, visit.Received));
        Assert.DoesNotContain("bug of the agent", pod.Agent.Output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Body)> AskAsync(Pod pod)
    {
        var answer = await pod.GetAsync("/livez");
        return (answer.Code, answer.Body);
    }

    private static async Task<List<Answer>> ProbeAsync(Pod pod, CancellationToken over)
    {
        var answers = new List<Answer>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!over.IsCancellationRequested)
        {
            answers.Add(await pod.GetAsync("/livez"));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        return answers;
    }

    private static async Task CallAsync(AgentProcess agent, Seed seed, int caller)
    {
        var mutator = new Mutator(seed.Chance(caller), Samples, Words);
        var from = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.2.{caller}"));
        for (var request = 0; request < RequestsOfEach; request++)
        {
            byte[] bytes = [.. mutator.Next(), .. Encoding.Latin1.GetBytes(Last)];
            var said = await SendAsync(agent, from, mutator.Pieces(bytes));
            if (said.StartsWith('\0') && bytes.AsSpan().StartsWith("PRI * HTTP/2.0"u8))
            {
                // The server's farewell in HTTP/2.
                continue;
            }

            try
            {
                RawAnswers.Parse(said, mayLackBodies: true);
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"{seed}: after {Convert.ToBase64String(bytes)}", broken);
            }
        }
    }

    private static async Task<string> SendAsync(AgentProcess agent, IPAddress from, IEnumerable<byte[]> pieces)
    {
        using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, agent.PublicPort, from);
        try
        {
            foreach (var piece in pieces)
            {
                await connection.SendAsync(Encoding.Latin1.GetString(piece));
            }
        }
        catch (SocketException)
        {
            // It has heard enough, and what it has said is still to be read.
        }

        return await connection.ReadToEndAsync();
    }
}
