using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>The Dockerfile of this checkout.</summary>
internal static class AgentDockerfile
{
    /// <summary>What a build argument is where nobody gives it.</summary>
    public static string Default(string argument)
    {
        var start = $"ARG {argument}=";
        return File.ReadLines(Checkout.InRoot("Dockerfile")).Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];
    }
}
