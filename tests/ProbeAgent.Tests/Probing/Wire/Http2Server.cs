using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProbeAgent.Tests.Probing.Wire;

/// <summary>A real server of HTTP/2: over TLS with a certificate, else with prior knowledge.</summary>
internal sealed class Http2Server : IAsyncDisposable
{
    private readonly WebApplication app;

    private Http2Server(X509Certificate2? certificate, Func<HttpContext, Task>? answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(_ => { });
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
            kestrel.RequestHeaderEncodingSelector = _ => System.Text.Encoding.UTF8;
        });
        app = builder.Build();
        app.Run(context =>
        {
            Seen = $"{context.Request.Protocol} {context.Request.Scheme} {context.Request.Method} {context.Request.Path}";
            Headers = [.. context.Request.Headers.Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}").Order(StringComparer.Ordinal)];
            context.Response.ContentType = "text/x-answer";
            return (answer ?? (one => one.Response.WriteAsync("well")))(context);
        });
    }

    public int Port => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The latest request: protocol, scheme, method, path.</summary>
    public string Seen { get; private set; } = "";

    /// <summary>The headers of the latest request, sorted.</summary>
    public IReadOnlyList<string> Headers { get; private set; } = [];

    public static async Task<Http2Server> StartAsync(X509Certificate2? certificate = null, Func<HttpContext, Task>? answer = null)
    {
        var server = new Http2Server(certificate, answer);
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
