using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>The image that the Dockerfile of this checkout makes: built once, when a test first asks for it.</summary>
public sealed class AgentImage : IDisposable
{
    private const string Name = "localhost/probe-agent:test";

    private readonly Lazy<ContainerEngine> engine = new(Build);

    /// <summary>The engine that holds it.</summary>
    internal ContainerEngine Engine
    {
        get
        {
            Needs.Root();
            Needs.Programs("buildah", "podman", "runc", "ip", "curl", "nginx", "gcc");
            return engine.Value;
        }
    }

    /// <summary>A field of its configuration.</summary>
    internal string Inspect(string format) => Engine.Podman("image", "inspect", "--format", format, Name);

    /// <summary>The files in it that its base has not, with their sizes in bytes.</summary>
    internal IReadOnlyDictionary<string, long> OwnFiles()
    {
        var container = Engine.Buildah("from", "--pull-never", Name);
        var root = Engine.Buildah("mount", container);
        var files = new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !File.Exists(Engine.Folder("base") + file.FullName[root.Length..]))
            .ToDictionary(file => file.FullName[root.Length..], file => file.Length);
        Engine.Buildah("rm", container);
        return files;
    }

    /// <summary>Starts it as a strict pod would, with an app beside it.</summary>
    internal Task<AgentContainer> StartAsync(PodNamespace pod) => AgentContainer.StartAsync(Engine, Name, pod);

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
            StandInImages.Commit(engine);
            string[] options = ["--pull-never", "--timestamp=0", $"--tag={Name}", .. StandInImages.BuildMounts];
            engine.Buildah(["build", .. options, Checkout.Root]);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }
}
