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

    /// <summary>Reads a host: empty or <c>auto</c>, <c>localhost</c>, or an address, IPv6 in brackets or not.</summary>
    public static Judged<PodHost> Judge(string text, Surroundings surroundings)
    {
        if (text is "" or "auto")
        {
            return Judged<PodHost>.Right(Auto);
        }

        if (text == "localhost")
        {
            return Judged<PodHost>.Right(new PodHost(text, [IPAddress.Loopback, IPAddress.IPv6Loopback]));
        }

        var bare = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;

        // Only the usual form: 127.1 and 0x7f000001 are addresses, too, and nobody sees which.
        return IPAddress.TryParse(bare, out var address) && address.ToString() == bare && IsInThePod(address, surroundings)
            && (bare == text || address.AddressFamily == AddressFamily.InterNetworkV6)
                ? Judged<PodHost>.Right(new PodHost(address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{bare}]" : bare, [address]))
                : Judged<PodHost>.No("is not in this pod; leave the host out (the agent finds the app on any address of the pod), "
                    + "or write a loopback address or one of the pod's own");
    }

    private static bool IsInThePod(IPAddress address, Surroundings surroundings) =>
        !surroundings.IsThePod || IPAddress.IsLoopback(address) || surroundings.Addresses().Contains(address);

    /// <inheritdoc/>
    public override string ToString() => Name ?? "";
}
