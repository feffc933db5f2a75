namespace ProbeAgent.Serving;

/// <summary>Whether the pod is ending: thrown once, never back.</summary>
internal sealed class DrainSwitch
{
    private int isDraining;

    /// <summary>True once <see cref="Throw"/> was called.</summary>
    public bool IsDraining => Volatile.Read(ref isDraining) == 1;

    /// <summary>Readiness fails from now on.</summary>
    public void Throw() => Volatile.Write(ref isDraining, 1);
}
