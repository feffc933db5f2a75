using System.Runtime.InteropServices;
using ProbeAgent.Lab;

[assembly: AssemblyFixture(typeof(ProbeAgent.ImageTests.Arm64Image))]

namespace ProbeAgent.ImageTests;

/// <summary>The image for arm64, built by the same Dockerfile on this machine, and run by an emulator that is mounted into it.</summary>
public sealed class Arm64Image : IDisposable
{
    private const string Name = "localhost/probe-agent:arm64";

    // Where Debian puts what its cross compiler links with.
    private const string Libraries = "/usr/aarch64-linux-gnu/lib";
    private const string Emulator = "/usr/bin/qemu-aarch64-static";

    private readonly Lazy<ContainerEngine> engine = new(Build);

    private ContainerEngine Engine
    {
        get
        {
            Needs.Root();
            Needs.Programs("buildah", "podman", "runc", "ip", "curl", "nginx", "python3", "clang", "llvm-objcopy", "aarch64-linux-gnu-gcc", "qemu-aarch64-static");
            Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "builds for another processor, from x64");
            return engine.Value;
        }
    }

    /// <summary>A field of its configuration.</summary>
    internal string Inspect(string format) => Engine.Podman("image", "inspect", "--format", format, Name);

    /// <summary>The text or the bytes of a file in it.</summary>
    internal byte[] Read(string path)
    {
        var container = Engine.Buildah("from", "--pull-never", Name);
        var content = File.ReadAllBytes(Engine.Buildah("mount", container) + path);
        Engine.Buildah("rm", container);
        return content;
    }

    /// <summary>Runs a command of it to its end, and returns what it wrote.</summary>
    internal string Run(params string[] command) =>
        Engine.Podman(["run", "--rm", "--network=none", "--read-only", "--cap-drop=all", .. Emulated, Name, AgentImage.Binary, .. command]);

    /// <summary>Starts an app for it to stand beside.</summary>
    internal Task<PodNamespace> StartPodAsync()
    {
        _ = Engine;
        return PodNamespace.StartAsync();
    }

    /// <summary>Starts it beside an app; with more memory, for the emulator takes its own.</summary>
    internal Task<AgentContainer> StartAsync(PodNamespace pod) => AgentContainer.StartAsync(
        Engine,
        [
            $"--network=ns:/run/netns/{pod.Name}", "--memory=256m", "--memory-swap=256m", .. Emulated,
            "--env=PROBEAGENT_TARGET=:80/status", "--env=PROBEAGENT_DRAIN_SECONDS=0", "--env=PROBEAGENT_MAX_AGE_SECONDS=0",
            Name, AgentImage.Binary,
        ]);

    /// <summary>Removes it and all that was needed for it.</summary>
    public void Dispose()
    {
        if (engine.IsValueCreated)
        {
            engine.Value.Dispose();
        }
    }

    // Without the kernel's help (binfmt_misc) the emulator is what is started, and the binary its first argument.
    private static string[] Emulated => [$"--volume={Emulator}:/emulator:ro", "--entrypoint=/emulator"];

    private static ContainerEngine Build()
    {
        var engine = new ContainerEngine();
        try
        {
            StandInImages.CommitSdk(engine);
            StandInImages.CommitArm64Base(engine, Libraries);
            // BuildKit knows it by itself.
            engine.Build(Name, "--platform=linux/arm64", "--build-arg=BUILDPLATFORM=linux/amd64");
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }
}
