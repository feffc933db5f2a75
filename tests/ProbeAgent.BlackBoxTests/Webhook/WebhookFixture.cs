namespace ProbeAgent.BlackBoxTests.Webhook;

/// <summary>A webhook for tests that ask it one thing.</summary>
public sealed class WebhookFixture : IAsyncLifetime
{
    private WebhookProcess? webhook;

    /// <summary>The running one.</summary>
    public WebhookProcess Webhook => webhook!;

    public async ValueTask InitializeAsync() => webhook = await WebhookProcess.StartAsync();

    public ValueTask DisposeAsync() => webhook?.DisposeAsync() ?? ValueTask.CompletedTask;
}
