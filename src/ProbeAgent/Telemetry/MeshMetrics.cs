using Prometheus;

namespace ProbeAgent.Telemetry;

/// <summary>The series of the sidecar. Calls come one after the other.</summary>
internal sealed class MeshMetrics
{
    private readonly Gauge info;
    private readonly Gauge ready;
    private string mesh = "unknown";

    /// <summary>Registers them, with a mesh that is not known.</summary>
    public MeshMetrics(MetricFactory factory)
    {
        info = factory.CreateGauge(
            "probe_agent_mesh_info", "The service mesh that the pod is in: a name, none, or unknown while it is looked for.", "mesh");
        ready = factory.CreateGauge("probe_agent_mesh_ready", "Whether the sidecar last said that it is ready (1) or not (0).");
        info.WithLabels(mesh).Set(1);
    }

    /// <summary>The mesh is that one, and no other.</summary>
    public void Is(string name)
    {
        if (name == mesh)
        {
            return;
        }

        info.WithLabels(name).Set(1);
        info.RemoveLabelled(mesh);
        mesh = name;
    }

    /// <summary>The sidecar has said that it is ready, or has not.</summary>
    public void Ready(bool isReady) => ready.Set(isReady ? 1 : 0);
}
