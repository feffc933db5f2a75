using System.Diagnostics;

namespace ProbeAgent.Lab;

/// <summary>Where .NET lies: the one variable that an agent which is not native cannot do without, and which changes nothing in it.</summary>
public static class DotnetRoot
{
    private const string Variable = "DOTNET_ROOT";

    /// <summary>Gives a process with an otherwise empty environment what it needs to start.</summary>
    public static void PassOn(ProcessStartInfo start)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } root)
        {
            start.Environment[Variable] = root;
        }
    }
}
