using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProbeAgent.Hosting;

namespace ProbeAgent.Cli;

/// <summary>The demo's service-go: answers <c>/status</c>, and has a switch on a port of its own.</summary>
internal sealed class DemoApp(int appPort, int switchPort) : IAsyncDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);
    private PlainServer? control;
    private PlainServer? app;
    private string state = "ok";

    /// <summary>Starts the app and its switch.</summary>
    public async Task StartAsync()
    {
        control = Server(switchPort, SwitchAsync);
        await control.StartAsync();
        await StartAppAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAppAsync();
        if (control is not null)
        {
            await control.StopAsync(new CancellationToken(canceled: true));
            control.Dispose();
        }

        oneAtATime.Dispose();
    }

    private static PlainServer Server(int port, RequestDelegate answer) =>
        new(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1), answer);

    private async Task SwitchAsync(HttpContext context)
    {
        var wanted = context.Request.Path.Value?.TrimStart('/') ?? "";
        if (!HttpMethods.IsPost(context.Request.Method) || wanted is not ("ok" or "fail" or "hang" or "die"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("POST /ok, /fail, /hang or /die\n");
            return;
        }

        await oneAtATime.WaitAsync();
        try
        {
            Volatile.Write(ref state, wanted);
            await (wanted == "die" ? StopAppAsync() : StartAppAsync());
        }
        finally
        {
            oneAtATime.Release();
        }

        await context.Response.WriteAsync($"the app is now: {wanted}\n");
    }

    private async Task StartAppAsync()
    {
        if (app is not null)
        {
            return;
        }

        app = Server(appPort, AnswerAsync);
        await app.StartAsync();
    }

    private async Task StopAppAsync()
    {
        if (app is null)
        {
            return;
        }

        // Dead at once: what hangs is not waited for.
        await app.StopAsync(new CancellationToken(canceled: true));
        app.Dispose();
        app = null;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var now = Volatile.Read(ref state);
        if (now == "hang")
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        context.Response.StatusCode = (context.Request.Path.Value, now) switch
        {
            ("/status", "ok") => StatusCodes.Status200OK,
            ("/status", _) => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status404NotFound,
        };
        await context.Response.WriteAsync($"service-go: {now}\n");
    }
}
