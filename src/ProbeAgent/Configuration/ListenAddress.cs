using System.Globalization;
using System.Net;

namespace ProbeAgent.Configuration;

/// <summary>Where to listen.</summary>
/// <param name="Address">Null for all addresses, IPv4 and IPv6.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    /// <summary>Reads <c>:port</c> or <c>address:port</c>, an IPv6 address in brackets; null for anything else.</summary>
    public static ListenAddress? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || PortNumber.Parse(text[(colon + 1)..]) is not { } port)
        {
            return null;
        }

        var host = text[..colon];
        if (host.Length == 0)
        {
            return new ListenAddress(null, port);
        }

        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        var bare = isBracketed ? host[1..^1] : host;

        // Only the usual form: 127.1 and 0x7f000001 are addresses, too, and nobody sees which.
        return IPAddress.TryParse(bare, out var address) && address.ToString() == bare && !address.IsIPv4MappedToIPv6
            && isBracketed == (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
                ? new ListenAddress(address, port)
                : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Address is null ? "" : new IPEndPoint(Address, 0).ToString()[..^2])}:{Port}");
}
