using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using ProbeAgent.Configuration;

namespace ProbeAgent.Hosting;

/// <summary>Says why the agent cannot listen, and what to do.</summary>
internal static class StartProblem
{
    /// <summary>The sentence for an exception of the start; null where it is no problem of a port.</summary>
    /// <param name="exception">What the start has thrown.</param>
    /// <param name="configuration">What was to be started.</param>
    /// <param name="origins">Where its values come from, by their path.</param>
    public static string? Describe(Exception exception, AgentConfiguration configuration, IReadOnlyDictionary<string, string> origins)
    {
        var listen = new ListeningPort(origins.GetValueOrDefault("listen", Setting.Listen.Variable), configuration.Listen);
        return Describe(exception, configuration.Admin is { } admin
            ? [listen, new ListeningPort(origins.GetValueOrDefault("admin", Setting.Admin.Variable), admin)]
            : [listen]);
    }

    /// <summary>The same for any ports.</summary>
    public static string? Describe(Exception exception, IReadOnlyList<ListeningPort> all)
    {
        var links = Chain(exception).ToList();
        var ports = string.Join(" and ", all.Select(port => $"{port.Address} ({port.Source})"));
        var cause = links.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;
        if (links.OfType<AddressInUseException>().Any() || cause == SocketError.AddressAlreadyInUse)
        {
            return $"{WhichPort(links, all)} is in use by another process of this pod; the agent listens on {ports}: give it a free port";
        }

        return cause switch
        {
            SocketError.AccessDenied => $"no permission to listen on {ports}; ports below 1024 need a privilege, so take a higher one",
            SocketError.AddressNotAvailable => $"{ports}: an address there is none of this pod's; write ':port' for all addresses",
            { } other => $"cannot listen on {ports}: {new SocketException((int)other).Message}",
            null => null,
        };
    }

    private static string WhichPort(List<Exception> links, IReadOnlyList<ListeningPort> all)
    {
        // Kestrel names the address in its message only: "Failed to bind to address http://[::]:15081: address already in use."
        var taken = all.LastOrDefault(port => links.Any(link =>
            link.Message.Contains(string.Create(CultureInfo.InvariantCulture, $":{port.Address.Port}:"), StringComparison.Ordinal))) ?? all[0];
        return string.Create(CultureInfo.InvariantCulture, $"{taken.Source}: port {taken.Address.Port}");
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var link = exception; link is not null; link = link.InnerException)
        {
            yield return link;
        }
    }
}
