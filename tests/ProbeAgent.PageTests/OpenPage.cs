using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ProbeAgent.PageTests;

/// <summary>A page in a window of its own, and all that the browser had to say of it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentQueue<string> requests = new();

    private OpenPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) => complaints.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Dialog += (_, dialog) => complaints.Enqueue($"dialog: {dialog.Message}");
        page.Request += (_, request) => requests.Enqueue(request.Url);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What the console said, errors of the page, and dialogs.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>Whatever went out over the network.</summary>
    public IReadOnlyCollection<string> Requests => [.. requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal))];

    /// <summary>Opens it, in a window with the options.</summary>
    public static async Task<OpenPage> OpenAsync(IBrowser browser, BrowserNewContextOptions? options, Uri url)
    {
        var context = await browser.NewContextAsync(options);
        var open = new OpenPage(context, await context.NewPageAsync());
        await open.Page.GotoAsync(url.ToString());
        return open;
    }

    /// <summary>What a person reads, but the configuration.</summary>
    public async Task<string> TextAsync() =>
        (await Page.Locator("body").InnerTextAsync()).Split("\nConfiguration\n")[0];

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
