using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>
/// A network namespace: addresses, ports, routes and packet filters of its own, so that nothing here can meet the
/// machine's. Its name carries the id of the test process, by which a later run knows what a dead one left behind.
/// </summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const string Prefix = "probeagent-pods-";
    private const int NetworkKind = 0x40000000;

    private static int last;

    public NetworkNamespace(string role)
    {
        var number = Interlocked.Increment(ref last);
        Name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{number}-{role}");
        Command.Run("ip", "netns", "add", Name);
        Ip("link", "set", "lo", "up");
    }

    public string Name { get; }

    /// <summary>
    /// Removes what runs that were killed have left: their processes, then their namespaces. Before the first namespace
    /// is made.
    /// </summary>
    public static void SweepLeftovers()
    {
        foreach (var line in Command.Run("ip", "netns", "list").Split('\n'))
        {
            var name = line.Split(' ')[0];
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && !IsOfALiveRun(name))
            {
                Remove(name);
            }
        }
    }

    /// <summary>Runs <c>ip</c> on this namespace's links, addresses and routes.</summary>
    public void Ip(params string[] arguments) => Command.Run("ip", ["-n", Name, .. arguments]);

    /// <summary>Sets a kernel parameter of this namespace.</summary>
    public void Sysctl(string setting) => Command.Run("ip", "netns", "exec", Name, "sysctl", "-qw", setting);

    /// <summary>
    /// A TCP socket that lives in this namespace, usable from anywhere: a socket stays where it was made. The thread
    /// that entered the namespace ends here, so no other code ever runs on it.
    /// </summary>
    public Socket OpenSocket(AddressFamily family)
    {
        using var handle = File.OpenHandle($"/run/netns/{Name}");
        Socket? socket = null;
        var error = 0;
        var thread = new Thread(() =>
        {
            if (EnterNamespace(handle, NetworkKind) == 0)
            {
                socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
                return;
            }

            error = Marshal.GetLastPInvokeError();
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new Win32Exception(error);
    }

    public void Dispose() => Remove(Name);

    // Process ids come again: one like ours was another run's, for ours has made nothing yet.
    private static bool IsOfALiveRun(string name)
    {
        var process = int.Parse(name[Prefix.Length..].Split('-')[0], CultureInfo.InvariantCulture);
        return process != Environment.ProcessId && Directory.Exists($"/proc/{process}");
    }

    private static void Remove(string name)
    {
        var processes = Command.Run("ip", "netns", "pids", name);
        foreach (var process in processes.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // One that has just ended by itself is no trouble.
            Command.TryRun("kill", "-KILL", process);
        }

        Command.Run("ip", "netns", "del", name);
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EnterNamespace(SafeFileHandle handle, int kind);
}
