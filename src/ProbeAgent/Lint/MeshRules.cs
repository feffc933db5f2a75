using System.Globalization;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>What a mesh's sidecar makes of probes that ask the app itself.</summary>
internal static class MeshRules
{
    private const string MoveIt = "let the agent ask: 'probe-agent inject' moves the pod's probes";

    /// <summary>A probe without a certificate at a port where the sidecar may want one.</summary>
    public static IEnumerable<Remark> NeedsCertificate(LintPod pod)
    {
        foreach (var (mesh, probe, way, port) in AtTheSidecar(pod))
        {
            if (way == "tcpSocket" || mesh.Rewrites(way))
            {
                continue;
            }

            var place = probe.Place / way;
            if (mesh.LeavesProbedPortsAlone)
            {
                yield return Remark.Info(
                    place, $"{probe} asks port {port} itself, which Kuma keeps out of the capture from its version 3 on only", MoveIt);
            }
            else if (mesh.IsOpenByDefault)
            {
                yield return new Remark(
                    place,
                    way == "grpc" ? FindingSeverity.Warning : FindingSeverity.Info,
                    way == "grpc"
                        ? $"{probe} is gRPC at port {port}: where a policy wants authenticated callers, {mesh.Title} lets the kubelet in for httpGet only"
                        : $"{probe} asks port {port} through the sidecar: {mesh.Title} lets it in until an HTTPRoute is attached to a Server of that port",
                    MoveIt);
            }
            else
            {
                yield return new Remark(place, mesh.SeverityAt(port), Refusal(mesh, probe.ToString(), port), MoveIt);
            }
        }
    }

    /// <summary>A probe that the mesh moves to its own port.</summary>
    public static IEnumerable<Remark> ThroughSidecar(LintPod pod) =>
        from probe in AtTheSidecar(pod, heedCapture: false)
        where pod.Agent is null && probe.Mesh.Rewrites(probe.Way)
        select Remark.Info(
            probe.Probe.Place / probe.Way,
            $"{probe.Probe} is rewritten by {probe.Mesh.Title}: it works, but what the kubelet hears comes through the sidecar, so it fails when the sidecar does",
            MoveIt);

    /// <summary>A TCP probe that the sidecar answers.</summary>
    public static IEnumerable<Remark> TcpCannotFail(LintPod pod) =>
        from probe in AtTheSidecar(pod)
        where probe.Way == "tcpSocket" && !probe.Mesh.Rewrites(probe.Way)
        select Remark.Warning(
            probe.Probe.Place / probe.Way,
            $"{probe.Probe} connects to port {probe.Port}, where {probe.Mesh.Title}'s sidecar accepts in the app's place: it succeeds whatever the app does",
            MoveIt);

    /// <summary>A lifecycle hook without a certificate.</summary>
    public static IEnumerable<Remark> HookNeedsCertificate(LintPod pod) =>
        from mesh in new[] { pod.Mesh }.OfType<PodMesh>()
        from container in pod.Apps
        from hook in container.HttpHooks
        let port = LintPod.PortOf(container, hook.Action)
        where port is not null && port != pod.Agent?.Port && !mesh.IsRewritingHooks && mesh.Captures(port.Value)
        where hook.Action.Text("host") is null or ""
        let severity = mesh.SeverityAt(port.Value)
        select new Remark(
            hook.Place,
            severity,
            Refusal(mesh, $"the {hook.Hook} hook of container '{container.Name}'", port.Value)
                + (hook.Hook == "postStart" ? "; a postStart that fails kills the container" : "; the app is then told to end at once"),
            "let the agent send it ('probe-agent inject --hooks=relay'), or make it an exec");

    private static IEnumerable<(PodMesh Mesh, PodProbe Probe, string Way, int Port)> AtTheSidecar(LintPod pod, bool heedCapture = true) =>
        pod.Mesh is not { } mesh ? []
            : from probe in pod.DirectProbes
              where !heedCapture || mesh.Captures(probe.Port)
              select (mesh, probe.Probe, probe.Way, probe.Port);

    private static string Refusal(PodMesh mesh, string subject, int port) => mesh.ModeOf(port) switch
    {
        MtlsMode.Strict => string.Create(
            CultureInfo.InvariantCulture, $"{subject} asks port {port} without a certificate, and a PeerAuthentication here is STRICT for it: the sidecar resets it, always"),
        MtlsMode.Unknown => string.Create(
            CultureInfo.InvariantCulture, $"{subject} asks port {port} without a certificate: under strict mTLS {mesh.Title}'s sidecar resets it, always"),
        _ => string.Create(
            CultureInfo.InvariantCulture, $"{subject} asks port {port} without a certificate: it works as long as mTLS is not strict there"),
    };
}
