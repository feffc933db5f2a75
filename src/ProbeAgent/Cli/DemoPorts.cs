using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.Cli;

/// <summary>The four ports of the demo, all on 127.0.0.1.</summary>
/// <param name="App">The app's.</param>
/// <param name="Switch">The app's switch.</param>
/// <param name="Listen">The agent's public port.</param>
/// <param name="Admin">The agent's admin port.</param>
internal sealed record DemoPorts(int App, int Switch, int Listen, int Admin)
{
    /// <summary>The sentence about the first port that is in use or named twice; null where all are free.</summary>
    public string? Taken()
    {
        (int Port, string Option)[] all = [(App, "--app-port"), (Switch, "--switch-port"), (Listen, "--port"), (Admin, "--admin-port")];
        var seen = new HashSet<int>();
        foreach (var (port, option) in all)
        {
            if (!seen.Add(port))
            {
                return $"{option}: port {port} is named twice; the demo needs four ports";
            }

            if (!IsFree(port))
            {
                return $"{option}: port {port} on 127.0.0.1 is in use; end what listens there, or give another port";
            }
        }

        return null;
    }

    /// <summary>What the demo prints first.</summary>
    public string WhatToTry() => $"""

        An app listens on 127.0.0.1:{App} (/status), the agent beside it on 127.0.0.1:{Listen}, and below you see
        what the kubelet would see: one line whenever the answer changes. In another terminal, try:

          curl -i http://127.0.0.1:{Listen}/livez             what the kubelet asks
          curl -X POST http://127.0.0.1:{Switch}/fail          the app answers 500
          curl -X POST http://127.0.0.1:{Switch}/hang          the app accepts and never answers
          curl -X POST http://127.0.0.1:{Switch}/die           the app stops listening
          curl -X POST http://127.0.0.1:{Switch}/ok            the app is well again
          curl http://127.0.0.1:{Listen}/metrics               what Prometheus scrapes
          http://127.0.0.1:{Admin}/                        the status page, in a browser

        Ctrl-C ends it.

        """;

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
