using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.PageTests;

/// <summary>The status page as a person sees it, in a real browser.</summary>
public sealed class StatusPageTests(Chromium chromium)
{
    private static readonly Answer Well = Answer.Whole("HTTP/1.1 200 OK");
    private static readonly Answer Failing = Answer.Whole("HTTP/1.1 503 Service Unavailable");

    [Fact]
    public async Task A_healthy_app_is_shown_with_its_state_its_sentence_and_its_plot()
    {
        await using var pod = await PagePod.StartAsync();
        await pod.ProbeAsync(Well, times: 5);

        await using var open = await chromium.OpenAsync(pod.Agent);

        Assert.Matches("(?s)2 checks: 1 up, 1 not asked yet.*web up.*for .*, since .*answered 200 after.*idle not asked yet", await open.TextAsync());
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Heading, new() { Name = "web up" })).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Img)).ToHaveAccessibleNameAsync(new Regex("^from .*s to .*s, 0 failed$"));
        Assert.Equal((5, 0), (await BarsAsync(open, "success"), await BarsAsync(open, "failure")));
        Assert.Contains("Parts of the last attempt", await open.TextAsync(), StringComparison.Ordinal);
        AssertQuiet(open);
    }

    [Fact]
    public async Task A_failing_app_is_shown_with_reason_sentence_and_marks_in_the_plot()
    {
        await using var pod = await PagePod.StartAsync();
        await pod.ProbeAsync(Well, times: 2);
        await pod.ProbeAsync(Failing, times: 3);

        await using var open = await chromium.OpenAsync(pod.Agent);

        Assert.Matches("(?s)2 checks: 1 DOWN \\(web\\).*web DOWN \\(bad_status\\).*/status answered 503.*failed in a row\\s+3", await open.TextAsync());
        Assert.StartsWith("2 checks: 1 DOWN (web)", await open.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal((2, 3, 6), (await BarsAsync(open, "success"), await BarsAsync(open, "failure"), await BarsAsync(open, "cross")));
        AssertQuiet(open);
    }

    [Fact]
    public async Task A_flapping_app_is_shown_with_its_last_changes_newest_first()
    {
        await using var pod = await PagePod.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await pod.ProbeAsync(Well);
            await pod.ProbeAsync(Failing);
        }

        await using var open = await chromium.OpenAsync(pod.Agent);

        var changes = await open.Page.Locator(".changes .state").AllInnerTextsAsync();
        Assert.Equal(6, changes.Count);
        Assert.Matches("^DOWN \\(bad_status\\), was up for .*s$", changes[0]);
        Assert.Matches("^up, was down for .*s$", changes[1]);
        Assert.Equal("up, the first answer", changes[5]);
        AssertQuiet(open);
    }

    [Fact]
    public async Task It_renews_itself_until_it_is_told_not_to()
    {
        await using var pod = await PagePod.StartAsync();
        await pod.ProbeAsync(Well);
        await using var open = await chromium.OpenAsync(pod.Agent);

        await pod.ProbeAsync(Failing);
        await Assertions.Expect(open.Page.Locator("h1 + p")).ToContainTextAsync("DOWN", new() { Timeout = 15_000 });
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "stop renewing" }).ClickAsync();

        await Assertions.Expect(open.Page.GetByRole(AriaRole.Link, new() { Name = "renew every" })).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.Locator("meta[http-equiv=refresh]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_app_and_configuration_say_stays_text()
    {
        const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"";
        await using var pod = await PagePod.StartAsync($"/status?{Hostile}");
        await pod.ProbeAsync(Answer.Whole("HTTP/1.1 302 Found", "", $"Location: /next?{Hostile}", $"X: {Hostile}"), times: 2);

        await using var open = await chromium.OpenAsync(pod.Agent);

        var text = await open.TextAsync();
        Assert.Matches("(?s)web DOWN \\(too_many_redirects\\).*<script>alert\\(1\\)</script>", text);
        Assert.Equal(0, await open.Page.Locator("script, img, body *[onerror]").CountAsync());
        AssertQuiet(open);
    }

    [Fact]
    public async Task Light_and_dark_differ_and_both_can_be_read()
    {
        await using var pod = await PagePod.StartAsync();
        await pod.ProbeAsync(Well);
        await pod.ProbeAsync(Failing);

        var papers = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var open = await chromium.OpenAsync(pod.Agent, new() { ColorScheme = scheme });
            papers.Add(await open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));

            // WCAG 2 AA for text.
            Assert.InRange(await open.Page.EvaluateAsync<double>(Contrast.OfTheFaintestText), 4.5, 21);
        }

        Assert.NotEqual(papers[0], papers[1]);
    }

    [Fact]
    public async Task A_phone_shows_it_without_scrolling_sideways()
    {
        await using var pod = await PagePod.StartAsync("/status?" + new string('x', 300));
        await pod.ProbeAsync(Well);
        await pod.ProbeAsync(Failing);

        await using var open = await chromium.OpenAsync(pod.Agent, new() { ViewportSize = new() { Width = 360, Height = 640 }, IsMobile = true });

        Assert.Equal(360, await open.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, visualViewport.width)"));
    }

    [Fact]
    public async Task The_keyboard_reaches_every_link_and_shows_where_it_is()
    {
        await using var pod = await PagePod.StartAsync();
        await pod.ProbeAsync(Failing);
        await using var open = await chromium.OpenAsync(pod.Agent, target: "/?still");
        var links = await open.Page.GetByRole(AriaRole.Link).AllInnerTextsAsync();

        var reached = new List<string>();
        for (var i = 0; i < links.Count; i++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            reached.Add(await open.Page.EvaluateAsync<string>(
                "getComputedStyle(document.activeElement).outlineStyle === 'none' ? 'unseen' : document.activeElement.innerText"));
        }

        Assert.Equal(["web", "configuration", "as JSON", "renew every 5 s"], links);
        Assert.Equal(links, reached);
    }

    [Fact]
    public async Task It_has_landmarks_and_headings_in_order()
    {
        await using var pod = await PagePod.StartAsync();
        await pod.ProbeAsync(Failing);

        await using var open = await chromium.OpenAsync(pod.Agent);

        await Assertions.Expect(open.Page.GetByRole(AriaRole.Banner)).ToHaveCountAsync(1);
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(1);
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Region, new() { Name = "web DOWN (bad_status)" })).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Region, new() { Name = "Configuration" })).ToContainTextAsync("timeoutSeconds");
    }

    private static async Task<int> BarsAsync(OpenPage open, string kind) =>
        (await open.Page.Locator($"path.{kind}").First.GetAttributeAsync("d"))!.Count(command => command == 'M');

    // One request, for the page, and no word of the browser about its policy.
    private static void AssertQuiet(OpenPage open)
    {
        Assert.Single(open.Requests);
        Assert.Empty(open.Complaints);
    }
}
