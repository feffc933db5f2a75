using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProbeAgent.Configuration;
using ProbeAgent.Serving;

namespace ProbeAgent.Hosting;

/// <summary>The two ports and their limits.</summary>
internal static class KestrelSetup
{
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Listens on the public port, which is guarded, and on the admin port where there is one.</summary>
    public static void Configure(KestrelServerOptions options, AgentConfiguration configuration)
    {
        options.AddServerHeader = false;
        var limits = options.Limits;
        limits.MaxRequestLineSize = 2 * 1024;
        limits.MaxRequestHeadersTotalSize = 8 * 1024;
        limits.MaxRequestBufferSize = 16 * 1024;
        limits.MaxRequestBodySize = 0;
        limits.RequestHeadersTimeout = HeadTimeout;

        // Also the time in which a new connection must send its first byte.
        limits.KeepAliveTimeout = HeadTimeout;

        var guard = options.ApplicationServices.GetRequiredService<ConnectionGuard>();
        Listen(options, configuration.Listen, listen =>
            listen.Use(next => connection => ServeAsync(connection, next, guard)));
        if (configuration.Admin is { } admin)
        {
            Listen(options, admin, listen => listen.Use(next => connection =>
            {
                connection.Features.Set(AdminConnection.Mark);
                return next(connection);
            }));
        }
    }

    private static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next, ConnectionGuard guard)
    {
        try
        {
            await next(connection);
        }
        finally
        {
            guard.Leave(connection.Features.GetRequiredFeature<ConnectionSlot>());
        }
    }

    private static void Listen(KestrelServerOptions options, ListenAddress address, Action<ListenOptions> configure)
    {
        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1;
            configure(listen);
        }

        if (address.Address is { } one)
        {
            options.Listen(one, address.Port, Configure);
            return;
        }

        options.ListenAnyIP(address.Port, Configure);
    }
}
