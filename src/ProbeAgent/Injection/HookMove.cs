using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ProbeAgent.Mesh;

namespace ProbeAgent.Injection;

/// <summary>Moves lifecycle hooks to the agent, or refuses them: under strict mTLS the sidecar turns them away.</summary>
internal sealed class HookMove(PodTemplate template, InjectionOptions options, List<InjectionFinding> findings)
{
    /// <summary>The hooks that are to be moved, each with its entry of the agent's document and its path at the agent.</summary>
    public IReadOnlyList<(MovableHook Hook, JsonObject Entry, string Path)> Write(
        IReadOnlyList<MovableHook> hooks, MeshConvention? mesh, CheckWriter writer)
    {
        // Without a mesh they work as they are.
        if (hooks.Count == 0 || mesh is null)
        {
            return [];
        }

        if (options.Hooks == HookHandling.Refuse || string.IsNullOrEmpty(options.HookKey))
        {
            findings.AddRange(hooks.Select(hook => new InjectionFinding(
                FindingSeverity.Error,
                InjectionReason.Hook,
                hook.Place.ToString(),
                $"the {hook.Hook} hook of container '{hook.Container.Name}' is an httpGet, which the sidecar turns away under strict mTLS, and the mesh no longer rewrites it; "
                    + "move it to the agent with --hooks=relay --hook-key=SECRET, or make it an exec hook")));
            return [];
        }

        var moved = new List<(MovableHook, JsonObject, string)>();
        foreach (var hook in hooks)
        {
            var key = KeyOf(hook, options.HookKey);
            if (writer.WriteHook(hook.Container, hook.Hook, key, hook.Action, hook.Place) is { } entry)
            {
                moved.Add((hook, entry, $"/app-lifecycle/{hook.Container.Name}/{hook.Hook}?key={key}"));
            }
        }

        return moved;
    }

    /// <summary>Adds the operations.</summary>
    public static void Write(IReadOnlyList<(MovableHook Hook, JsonObject Entry, string Path)> moved, JsonPatch patch)
    {
        foreach (var (hook, _, path) in moved)
        {
            ProbeMove.WriteHttpGet(hook.Action, hook.Place, path, patch);
        }
    }

    // The same for the same input, and of no use at another workload.
    private string KeyOf(MovableHook hook, string secret) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret),
        Encoding.UTF8.GetBytes($"{template.Namespace}/{template.Kind}/{template.Name}/{hook.Container.Name}/{hook.Hook}")))[..32];
}
