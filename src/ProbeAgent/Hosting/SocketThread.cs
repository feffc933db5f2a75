namespace ProbeAgent.Hosting;

/// <summary>
/// One thread waits for all sockets, and does at once what their events are waited for: an answer does not change threads
/// at each step. The runtime reads these switches of the sockets from variables only.
/// </summary>
internal static class SocketThread
{
    /// <summary>Sets them; before the first socket.</summary>
    public static void Choose()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
    }
}
