using Xunit;

namespace ProbeAgent.Lab;

/// <summary>What a test needs of the machine: where it cannot be had the test is skipped, by name and with the reason.</summary>
public static class Needs
{
    /// <summary>Skips the calling test where one of the programs is not on PATH.</summary>
    public static void Programs(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/sbin").ToArray();
        foreach (var name in names)
        {
            Assert.SkipUnless(
                Array.Exists(folders, folder => File.Exists(Path.Combine(folder, name))),
                $"needs {name}, which is not on PATH");
        }
    }

    /// <summary>Skips the calling test where it is not root, or root in a container that may not make network namespaces.</summary>
    public static void Root()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Assert.SkipUnless(Command.TryRun("unshare", "--net", "true").ExitCode == 0, "needs the right to make network namespaces");
    }
}
