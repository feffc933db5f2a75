using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>What is configured, in the words of the probers.</summary>
internal static class Targets
{
    /// <summary>Where an action looks for the app.</summary>
    public static TargetHost HostOf(CheckAction action) =>
        action.Host.Name is { } name ? new TargetHost(name, action.Host.Addresses) : TargetHost.Auto;

    /// <summary>The ports by which the app's end is seen: those of the checks, or of relays and hooks where there are no checks.</summary>
    public static IReadOnlyList<AppPort> AppPortsOf(AgentConfiguration configuration, PodAddress podAddress)
    {
        var actions = configuration.Checks.Count > 0
            ? configuration.Checks.Select(check => check.Action)
            : configuration.Relays.Select(relay => relay.Target).Concat(configuration.Hooks.Select(hook => hook.Action));
        return
        [
            .. actions.DistinctBy(action => (action.Host.Name, action.Port))
                .Select(action => new AppPort(HostOf(action), action.Port, podAddress)),
        ];
    }

    /// <summary>What an HTTP GET asks.</summary>
    /// <param name="action">The action.</param>
    /// <param name="agentPorts">The agent's own ports, to which no redirect may lead.</param>
    /// <param name="keepsBody">True where the body of the answer is part of the result.</param>
    public static HttpTarget Of(HttpGetAction action, IReadOnlyCollection<int> agentPorts, bool keepsBody = false) =>
        new(HostOf(action), action.Port, action.Path, action.Query, agentPorts)
        {
            Scheme = action.Scheme == HttpScheme.Https ? Uri.UriSchemeHttps : Uri.UriSchemeHttp,
            Headers = [.. action.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
            Authorities = Of(action.CaFile),
            KeepsBody = keepsBody,
        };

    /// <summary>What a gRPC check asks.</summary>
    public static GrpcTarget Of(GrpcAction action) => new(HostOf(action), action.Port, action.Service)
    {
        IsTls = action.IsTls,
        Authorities = Of(action.CaFile),
    };

    private static Authorities? Of(CaFile? file) => file is null ? null : new Authorities(file.Path, file.Certificates);
}
