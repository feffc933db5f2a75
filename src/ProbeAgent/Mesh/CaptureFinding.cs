using System.Globalization;
using ProbeAgent.Probing;

namespace ProbeAgent.Mesh;

/// <summary>Why it is believed that the sidecar has the probes.</summary>
/// <param name="IsCertain">True for a probe that came through the sidecar; false for silence.</param>
/// <param name="What">What was seen and what that means, without an end.</param>
/// <param name="Since">A timestamp of its beginning.</param>
internal sealed record CaptureFinding(bool IsCertain, string What, long Since)
{
    /// <summary>A probe that shows the sidecar.</summary>
    public static CaptureFinding Of(ProbeSighting sighting, int port, long since) => new(true, Describe(sighting, port), since);

    /// <summary>Probes that do not come any more.</summary>
    public static CaptureFinding OfSilence(TimeSpan silence, TimeSpan period, int port, long since) => new(
        false,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The kubelet has asked nothing for {DurationText.Of(silence)}, after it had asked every {DurationText.Of(period)}, and the app still listens: perhaps the kubelet is down, perhaps port {port} is captured and mTLS has become strict"),
        since);

    private static string Describe(ProbeSighting sighting, int port) => sighting.Way switch
    {
        ProbeWay.Rewritten =>
            $"The sidecar asked {sighting.Path} in the kubelet's place (from 127.0.0.6 or ::6): the mesh has rewritten the pod's probes to a port of its own, so they fail when the sidecar does",
        ProbeWay.Captured => string.Create(
            CultureInfo.InvariantCulture,
            $"The kubelet asked {sighting.Path} through the sidecar (from 127.0.0.6 or ::6): port {port} is captured, so probes fail when the sidecar does, and under strict mTLS none arrives"),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"The kubelet asked {sighting.Path} through an Envoy (its headers are on the probe): port {port} is captured, or the mesh has rewritten the pod's probes to a port of its own"),
    };
}
