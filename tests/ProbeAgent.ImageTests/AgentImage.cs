using System.Text.Json;
using ProbeAgent.Lab;

[assembly: AssemblyFixture(typeof(ProbeAgent.ImageTests.AgentImage))]

namespace ProbeAgent.ImageTests;

/// <summary>The image that the Dockerfile of this checkout makes: built once, when a test first asks for it.</summary>
public sealed class AgentImage : IDisposable
{
    /// <summary>The binary in it.</summary>
    internal const string Binary = "/usr/local/bin/probe-agent";

    /// <summary>The bill of materials in it.</summary>
    internal const string Bill = "/usr/share/doc/probe-agent/probe-agent.cdx.json";

    /// <summary>The licence in it.</summary>
    internal const string Licence = "/usr/share/doc/probe-agent/LICENSE";

    /// <summary>The revision that it was built with, and when that was made.</summary>
    internal const string Revision = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>When that was made.</summary>
    internal const string Created = "2026-01-02T03:04:05Z";

    private const string Name = "localhost/probe-agent:test";

    private readonly Lazy<ContainerEngine> engine = new(Build);

    /// <summary>The engine that holds it.</summary>
    internal ContainerEngine Engine
    {
        get
        {
            Needs.Root();
            Needs.Programs("buildah", "podman", "runc", "ip", "curl", "nginx", "gcc", "python3");
            return engine.Value;
        }
    }

    /// <summary>A field of its configuration.</summary>
    internal string Inspect(string format) => Engine.Podman("image", "inspect", "--format", format, Name);

    /// <summary>Looks at its files, below the folder that is given.</summary>
    internal T Look<T>(Func<string, T> look)
    {
        var container = Engine.Buildah("from", "--pull-never", Name);
        try
        {
            return look(Engine.Buildah("mount", container));
        }
        finally
        {
            Engine.Buildah("rm", container);
        }
    }

    /// <summary>The files in it that its base has not, with their sizes in bytes.</summary>
    internal IReadOnlyDictionary<string, long> OwnFiles() => Look(root =>
        new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !File.Exists(Engine.Folder("base") + file.FullName[root.Length..]))
            .ToDictionary(file => file.FullName[root.Length..], file => file.Length));

    /// <summary>What a node pulls: the size of each layer, compressed, from the base's up.</summary>
    internal IReadOnlyList<long> CompressedLayers()
    {
        var folder = Engine.Folder("layers");
        Engine.Podman("push", "--quiet", Name, $"oci:{folder}");
        using var index = Read("index.json");
        using var manifest = Read(Blob(index.RootElement.GetProperty("manifests")[0]));
        return [.. manifest.RootElement.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("size").GetInt64())];

        JsonDocument Read(string path) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, path)));
        static string Blob(JsonElement descriptor) => $"blobs/{descriptor.GetProperty("digest").GetString()!.Replace(':', '/')}";
    }

    /// <summary>Starts an app for it to stand beside. The image comes first: whatever the machine lacks is found before anything is made.</summary>
    internal Task<PodNamespace> StartPodAsync()
    {
        _ = Engine;
        return PodNamespace.StartAsync();
    }

    /// <summary>Starts it as a strict pod would, with an app at port 80 beside it; options of <c>podman create</c> come last, and count.</summary>
    internal Task<AgentContainer> StartAsync(PodNamespace pod, params string[] options) => AgentContainer.StartAsync(
        Engine,
        [
            $"--network=ns:/run/netns/{pod.Name}",
            "--env=PROBEAGENT_TARGET=:80/status",
            "--env=PROBEAGENT_DRAIN_SECONDS=0",
            "--env=PROBEAGENT_MAX_AGE_SECONDS=0",
            .. options,
            Name,
        ]);

    /// <summary>Starts a command of it in the same way, without any setting of ours.</summary>
    internal Task<AgentContainer> StartCommandAsync(PodNamespace pod, string[] options, params string[] command) =>
        AgentContainer.StartAsync(Engine, [$"--network=ns:/run/netns/{pod.Name}", .. options, Name, .. command]);

    /// <summary>Removes it and all that was needed for it.</summary>
    public void Dispose()
    {
        if (engine.IsValueCreated)
        {
            engine.Value.Dispose();
        }
    }

    private static ContainerEngine Build()
    {
        var engine = new ContainerEngine();
        try
        {
            StandInImages.CommitSdk(engine);
            StandInImages.CommitBase(engine);
            engine.Build(Name, $"--build-arg=REVISION={Revision}", $"--build-arg=CREATED={Created}");
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }
}
