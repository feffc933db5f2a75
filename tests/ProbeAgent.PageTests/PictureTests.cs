using Microsoft.Playwright;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.PageTests;

/// <summary>
/// The picture of the page in <c>docs</c>. <c>PROBE_AGENT_PICTURE=FILE</c> writes it there, of an app that is given a minute for its troubles.
/// </summary>
public sealed class PictureTests(Chromium chromium)
{
    private const int LargestBytes = 150 * 1024;

    private const string WellAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string BusyAnswer = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public async Task The_page_of_an_app_that_flaps_makes_a_small_picture()
    {
        var file = Environment.GetEnvironmentVariable("PROBE_AGENT_PICTURE");
        await using var pod = await PagePod.StartAsync(timeoutSeconds: 1);
        await (file is null ? PlayAsync(pod, oneOf: 5, TimeSpan.Zero) : PlayAsync(pod, oneOf: 1, TimeSpan.FromMilliseconds(400)));
        var size = new ViewportSize { Width = 820, Height = 760 };
        await using var open = await chromium.OpenAsync(pod.Agent, new() { ViewportSize = size, ColorScheme = ColorScheme.Light }, "/?still");

        var picture = await open.Page.ScreenshotAsync();

        Assert.InRange(picture.Length, 1, LargestBytes);
        if (file is not null)
        {
            await File.WriteAllBytesAsync(file, picture, TestContext.Current.CancellationToken);
        }
    }

    // It gets slower, hangs, comes back, is busy for a while, comes back, and hangs again.
    private static async Task PlayAsync(PagePod pod, int oneOf, TimeSpan pause)
    {
        Answer[] play =
        [
            .. Enumerable.Range(0, 40).Select(i => After(40 + (i % 7 * 12) + (i > 25 ? 24 * (i - 25) : 0), WellAnswer)),
            .. Enumerable.Repeat(Answer.Nothing.ThenStall(), 3),
            .. Enumerable.Repeat(After(300, WellAnswer), 10),
            .. Enumerable.Repeat(After(120, BusyAnswer), 7),
            .. Enumerable.Repeat(After(200, WellAnswer), 12),
            .. Enumerable.Repeat(Answer.Nothing.ThenStall(), 4),
        ];
        foreach (var answer in play.Where((_, i) => i % oneOf == 0))
        {
            await pod.ProbeAsync(answer);
            await Task.Delay(pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static Answer After(int milliseconds, string answer) => Answer.Nothing.ThenWait(TimeSpan.FromMilliseconds(milliseconds)).Then(answer);
}
