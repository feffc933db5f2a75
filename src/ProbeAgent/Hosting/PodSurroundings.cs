using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Hosting;

/// <summary>What this pod says of a configuration.</summary>
internal static class PodSurroundings
{
    /// <summary>For a configuration by which the agent runs here.</summary>
    public static Surroundings OfThisPod() => new(IsThePod: true, PodAddress.All(), TlsLibrary.IsPresent);

    /// <summary>For a document that is only looked at, perhaps on another machine.</summary>
    public static Surroundings OfAnotherMachine() => OfThisPod() with { IsThePod = false };
}
