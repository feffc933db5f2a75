using System.Collections;
using System.Net;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>Connections to the agent in the order in which they were opened; all end with the set.</summary>
public sealed class ConnectionSet(AgentProcess agent) : IEnumerable<ProbeConnection>, IDisposable
{
    private readonly List<ProbeConnection> connections = [];

    /// <summary>One of them, the oldest first.</summary>
    public ProbeConnection this[int number] => connections[number];

    /// <summary>Opens so many from this address.</summary>
    public async Task OpenAsync(IPAddress from, int count)
    {
        for (var opened = 0; opened < count; opened++)
        {
            connections.Add(await ProbeConnection.OpenAsync(IPAddress.Loopback, agent.PublicPort, from));
        }
    }

    public IEnumerator<ProbeConnection> GetEnumerator() => connections.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => connections.ForEach(connection => connection.Dispose());
}
