using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>
/// buildah and podman with a storage and a configuration of their own, in a folder that goes when this is disposed: the
/// machine's own containers and images are neither seen nor touched, and no registry is asked.
/// </summary>
internal sealed class ContainerEngine : IDisposable
{
    // Against a hang only: a build on a busy machine takes its time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string folder = Directory.CreateTempSubdirectory("probe-agent-images-").FullName;

    public ContainerEngine()
    {
        // runc: crun refuses cgroups v1. Limits: root inside a container may not raise them to podman's default.
        File.WriteAllText(InFolder("containers.conf"), $"""
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            [containers]
            default_ulimits = ["nofile=4096:4096", "nproc=1024:1024"]
            [network]
            network_backend = "netavark"
            network_config_dir = "{InFolder("networks")}"
            """);
        File.WriteAllText(InFolder("storage.conf"), $"""
            [storage]
            driver = "{(IsOverlayMount() ? "vfs" : "overlay")}"
            graphroot = "{InFolder("graph")}"
            runroot = "{InFolder("run")}"
            """);
    }

    /// <summary>A folder that lives as long as the engine.</summary>
    public string Folder(string name) => Directory.CreateDirectory(InFolder(name)).FullName;

    /// <summary>Runs buildah; returns what it wrote, without the last line's end.</summary>
    public string Buildah(params string[] arguments) => Run("buildah", arguments);

    /// <summary>Runs podman; returns what it wrote, without the last line's end.</summary>
    public string Podman(params string[] arguments) => Run("podman", arguments);

    /// <summary>How one of them is to be started.</summary>
    public System.Diagnostics.ProcessStartInfo Describe(string program, params string[] arguments)
    {
        var start = Command.Describe(program, arguments);
        start.Environment["CONTAINERS_CONF"] = InFolder("containers.conf");
        start.Environment["CONTAINERS_STORAGE_CONF"] = InFolder("storage.conf");
        start.Environment["BUILDAH_ISOLATION"] = "chroot";
        return start;
    }

    /// <summary>Commits a folder as an image under a public name.</summary>
    public void Commit(string root, string image, params string[] configuration)
    {
        var container = Buildah("from", "scratch");
        Buildah("copy", "--quiet", container, root, "/");
        Buildah(["config", .. configuration, container]);
        Buildah("commit", "--quiet", container, image);
        Buildah("rm", container);
    }

    /// <summary>Builds the Dockerfile of this checkout on the stand-ins that were committed, without a registry.</summary>
    public void Build(string image, params string[] options) =>
        Buildah(["build", "--pull-never", "--timestamp=0", $"--tag={image}", .. StandInImages.BuildMounts, .. options, Checkout.Root]);

    /// <summary>Removes all containers and images, then the folder.</summary>
    public void Dispose()
    {
        Command.TryRun(Describe("podman", "rm", "--all", "--force", "--time", "0"));
        Command.TryRun(Describe("buildah", "rm", "--all"));
        Command.TryRun(Describe("podman", "rmi", "--all", "--force"));
        // The overlay driver leaves a mount on its own folder.
        Command.TryRun("umount", InFolder("graph/overlay"));
        Command.Run("rm", "-rf", folder);
    }

    private static bool IsOverlayMount() =>
        Command.Run("stat", "--file-system", "--format=%T", Path.GetTempPath()).Trim() == "overlayfs";

    private string Run(string program, string[] arguments)
    {
        var seconds = Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var result = Command.TryRun(Describe("timeout", ["--kill-after=5", seconds, program, .. arguments]));
        return result.ExitCode == 0
            ? result.Output.Trim()
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.Output}{result.Error}");
    }

    private string InFolder(string name) => Path.Combine(folder, name);
}
