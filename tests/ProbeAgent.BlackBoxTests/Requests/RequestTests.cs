using System.Globalization;
using System.Net;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Requests;

/// <summary>No request moves a probe: each has one answer, and the app hears the configured question or nothing.</summary>
public sealed class RequestTests(RequestFixture fixture) : IClassFixture<RequestFixture>
{
    // Answered where the connection is still one: it shows where the agent believes that the request before it ends.
    private const string Next = "GET /-/healthy HTTP/1.1\r\nHost: next\r\nConnection: close\r\n\r\n";

    private static readonly Dictionary<string, RawRequest> Rows =
        new(TargetRows.All.Concat(HeaderRows.All).Concat(FramingRows.All));

    private static readonly string[] Headers =
        ["Allow", "Cache-Control", "Connection", "Content-Length", "Content-Type", "Date", "X-Content-Type-Options"];

    private static readonly Dictionary<string, AppScript> Apps = new()
    {
        ["is well"] = AppScripts.SendThenFinish(Page("200 OK")),
        ["fails"] = AppScripts.SendThenFinish(Page("500 TopSecretReason")),
        ["redirects elsewhere"] = AppScripts.SendThenFinish(Page("302 Found", "Location: http://topsecret.example/TopSecret")),
        ["redirects to nowhere"] = AppScripts.SendThenFinish(Page("302 Found", "Location: http://[TopSecret")),
        ["speaks no HTTP"] = AppScripts.SendThenFinish("TopSecret\r\n\r\n"),
    };

    /// <summary>What is sent.</summary>
    public static TheoryData<string> Names { get; } = new(Rows.Keys);

    /// <summary>What the app does meanwhile.</summary>
    public static TheoryData<string> AppNames { get; } = new(Apps.Keys);

    private DocumentPod Pod => fixture.Pod;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_has_its_answer_and_the_app_hears_no_byte_of_it(string name)
    {
        var row = Rows[name];
        Pod["app"].Script = AppScripts.Well;
        await Pod.GetAsync("/livez");
        var question = Pod["app"].LastVisit.Received;
        var before = Pod["app"].Questions.Count;

        var said = await SendAsync(row.Bytes + Next);

        var answers = RawAnswers.Parse(said, row.Bytes.StartsWith("HEAD ", StringComparison.Ordinal));
        Assert.Equal(row.IsKept ? [.. row.Codes, 200] : row.Codes, answers.Select(answer => answer.Code));
        Assert.All(answers, AssertIsOurs);
        var heard = Pod["app"].Questions.Skip(before).Select(visit => visit.Received);
        Assert.Equal(Enumerable.Repeat(question, row.Questions), heard);
    }

    [Theory]
    [InlineData("body of a hook")]
    [InlineData("a probe behind a hook without its key")]
    public async Task Nothing_behind_a_connection_that_is_closed_is_answered_however_often(string name)
    {
        Pod["app"].Script = AppScripts.Well;
        var before = Pod["app"].Questions.Count;

        await Parallel.ForAsync(0, 400, async (_, _) => Assert.Empty(await SendAsync(Rows[name].Bytes)));

        Assert.Equal(before, Pod["app"].Questions.Count);
    }

    [Theory]
    [MemberData(nameof(AppNames))]
    public async Task No_answer_tells_what_is_configured_or_what_the_app_said_where_it(string app)
    {
        Pod["app"].Script = Apps[app];
        var port = Pod["app"].Port.ToString(CultureInfo.InvariantCulture);
        var secrets = Machine.Addresses.Select(address => address.ToString()).Concat([RequestFixture.Secret, "127.0.0.1", port, "   at ", "Exception"]);

        var said = new List<string>();
        foreach (var bytes in Rows.Values.Select(row => row.Bytes))
        {
            said.Add(await SendAsync(bytes + Next));
            said.Add(await SendAsync(bytes.Replace("/livez", "/livez?verbose", StringComparison.Ordinal) + Next));
        }

        Assert.Contains(said, text => text.Contains("]app ", StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.All(said, text => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task The_keys_of_the_rows_are_not_the_hooks()
    {
        Pod["app"].Script = AppScripts.Well;

        var answer = await Pod.GetAsync("/app-lifecycle/app/preStop?key=TopSecretKeyOfTheHook0123456789");

        Assert.Equal(200, answer.Code);
        Assert.StartsWith("GET /TopSecretShutdown HTTP/1.1\r\n", Pod["app"].LastVisit.Received, StringComparison.Ordinal);
    }

    private static string Page(string status, string header = "X-App: TopSecretHeader") =>
        $"HTTP/1.1 {status}\r\nContent-Length: 13\r\nContent-Type: text/TopSecret\r\n{header}\r\n\r\nTopSecretBody";

    private static void AssertIsOurs(Answer answer)
    {
        var names = answer.Head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(':')[0]);
        Assert.All(names, name => Assert.Contains(name, Headers));
        string[] bodies = answer.Code switch
        {
            200 => ["ok"],
            404 => ["not found\n", "no such check or container\n"],
            405 => ["only GET and HEAD\n", "only GET\n", ""],
            413 => ["no request here has a body\n", ""],
            _ => [""],
        };
        Assert.Contains(answer.Body, bodies);
    }

    private async Task<string> SendAsync(string bytes)
    {
        using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, Pod.Agent.PublicPort);
        await connection.SendAsync(bytes);
        return await connection.ReadToEndAsync();
    }
}
