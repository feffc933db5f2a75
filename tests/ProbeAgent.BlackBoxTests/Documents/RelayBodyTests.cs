using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>Only a check that says <c>relayBody: true</c> shows the app's own body, and only where the answer is of that check alone.</summary>
public sealed class RelayBodyTests(RelayBodyTests.Fixture fixture) : IClassFixture<RelayBodyTests.Fixture>
{
    private const string Json = "{\"status\":\"UP\"}";

    private DocumentPod Pod => fixture.Pod;

    [Theory]
    [InlineData(200, 200)]
    [InlineData(202, 200)]
    [InlineData(404, 404)]
    [InlineData(500, 500)]
    [InlineData(503, 503)]
    public async Task Body_and_type_are_the_apps_and_the_code_is_as_ever(int status, int code)
    {
        Pod["shown"].Script = Says(status, "application/vnd.health+json", Json);

        foreach (var target in new[] { "/livez/shown", "/readyz/shown", "/app-health/shown/startupz" })
        {
            var answer = await Pod.GetAsync(target);

            Assert.Equal((code, Json), (answer.Code, answer.Body));
            Assert.Equal("application/vnd.health+json", answer.Header("Content-Type"));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.DoesNotContain("TopSecret", answer.Head, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/livez/shown?verbose", "[-]shown failed: bad_status\nlivez check failed\n")]
    [InlineData("/livez", "[-]shown failed: bad_status\n[+]hidden ok\nlivez check failed\n")]
    [InlineData("/readyz", "[-]shown failed: bad_status\n[+]hidden ok\nreadyz check failed\n")]
    public async Task With_verbose_or_more_checks_it_is_the_list(string target, string text)
    {
        Pod.Heal();
        Pod["shown"].Script = Says(500, "text/html", "<p>TopSecret</p>");

        var answer = await Pod.GetAsync(target);

        Assert.Equal((500, text), (answer.Code, answer.Body));
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
    }

    [Theory]
    [InlineData(200, "ok")]
    [InlineData(500, "[-]hidden failed: bad_status\nlivez check failed\n")]
    public async Task Without_it_the_body_is_never_shown(int status, string text)
    {
        Pod["hidden"].Script = Says(status, "text/html", "<p>TopSecret</p>");

        var answer = await Pod.GetAsync("/livez/hidden");

        Assert.Equal((status, text), (answer.Code, answer.Body));
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
    }

    [Theory]
    [InlineData(10 * 1024)]
    [InlineData((10 * 1024) + 1)]
    [InlineData(1024 * 1024)]
    public async Task At_most_10_KiB_of_it_are_shown(int length)
    {
        Pod["shown"].Script = Says(200, "text/plain", new string('x', length));

        var answer = await Pod.GetAsync("/livez/shown");

        Assert.Equal((200, 10 * 1024), (answer.Code, answer.Body.Length));
        Assert.Equal(new string('x', 10 * 1024), answer.Body);
    }

    [Fact]
    public async Task Bytes_pass_as_they_are()
    {
        var bytes = string.Concat(Enumerable.Range(0, 256).Select(value => (char)value));
        Pod["shown"].Script = Says(200, "application/octet-stream", bytes);

        var answer = await Pod.GetAsync("/livez/shown");

        Assert.Equal(bytes, answer.Body);
        Assert.Equal("application/octet-stream", answer.Header("Content-Type"));
    }

    [Fact]
    public async Task Without_a_body_of_the_app_it_is_the_usual_text()
    {
        Pod["shown"].Script = AppScripts.Status(204);
        var well = await Pod.AskAsync("/livez/shown");
        Pod["shown"].Script = AppScripts.Send("HTTP/1.1 500 No\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n");
        var failed = await Pod.GetAsync("/livez/shown");

        Assert.Equal((200, "ok"), well);
        Assert.Equal((500, "[-]shown failed: bad_status\nlivez check failed\n"), (failed.Code, failed.Body));
        Assert.Equal("text/plain; charset=utf-8", failed.Header("Content-Type"));
    }

    [Fact]
    public async Task An_answer_that_is_none_has_the_usual_text()
    {
        Pod["shown"].Script = AppScripts.Send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nTopSecret");

        var answer = await Pod.GetAsync("/livez/shown");

        Assert.Equal((504, "[-]shown failed: body_timeout\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
    }

    [Fact]
    public async Task HEAD_has_the_type_and_no_body()
    {
        Pod["shown"].Script = Says(200, "application/json", Json);
        using var connection = await ProbeConnection.OpenAsync(System.Net.IPAddress.Loopback, Pod.Agent.PublicPort);

        await connection.SendAsync(Probe.Request("HEAD", "/livez/shown", Pod.Agent.PublicPort));

        var head = await connection.ReadAnswerAsync(toHead: true);
        Assert.Equal((200, "application/json"), (head.Code, head.Header("Content-Type")));
        Assert.Equal("", await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task A_shared_answer_has_the_body_too()
    {
        Pod["pages"].Script = Says(200, "application/json", Json);

        var first = await Pod.GetAsync("/startupz/pages");
        Pod["pages"].Script = Says(500, "application/json", "{}");
        var second = await Pod.GetAsync("/startupz/pages");

        Assert.Equal((200, Json, "application/json"), (first.Code, first.Body, first.Header("Content-Type")));
        Assert.Equal((200, Json, "application/json"), (second.Code, second.Body, second.Header("Content-Type")));
    }

    private static AppScript Says(int status, string type, string body) => AppScripts.Send(
        $"HTTP/1.1 {status} TopSecret\r\nContent-Type: {type}\r\nSet-Cookie: TopSecret\r\nX-App: TopSecret\r\n"
        + $"Content-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>One check that shows its body, one that does not, and one that shows and shares and is asked by one test only.</summary>
    public sealed class Fixture() : DocumentFixture(
        ["shown", "hidden", "pages"],
        """
        checks:
          - { name: shown, httpGet: { port: $shown }, relayBody: true, maxAgeSeconds: 0 }
          - { name: hidden, httpGet: { port: $hidden }, maxAgeSeconds: 0 }
          - { name: pages, probes: [startup], httpGet: { port: $pages }, relayBody: true, maxAgeSeconds: 60 }
        """);
}
