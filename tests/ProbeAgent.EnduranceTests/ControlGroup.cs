using System.Globalization;

namespace ProbeAgent.EnduranceTests;

/// <summary>A control group of our own, in either version of the kernel's interface; its processes leave it when it is disposed of.</summary>
public sealed class ControlGroup : IDisposable
{
    private const string Mount = "/sys/fs/cgroup";
    private const string Members = "cgroup.procs";

    private readonly string parent;
    private readonly string folder;

    /// <summary>A file of the group and what is written to it.</summary>
    public sealed record Setting(string File, string Value);

    /// <summary>Makes a group that sets a limit, and skips the calling test where it cannot.</summary>
    public ControlGroup(string controller, Setting version1, Setting version2)
    {
        var isVersion2 = File.Exists($"{Mount}/cgroup.controllers");
        parent = isVersion2 ? Mount : $"{Mount}/{controller}";
        folder = string.Create(CultureInfo.InvariantCulture, $"{parent}/probe-agent-{Environment.ProcessId}-{controller}");
        try
        {
            if (isVersion2)
            {
                File.WriteAllText($"{Mount}/cgroup.subtree_control", $"+{controller}");
            }

            Directory.CreateDirectory(folder);
            var setting = isVersion2 ? version2 : version1;
            File.WriteAllText($"{folder}/{setting.File}", setting.Value);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Dispose();
            Assert.Skip($"needs the right to make control groups: {refused.Message}");
        }
    }

    /// <summary>The text of one of its files.</summary>
    public string Read(string file) => File.ReadAllText($"{folder}/{file}");

    /// <summary>Writes one of its files.</summary>
    public void Set(string file, string value) => File.WriteAllText($"{folder}/{file}", value);

    /// <summary>Puts a process, with all its threads, under the limit.</summary>
    public void Add(int process) => File.WriteAllText($"{folder}/{Members}", process.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var member in File.ReadLines($"{folder}/{Members}").ToList())
        {
            File.WriteAllText($"{parent}/{Members}", member);
        }

        Directory.Delete(folder);
    }
}
