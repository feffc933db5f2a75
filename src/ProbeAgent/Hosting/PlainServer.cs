using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ProbeAgent.Hosting;

/// <summary>
/// Kestrel and nothing around it. A web host would find its services by reflection over open generic types, which without a
/// JIT took more than half of the CPU to the first answer, and would make an activity and a log scope for each request.
/// </summary>
internal sealed class PlainServer : IHttpApplication<HttpContext>, IDisposable
{
    private readonly RequestDelegate answer;
    private readonly KestrelServer kestrel;

    /// <summary>A server that does not listen yet.</summary>
    /// <param name="configure">Its ports and limits.</param>
    /// <param name="answer">Answers a request. What it throws becomes a 500.</param>
    /// <param name="loggers">For what Kestrel has to say.</param>
    /// <param name="listeners">Opens its ports; null for Kestrel's own way.</param>
    public PlainServer(
        Action<KestrelServerOptions> configure, RequestDelegate answer, ILoggerFactory? loggers = null, IConnectionListenerFactory? listeners = null)
    {
        this.answer = answer;
        loggers ??= NullLoggerFactory.Instance;
        var options = new KestrelServerOptions();
        configure(options);
        kestrel = new KestrelServer(Options.Create(options), listeners ?? Sockets(loggers), loggers);
    }

    /// <summary>Kestrel's own way of opening a port.</summary>
    public static IConnectionListenerFactory Sockets(ILoggerFactory loggers) =>
        new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);

    /// <summary>Listens. Throws <see cref="IOException"/> where a port cannot be had.</summary>
    public Task StartAsync() => kestrel.StartAsync(this, CancellationToken.None);

    /// <summary>Closes the ports, and waits for the answers that are on their way until it is told not to.</summary>
    public Task StopAsync(CancellationToken noLonger) => kestrel.StopAsync(noLonger);

    /// <inheritdoc/>
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    /// <inheritdoc/>
    public Task ProcessRequestAsync(HttpContext context) => answer(context);

    /// <inheritdoc/>
    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => kestrel.Dispose();
}
