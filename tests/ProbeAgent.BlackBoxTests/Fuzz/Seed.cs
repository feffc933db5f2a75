using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ProbeAgent.BlackBoxTests.Fuzz;

/// <summary>Where the chance of a test comes from: <c>PROBE_AGENT_SEED</c> repeats a run, which says its own seed.</summary>
internal sealed class Seed
{
    private const string Variable = "PROBE_AGENT_SEED";

    private readonly int value;

    private Seed(int value)
    {
        this.value = value;
        TestContext.Current.TestOutputHelper?.WriteLine(ToString());
    }

    /// <summary>The one of this run.</summary>
    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "It keeps no secret.")]
    public static Seed Take() => new(
        int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next());

    /// <summary>The chance of one of several workers.</summary>
    public Random Chance(int worker) => new(unchecked((value * 397) ^ worker));

    /// <summary>How to repeat it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Variable}={value}");
}
