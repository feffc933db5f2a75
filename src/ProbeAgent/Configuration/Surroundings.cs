using System.Net;

namespace ProbeAgent.Configuration;

/// <summary>What the place where a configuration is read says of it.</summary>
/// <param name="IsThePod">
/// True where the agent runs by it. False where a document is only looked at, perhaps on another machine: what can be known in the
/// pod alone is then a warning.
/// </param>
/// <param name="Addresses">Looks up the addresses of the interfaces.</param>
/// <param name="HasTls">Loads OpenSSL, which takes memory and time; false where it is not there: .NET then ends the process at the first use of TLS.</param>
internal sealed record Surroundings(bool IsThePod, Func<IReadOnlyList<IPAddress>> Addresses, Func<bool> HasTls)
{
    /// <summary>The uid and gid of this process; null where they are not those of the agent, or cannot be read.</summary>
    public (int User, int Group)? RunsAs { get; init; }
}
