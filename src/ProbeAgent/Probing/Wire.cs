namespace ProbeAgent.Probing;

/// <summary>What is spoken at a port, told by the first bytes that came from there.</summary>
internal static class Wire
{
    /// <summary>True for an answer of HTTP/1.</summary>
    public static bool IsHttp1(ReadOnlySpan<byte> opening) => opening.StartsWith("HTTP/1."u8);

    /// <summary>True for a record of TLS: an alert (21) or a part of a handshake (22), of version 3.x.</summary>
    public static bool IsTls(ReadOnlySpan<byte> opening) => opening is [0x15 or 0x16, 0x03, ..];

    /// <summary>True for the frame with which a server of HTTP/2 begins: its settings (4).</summary>
    public static bool IsHttp2(ReadOnlySpan<byte> opening) => opening is [_, _, _, 4, ..];
}
