using System.Net;
using System.Net.Sockets;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

public sealed class ListeningPortsTests
{
    private const string Head =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    [Theory]
    [InlineData("   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1\n", "127.0.0.1:8080")]
    [InlineData("   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1\n", "0.0.0.0:80")]
    [InlineData("   0: 1442010A:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1\n", "10.1.66.20:80")]
    [InlineData("  17: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1\n", "[::1]:80")]
    [InlineData("  17: 00000000000000000000000000000000:FFFF 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1\n", "[::]:65535")]
    public void Parse_OfAListener_IsItsAddressAndPort(string line, string expected) =>
        Assert.Equal(IPEndPoint.Parse(expected), Assert.Single(ListeningPorts.Parse(Head + line)));

    [Theory]
    [InlineData("")]
    [InlineData(Head)]
    [InlineData("   0: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 1\n")]
    [InlineData("   0: 0100007F:1F90 00000000:0000 06 00000000:00000000\n")]
    [InlineData("   0: 0100007F:1F90 00000000:00")]
    [InlineData("   0: 0100007F 00000000:0000 0A\n")]
    [InlineData("   0: 0100007G:1F90 00000000:0000 0A\n")]
    [InlineData("   0: 0100007F:FFFFFFFF 00000000:0000 0A\n")]
    [InlineData("   0: 0100007F01:1F90 00000000:0000 0A\n")]
    [InlineData("garbage\0\n\n 0A 0A 0A 0A\n")]
    public void Parse_OfAnythingElse_IsNothing(string list) => Assert.Empty(ListeningPorts.Parse(list));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    public void Read_FindsWhoListens(string address)
    {
        var ip = IPAddress.Parse(address);
        using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(ip, 0));
        socket.Listen();

        Assert.Contains((IPEndPoint)socket.LocalEndPoint!, ListeningPorts.Read());
    }
}
