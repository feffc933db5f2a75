using System.Net;

namespace ProbeAgent.Probing;

/// <summary>Where in the pod an app is looked for.</summary>
/// <param name="Name">The host as the kubelet would name it; null for <c>auto</c>: the pod's own address.</param>
/// <param name="Addresses">The addresses to dial, in this order; for <c>auto</c> the pod's own address follows them.</param>
internal sealed record TargetHost(string? Name, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>127.0.0.1, then ::1, then the pod's own address; named by the pod's own address.</summary>
    public static TargetHost Auto { get; } = new(null, [IPAddress.Loopback, IPAddress.IPv6Loopback]);

    /// <summary>True where the pod's own address is part of the question.</summary>
    public bool IsAuto => Name is null;

    /// <summary>The host's name in <c>Host</c> and in redirects; an IPv6 address stands in brackets.</summary>
    public string NameFor(IPAddress podAddress) => Name ?? Literal(podAddress);

    /// <summary>The addresses to dial.</summary>
    public IReadOnlyList<IPAddress> CandidatesFor(IPAddress podAddress) =>
        IsAuto && !Addresses.Contains(podAddress) ? [.. Addresses, podAddress] : Addresses;

    /// <summary>An address as it stands in a URL.</summary>
    public static string Literal(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
