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
        return IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var address)
            && isBracketed == (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
                ? new ListenAddress(address, port)
                : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Address is null ? "" : new IPEndPoint(Address, 0).ToString()[..^2])}:{Port}");
}
