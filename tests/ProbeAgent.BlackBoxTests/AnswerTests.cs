using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>What a caller reads: code, headers and text, when the app is well and when it is not.</summary>
public sealed class AnswerTests(PodFixture fixture) : IClassFixture<PodFixture>
{
    private Pod Pod => fixture.Pod;

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(299)]
    [InlineData(304)]
    [InlineData(399)]
    public async Task A_success_of_the_app_is_exactly_200_and_ok(int status)
    {
        Pod.App.Script = AppScripts.Status(status);

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        AssertHeaders(answer);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(599)]
    public async Task A_failure_that_the_app_reports_has_the_apps_own_code(int status)
    {
        Pod.App.Script = AppScripts.Status(status);

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((status, "[-]app failed: bad_status\nlivez check failed\n"), (answer.Code, answer.Body));
        AssertHeaders(answer);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(600)]
    [InlineData(999)]
    public async Task A_number_that_is_no_final_status_is_502(int status)
    {
        Pod.App.Script = AppScripts.SendThenFinish(AppScripts.Response(status));

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((502, "[-]app failed: bad_status\nlivez check failed\n"), (answer.Code, answer.Body));
    }

    [Theory]
    [InlineData("/livez", "livez")]
    [InlineData("/readyz", "readyz")]
    [InlineData("/startupz", "startupz")]
    [InlineData("/livez/app", "livez")]
    [InlineData("/readyz/app", "readyz")]
    [InlineData("/app-health/app/livez", "livez")]
    [InlineData("/app-health/app/startupz", "startupz")]
    public async Task The_closing_line_names_the_probe(string target, string probe)
    {
        Pod.App.Script = AppScripts.Status(500);
        var failed = await Pod.GetAsync(target);
        Pod.App.Script = AppScripts.Well;
        var passed = await Pod.GetAsync(target + "?verbose");

        Assert.Equal($"[-]app failed: bad_status\n{probe} check failed\n", failed.Body);
        Assert.Equal((200, $"[+]app ok\n{probe} check passed\n"), (passed.Code, passed.Body));
    }

    [Theory]
    [InlineData("?verbose")]
    [InlineData("?verbose=true")]
    [InlineData("?verbose&exclude=other")]
    [InlineData("?exclude=other&verbose")]
    public async Task Verbose_lists_each_check_also_on_success(string query)
    {
        Pod.App.Script = AppScripts.Well;

        var answer = await Pod.GetAsync("/livez" + query);

        Assert.Equal((200, "[+]app ok\nlivez check passed\n"), (answer.Code, answer.Body));
        AssertHeaders(answer);
    }

    [Fact]
    public async Task An_unknown_name_in_exclude_is_ignored()
    {
        Pod.App.Script = AppScripts.Well;

        var answer = await Pod.GetAsync("/livez?exclude=other");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
    }

    [Theory]
    [InlineData("/livez?exclude=app")]
    [InlineData("/livez?verbose&exclude=app")]
    [InlineData("/livez?exclude=other&exclude=app")]
    [InlineData("/app-health/app/readyz?exclude=app")]
    public async Task An_answer_over_no_check_is_404_and_asks_nothing(string target)
    {
        var before = Pod.App.Visits.Count;

        var answer = await Pod.GetAsync(target);

        Assert.Equal(404, answer.Code);
        Assert.Equal(before, Pod.App.Visits.Count);
    }

    [Theory]
    [InlineData("Content-Length: 5", "hello")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")]
    public async Task A_request_with_a_body_is_413_ends_the_connection_and_asks_nothing(string header, string body)
    {
        var before = Pod.App.Visits.Count;
        using var connection = await ProbeConnection.OpenAsync(System.Net.IPAddress.Loopback, Pod.Agent.PublicPort);

        await connection.SendAsync($"GET /livez HTTP/1.1\r\nHost: pod\r\n{header}\r\n\r\n{body}");

        var answer = await connection.ReadAnswerAsync();
        Assert.Equal(413, answer.Code);
        AssertHeaders(answer);
        Assert.Equal("", await connection.ReadToEndAsync());
        Assert.Equal(before, Pod.App.Visits.Count);
    }

    [Fact]
    public async Task Nothing_that_the_app_says_is_in_a_public_answer()
    {
        const string SecretPage = "HTTP/1.1 500 TopSecretPhrase\r\nX-Secret: TopSecretHeader\r\nSet-Cookie: TopSecretCookie\r\n"
            + "Location: /TopSecretPlace\r\nContent-Type: text/TopSecretType\r\nContent-Length: 13\r\n\r\nTopSecretBody";
        foreach (var page in new[] { SecretPage, SecretPage.Replace("500", "200", StringComparison.Ordinal) })
        {
            Pod.App.Script = AppScripts.Send(page);

            var answer = await Pod.GetAsync("/livez?verbose");

            var wire = answer.Head + answer.Body;
            Assert.DoesNotContain("TopSecret", wire, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain($"{Pod.App.Port}", wire, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", wire, StringComparison.Ordinal);
            Assert.DoesNotContain("/status", wire, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_full_detail_the_sentence_follows_the_reason_but_never_the_apps_body()
    {
        await using var pod = await Pod.StartAsync(
            AppScripts.Send("HTTP/1.1 500 No\r\nContent-Length: 13\r\n\r\nTopSecretBody"), ("PROBEAGENT_DETAIL", "full"));

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(500, answer.Code);
        var lines = answer.Body.Split('\n');
        Assert.StartsWith("[-]app failed: bad_status: ", lines[0], StringComparison.Ordinal);
        Assert.Contains($":{pod.App.Port}/status", lines[0], StringComparison.Ordinal);
        Assert.Contains("500", lines[0], StringComparison.Ordinal);
        Assert.Equal(["livez check failed", ""], lines[1..]);
        Assert.DoesNotContain("TopSecret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_full_detail_a_plain_success_is_still_ok()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_DETAIL", "full"));

        var answer = await pod.GetAsync("/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
    }

    private static void AssertHeaders(Answer answer)
    {
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }
}
