using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProbeAgent.Configuration;

namespace ProbeAgent.Hosting;

/// <summary>The webhook's two ports and their limits.</summary>
internal static class WebhookPorts
{
    // A cluster has a handful of API servers, each with one connection; those that are being replaced count twice.
    private const int MaxConnections = 32;

    // Sixteen bodies of ordinary size on each of them, each with as much again that has not been read, are the 64 MiB that strangers can take.
    private const int MaxStreams = 16;

    // The least that Kestrel allows.
    private const int StreamWindow = 64 * 1024;

    // Prometheus, the kubelet, and somebody who looks.
    private const int MaxOwnConnections = 16;

    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(5);

    // Longer than Go's client keeps an idle connection (90 s), so that it is the one who closes: a request must not cross a close.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The port for API servers.</summary>
    public static void ConfigureTls(KestrelServerOptions options, ListenAddress address, TlsConnections tls)
    {
        var limits = options.Limits;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.KeepAliveTimeout = IdleTimeout;

        // A body has a limit and a deadline of its own (ReviewBodies), whatever its rate.
        limits.MaxRequestBodySize = ReviewBodies.MaxBytes + 1;
        limits.MinRequestBodyDataRate = null;
        limits.Http2.MaxStreamsPerConnection = MaxStreams;
        limits.Http2.InitialStreamWindowSize = StreamWindow;

        // Room for what all streams may send unread: large bodies that wait for their turn must not keep out the one whose turn it is.
        limits.Http2.InitialConnectionWindowSize = MaxStreams * StreamWindow;
        Limit(options);
        Listen(options, address, listen => listen.Use(next => connection => tls.HandleAsync(connection, next)));
    }

    /// <summary>The port for everybody else.</summary>
    public static void ConfigurePlain(KestrelServerOptions options, ListenAddress address)
    {
        options.Limits.MaxConcurrentConnections = MaxOwnConnections;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.KeepAliveTimeout = HeadTimeout;
        Limit(options);
        Listen(options, address, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestLineSize = 2 * 1024;
        options.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
        options.Limits.MaxRequestBufferSize = 64 * 1024;
        options.Limits.RequestHeadersTimeout = HeadTimeout;
    }

    private static void Listen(KestrelServerOptions options, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.Address is { } one)
        {
            options.Listen(one, address.Port, configure);
            return;
        }

        options.ListenAnyIP(address.Port, configure);
    }
}
