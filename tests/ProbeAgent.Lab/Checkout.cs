using System.Runtime.CompilerServices;

namespace ProbeAgent.Lab;

/// <summary>Where things lie in this checkout.</summary>
public static class Checkout
{
    /// <summary>The folder that holds <c>ProbeAgent.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The binary under test: <c>PROBE_AGENT_BINARY</c>, or where <c>tests/run</c> publishes it.</summary>
    public static string AgentBinary { get; } =
        Environment.GetEnvironmentVariable("PROBE_AGENT_BINARY") is { Length: > 0 } named
            ? named
            : InRoot("artifacts/probe-agent/probe-agent");

    /// <summary>A path below the root, with forward slashes.</summary>
    public static string InRoot(string relative) => Path.Combine(Root, relative);

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        // An installed copy of the tests has no sources beside it, so the running folder is asked as well.
        foreach (var start in new[] { Path.GetDirectoryName(thisFile), AppContext.BaseDirectory })
        {
            for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "ProbeAgent.sln")))
                {
                    return folder;
                }
            }
        }

        throw new InvalidOperationException("ProbeAgent.sln is in no folder above the tests: run them from a checkout.");
    }
}
