using Microsoft.Playwright;
using ProbeAgent.Lab;
using ProbeAgent.PageTests;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace ProbeAgent.PageTests;

/// <summary>The browser of this machine, one for all tests.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Options =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly SemaphoreSlim gate = new(1);
    private IPlaywright? driver;
    private IBrowser? browser;

    /// <summary>Opens a page of the agent's admin port; skips the calling test where there is no browser.</summary>
    internal async Task<OpenPage> OpenAsync(AgentProcess agent, BrowserNewContextOptions? options = null, string target = "/")
    {
        Needs.Programs("chromium");
        return await OpenPage.OpenAsync(await BrowserAsync(), options, new Uri($"http://127.0.0.1:{agent.AdminPort}{target}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        driver?.Dispose();
        gate.Dispose();
    }

    private async Task<IBrowser> BrowserAsync()
    {
        await gate.WaitAsync();
        try
        {
            driver ??= await Playwright.CreateAsync();
            return browser ??= await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Path(), Args = Options });
        }
        finally
        {
            gate.Release();
        }
    }

    private static string Path() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => System.IO.Path.Combine(folder, "chromium"))
        .First(File.Exists);
}
