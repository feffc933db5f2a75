using System.Globalization;
using System.Net.Security;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests;

/// <summary>What stands behind the app's port during a case.</summary>
internal enum PortState
{
    /// <summary>The app accepts.</summary>
    Open,

    /// <summary>Nobody listens.</summary>
    Refusing,

    /// <summary>The queue is full and nobody accepts: connecting hears nothing.</summary>
    Full,
}

/// <summary>Where the app of a case is found, for answers that name it: <c>Host</c> as it stands in a URL, and the ports.</summary>
internal sealed record Addresses(string Host, int App, int OtherApp, int TlsApp, int Agent)
{
    /// <summary>Puts the addresses in the places of <c>{host}</c>, <c>{port}</c>, <c>{other}</c>, <c>{tls}</c> and <c>{agent}</c>.</summary>
    public string Fill(string text) => text
        .Replace("{host}", Host, StringComparison.Ordinal)
        .Replace("{port}", App.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{other}", OtherApp.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{tls}", TlsApp.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{agent}", Agent.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}

/// <summary>One behaviour of the app, about which the kubelet and the agent are asked. Its id is <c>group/name</c>.</summary>
internal sealed record ParityCase(string Id, Func<ReceivedRequest, Addresses, Answer> Answer, PortState Port = PortState.Open)
{
    /// <summary>A case with the same answer to every request.</summary>
    public ParityCase(string id, Answer answer)
        : this(id, (_, _) => answer)
    {
    }

    /// <summary>How the app speaks TLS; null where it does not.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    /// <summary>The part of the id before the slash.</summary>
    public string Group => Id.Split('/')[0];
}
