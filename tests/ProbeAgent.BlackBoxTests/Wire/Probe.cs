using System.Net;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>Probes as a caller sends them: one request, one connection, byte for byte what the test says.</summary>
public static class Probe
{
    /// <summary>What the kubelet of Kubernetes 1.36 calls itself.</summary>
    public const string KubeletUserAgent = "User-Agent: kube-probe/1.36";

    /// <summary><c>GET</c> by 127.0.0.1; each header is a whole line.</summary>
    public static Task<Answer> GetAsync(AgentProcess agent, string target, params string[] headers) =>
        SendAsync(agent.PublicPort, Request("GET", target, agent.PublicPort, headers));

    /// <summary>Any method by 127.0.0.1.</summary>
    public static Task<Answer> SendAsync(AgentProcess agent, string method, string target, params string[] headers) =>
        SendAsync(agent.PublicPort, Request(method, target, agent.PublicPort, headers));

    /// <summary><c>GET</c> by one of the machine's addresses.</summary>
    public static async Task<Answer> GetByAsync(IPAddress address, AgentProcess agent, string target, params string[] headers)
    {
        using var connection = await ProbeConnection.OpenAsync(address, agent.PublicPort);
        await connection.SendAsync(Request("GET", target, agent.PublicPort, headers));
        return await connection.ReadAnswerAsync();
    }

    /// <summary><c>GET</c> on the admin port.</summary>
    public static Task<Answer> GetAdminAsync(AgentProcess agent, string target) =>
        SendAsync(agent.AdminPort, Request("GET", target, agent.AdminPort));

    /// <summary>Sends these bytes by 127.0.0.1 and reads the answer.</summary>
    public static async Task<Answer> SendAsync(int port, string bytes)
    {
        using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, port);
        await connection.SendAsync(bytes);
        return await connection.ReadAnswerAsync(toHead: bytes.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    /// <summary>The bytes of a request that wants the connection closed after it.</summary>
    public static string Request(string method, string target, int port, params string[] headers) =>
        $"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{string.Concat(headers.Select(line => line + "\r\n"))}Connection: close\r\n\r\n";
}
