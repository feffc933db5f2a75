using System.Text.Json.Nodes;
using ProbeAgent.Mesh;

namespace ProbeAgent.Injection;

/// <summary>The agent's own container, as all our manifests have it.</summary>
internal static class AgentContainer
{
    /// <summary>Its name.</summary>
    public const string Name = "probe-agent";

    /// <summary>Its public port.</summary>
    public const int Port = 15081;

    /// <summary>Its admin port, on loopback.</summary>
    public const int AdminPort = 15082;

    /// <summary>The variable that holds its document.</summary>
    public const string DocumentVariable = "PROBEAGENT_CONFIG_YAML";

    private static readonly string[] Ids = ["runAsUser", "runAsGroup"];

    // What the image runs as.
    private const int OwnId = 65532;

    /// <summary>Writes it.</summary>
    /// <param name="image">Its image.</param>
    /// <param name="isNativeSidecar">True for one of <c>initContainers</c>.</param>
    /// <param name="document">The value of <see cref="DocumentVariable"/>.</param>
    /// <param name="pod">The pod's <c>spec</c>.</param>
    public static JsonObject Write(string image, bool isNativeSidecar, string document, JsonObject pod)
    {
        var container = new JsonObject { ["name"] = Name, ["image"] = image };
        if (isNativeSidecar)
        {
            container["restartPolicy"] = "Always";
        }

        container["env"] = new JsonArray(new JsonObject { ["name"] = DocumentVariable, ["value"] = document });
        container["ports"] = new JsonArray(new JsonObject { ["name"] = Name, ["containerPort"] = Port });
        container["startupProbe"] = Probe("/-/ready", ("periodSeconds", 1), ("failureThreshold", 30));

        // Replaced after 15 s, before the app's own probes run out.
        container["livenessProbe"] = Probe("/-/healthy", ("periodSeconds", 5), ("timeoutSeconds", 3), ("failureThreshold", 3), ("terminationGracePeriodSeconds", 1));

        // No CPU limit: throttling is the commonest cause of late answers. Memory: docs/performance.md.
        container["resources"] = new JsonObject
        {
            ["requests"] = new JsonObject { ["cpu"] = "10m", ["memory"] = "32Mi" },
            ["limits"] = new JsonObject { ["memory"] = "32Mi" },
        };
        container["securityContext"] = SecurityContext(pod);
        container["terminationMessagePolicy"] = "FallbackToLogsOnError";
        return container;
    }

    private static JsonObject Probe(string path, params (string Key, int Value)[] numbers)
    {
        var probe = new JsonObject { ["httpGet"] = new JsonObject { ["path"] = path, ["port"] = Port } };
        foreach (var (key, value) in numbers)
        {
            probe[key] = value;
        }

        return probe;
    }

    // The image names its user. Another one is set only where the pod's would be root or the mesh's proxy: elsewhere, as under
    // OpenShift's ranges, the pod's own counts.
    private static JsonObject SecurityContext(JsonObject pod)
    {
        var context = new JsonObject { ["runAsNonRoot"] = true };
        foreach (var key in Ids)
        {
            if (pod["securityContext"].Number(key) is { } id && (id == 0 || MeshConvention.All.Any(mesh => mesh.ProxyId == id)))
            {
                context[key] = OwnId;
            }
        }

        context["readOnlyRootFilesystem"] = true;
        context["allowPrivilegeEscalation"] = false;
        context["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") };
        context["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" };
        return context;
    }
}
