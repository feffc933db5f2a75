using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary><c>?exclude=name</c> leaves a check out, in the form of kube-apiserver.</summary>
public sealed class ExcludeTests(AggregationFixture fixture) : IClassFixture<AggregationFixture>
{
    private DocumentPod Pod => fixture.Pod;

    [Theory]
    [InlineData("/livez?exclude=cache-live")]
    [InlineData("/livez?exclude=cache-live&exclude=nosuch")]
    [InlineData("/livez?exclude=cache-live&exclude=cache-live")]
    [InlineData("/readyz?exclude=cache-start&exclude=queue")]
    [InlineData("/readyz?exclude=queue&other=1&exclude=cache-start")]
    [InlineData("/app-health/web/readyz?exclude=queue")]
    public async Task A_failure_that_is_left_out_is_none_and_its_app_is_not_asked(string target)
    {
        Pod.Heal();
        string[] failing = ["cache-live", "cache-start", "queue"];
        var before = failing.Select(name => Pod[name].Visits.Count).ToArray();
        foreach (var name in failing)
        {
            Pod[name].Script = AppScripts.Status(500);
        }

        var answer = await Pod.AskAsync(target);

        Assert.Equal((200, "ok"), answer);
        Assert.Equal(before, failing.Select(name => Pod[name].Visits.Count));
    }

    [Theory]
    [InlineData("/livez?verbose&exclude=cache-live", "[+]web ok\n[+]cache-live excluded: ok\nlivez check passed\n")]
    [InlineData("/livez?exclude=web&verbose", "[+]web excluded: ok\n[+]cache-live ok\nlivez check passed\n")]
    [InlineData(
        "/readyz?verbose&exclude=queue&exclude=batch",
        "[+]web ok\n[+]queue excluded: ok\n[+]cache-start ok\n[+]batch excluded: ok\nreadyz check passed\n")]
    [InlineData("/livez?verbose&exclude=nosuch", "[+]web ok\n[+]cache-live ok\nlivez check passed\n")]
    public async Task The_list_says_what_was_left_out_at_its_place(string target, string text)
    {
        Pod.Heal();

        Assert.Equal((200, text), await Pod.AskAsync(target));
    }

    [Fact]
    public async Task A_check_that_does_not_serve_the_probe_is_not_in_the_list_of_what_was_left_out()
    {
        Pod.Heal();

        var answer = await Pod.AskAsync("/livez?verbose&exclude=queue");

        Assert.Equal((200, "[+]web ok\n[+]cache-live ok\nlivez check passed\n"), answer);
    }

    [Fact]
    public async Task What_is_not_left_out_fails_as_ever()
    {
        Pod.Heal();
        Pod["web"].Script = AppScripts.Status(500);
        Pod["cache-live"].Script = AppScripts.Status(503);

        var answer = await Pod.AskAsync("/livez?exclude=web");

        Assert.Equal((503, "[+]web excluded: ok\n[-]cache-live failed: bad_status\nlivez check failed\n"), answer);
    }

    [Theory]
    [InlineData("/livez?exclude=Web")]
    [InlineData("/livez?exclude=web,cache-live")]
    [InlineData("/livez?exclude=")]
    [InlineData("/livez?exclude")]
    [InlineData("/livez?exclude=web%20")]
    public async Task Only_the_whole_name_leaves_a_check_out(string target)
    {
        Pod.Heal();
        Pod["web"].Script = AppScripts.Status(500);

        Assert.Equal(500, (await Pod.AskAsync(target)).Code);
    }

    [Theory]
    [InlineData("/livez?exclude=web&exclude=cache-live")]
    [InlineData("/livez?verbose&exclude=web&exclude=cache-live&exclude=nosuch")]
    [InlineData("/livez/web?exclude=web")]
    [InlineData("/app-health/cache/livez?exclude=cache-live")]
    public async Task Nothing_left_is_404_and_asks_nothing(string target)
    {
        Pod.Heal();
        var before = AggregationFixture.Checks.Sum(name => Pod[name].Visits.Count);

        var answer = await Pod.AskAsync(target);

        Assert.Equal(404, answer.Code);
        Assert.DoesNotContain("passed", answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, AggregationFixture.Checks.Sum(name => Pod[name].Visits.Count));
    }
}
