using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProbeAgent.Configuration;

namespace ProbeAgent.Hosting;

/// <summary>The two ports and their limits.</summary>
internal static class KestrelSetup
{
    // People and their tools: more at once is somebody in the pod who means to use up the agent's memory.
    private const int MaxAdminConnections = 16;

    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Listens on the public port, which has a listener of its own, and on the admin port where there is one.</summary>
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

        Listen(options, configuration.Listen, static _ => { });
        if (configuration.Admin is { } admin)
        {
            Listen(options, admin, ListenForAdmin);
        }
    }

    private static void ListenForAdmin(ListenOptions listen)
    {
        var open = 0;
        listen.Use(next => async connection =>
        {
            try
            {
                if (Interlocked.Increment(ref open) > MaxAdminConnections)
                {
                    connection.Abort();
                    return;
                }

                connection.Features.Set(AdminConnection.Mark);
                await next(connection);
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        });
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
