using System.Runtime.InteropServices;
using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>
/// Images under the names of the Dockerfile's bases, made from this machine, so that the real Dockerfile can be built
/// without a registry.
/// </summary>
internal static class StandInImages
{
    private static readonly string[] Libraries =
        ["c", "m", "dl", "pthread", "rt", "gcc_s", "z", "ssl", "crypto", "resolv", "nss_dns"];

    private static readonly string DotnetRoot =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    /// <summary>
    /// What a build mounts into the SDK's stand-in: the compiler and the SDK of this machine, and its NuGet folder under
    /// an overlay that goes with the build.
    /// </summary>
    public static IEnumerable<string> BuildMounts =>
    [
        "--volume=/usr:/usr:ro",
        "--volume=/etc:/etc:ro",
        $"--volume={DotnetRoot}:{DotnetRoot}:ro",
        $"--volume={Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)}/.nuget:/root/.nuget:O",
    ];

    /// <summary>Commits the SDK's.</summary>
    public static void CommitSdk(ContainerEngine engine)
    {
        var root = engine.Folder("sdk");
        foreach (var folder in new[] { "usr", "etc", "root", "tmp", "proc", "sys", "dev", "var/lib" })
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        foreach (var link in new[] { "bin", "sbin", "lib", "lib64" })
        {
            File.CreateSymbolicLink(Path.Combine(root, link), $"usr/{link}");
        }

        // buildah looks up root's home before anything is mounted.
        File.WriteAllText(Path.Combine(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        engine.Commit(
            root,
            AgentDockerfile.Default("SDK_IMAGE"),
            $"--env=PATH={DotnetRoot}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "--env=DOTNET_NOLOGO=true",
            "--env=DOTNET_CLI_TELEMETRY_OPTOUT=true",
            "--env=DOTNET_GENERATE_ASPNET_CERTIFICATE=false");
    }

    /// <summary>Commits the base's: what the chiseled image holds and a native binary needs, glibc, OpenSSL, certificates, a user; no shell.</summary>
    public static void CommitBase(ContainerEngine engine)
    {
        var (libraries, loader) = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? ("/usr/lib/aarch64-linux-gnu", "/lib/ld-linux-aarch64.so.1")
            : ("/usr/lib/x86_64-linux-gnu", "/lib64/ld-linux-x86-64.so.2");
        var root = MakeRoot(engine);
        var files = Libraries.SelectMany(name => Directory.EnumerateFiles(libraries, $"lib{name}.so.?"))
            .Append(loader)
            .Append("/etc/ssl/openssl.cnf")
            .Append("/etc/ssl/certs/ca-certificates.crt");
        Command.Run("cp", ["--dereference", "--parents", .. files, root]);
        engine.Commit(root, AgentDockerfile.Default("BASE_IMAGE"), "--env=APP_UID=1654");
    }

    /// <summary>Commits the base's for arm64, of what a cross compiler has for it: glibc, and no OpenSSL.</summary>
    public static void CommitArm64Base(ContainerEngine engine, string libraries)
    {
        var root = MakeRoot(engine);
        Command.Run("cp", ["--dereference", .. Directory.EnumerateFiles(libraries, "*.so.?"), Path.Combine(root, "usr/lib")]);
        engine.Commit(root, AgentDockerfile.Default("BASE_IMAGE"), "--arch=arm64", "--env=APP_UID=1654");
    }

    private static string MakeRoot(ContainerEngine engine)
    {
        var root = engine.Folder("base");
        Directory.CreateDirectory(Path.Combine(root, "etc"));
        Directory.CreateDirectory(Path.Combine(root, "usr/lib"));
        Directory.CreateDirectory(Path.Combine(root, "tmp"));
        File.CreateSymbolicLink(Path.Combine(root, "lib"), "usr/lib");
        File.WriteAllText(Path.Combine(root, "etc/passwd"), "app:x:1654:1654::/home/app:/sbin/nologin\n");
        return root;
    }
}
