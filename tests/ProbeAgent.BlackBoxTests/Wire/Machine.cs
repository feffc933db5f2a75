using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>The addresses of this machine that a pod would have beside loopback.</summary>
public static class Machine
{
    /// <summary>Addresses of interfaces that are up and not loopback, without link-local ones, IPv4 first.</summary>
    public static IReadOnlyList<IPAddress> Addresses { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(entry => entry.Address)
        .Where(address => !address.IsIPv6LinkLocal && !IPAddress.IsLoopback(address))
        .OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6)
        .ToArray();

    /// <summary>One such address of the family; skips the calling test where the machine has none.</summary>
    public static IPAddress Address(AddressFamily family)
    {
        var found = Addresses.FirstOrDefault(address => address.AddressFamily == family);
        Assert.SkipWhen(found is null, $"needs an address of an interface that is not loopback ({family})");
        return found;
    }

    /// <summary>An address as it stands before a port: IPv6 in brackets.</summary>
    public static string Bracketed(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
