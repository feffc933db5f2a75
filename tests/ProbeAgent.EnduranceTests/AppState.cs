namespace ProbeAgent.EnduranceTests;

/// <summary>A time, in milliseconds of the witness, in which the app certainly was in a state.</summary>
public sealed record AppState(string State, double From, double Until)
{
    /// <summary>True where an app in that state is to be called well.</summary>
    public bool IsWell => State is "well" or "slow";

    /// <summary>True where it held all the time from one moment to the other.</summary>
    public bool Held(double from, double until) => From <= from && until <= Until;
}
