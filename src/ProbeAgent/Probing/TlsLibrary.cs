using System.Runtime.InteropServices;

namespace ProbeAgent.Probing;

/// <summary>Whether TLS can be spoken at all: without OpenSSL .NET ends the process at the first use of TLS.</summary>
internal static class TlsLibrary
{
    private static readonly Lazy<bool> Present = new(() =>
        NativeLibrary.TryLoad("libssl.so.3", out _) || NativeLibrary.TryLoad("libssl.so.1.1", out _));

    /// <summary>True where libssl can be loaded.</summary>
    public static bool IsPresent => Present.Value;
}
