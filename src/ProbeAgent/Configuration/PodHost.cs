using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.Configuration;

/// <summary>A host inside the pod: there is no way to make the agent talk to another one.</summary>
/// <param name="Name">As written, an IPv6 address in brackets; null for <c>auto</c>.</param>
/// <param name="Addresses">What it stands for; empty for <c>auto</c>.</param>
internal sealed record PodHost(string? Name, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>Wherever in the pod the app listens.</summary>
    public static PodHost Auto { get; } = new(null, []);

    /// <summary>Reads a host of a target; null where it is not one of this pod's.</summary>
    /// <param name="text">Empty or <c>auto</c>, <c>localhost</c>, or an address, IPv6 in brackets.</param>
    /// <param name="ofInterfaces">The addresses of the pod's interfaces.</param>
    public static PodHost? Parse(string text, IReadOnlyList<IPAddress> ofInterfaces)
    {
        if (text is "" or "auto")
        {
            return Auto;
        }

        if (text == "localhost")
        {
            return new PodHost(text, [IPAddress.Loopback, IPAddress.IPv6Loopback]);
        }

        var isBracketed = text.StartsWith('[') && text.EndsWith(']');
        return IPAddress.TryParse(isBracketed ? text[1..^1] : text, out var address)
            && isBracketed == (address.AddressFamily == AddressFamily.InterNetworkV6)
            && address.ToString() == (isBracketed ? text[1..^1] : text)
            && (IPAddress.IsLoopback(address) || ofInterfaces.Contains(address))
                ? new PodHost(text, [address])
                : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name ?? "";
}
