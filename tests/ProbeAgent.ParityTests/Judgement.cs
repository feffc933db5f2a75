namespace ProbeAgent.ParityTests;

/// <summary>Holds comparisons against the list of known differences.</summary>
internal sealed class Judgement(KnownDifferences known, Version goVersion)
{
    /// <summary>
    /// The comparison as it would be with the kubelet's own Go: where the one that measured is older and the list knows
    /// the case, the list's verdict takes the place of the measured one.
    /// </summary>
    public Comparison AsTheKubelet(Comparison one)
    {
        var change = ChangeFor(one.Id);
        return change is null ? one : one with { Kubelet = new KubeletVerdict(change.Kubelet, $"since Go {change.SinceGo}") };
    }

    /// <summary>A sentence for each comparison that is not as the list says; nothing where all is well.</summary>
    public IEnumerable<string> Findings(IEnumerable<Comparison> measured)
    {
        foreach (var one in measured)
        {
            if (ChangeFor(one.Id) is { } change && goVersion >= change.SinceGo != (one.Kubelet.Result == change.Kubelet))
            {
                yield return $"listed as changed in Go {change.SinceGo} to {change.Kubelet}, which Go {goVersion} does not bear out: {one}";
            }

            var kubelets = AsTheKubelet(one);
            var listed = known.For(one.Id);
            if (listed is null && !kubelets.Agrees)
            {
                yield return $"differs and is not listed: {kubelets}";
            }

            if (listed is not null && kubelets.Agrees)
            {
                yield return $"is listed and differs no longer: {kubelets}";
            }

            if (listed is not null && (listed.Kubelet, listed.Agent) != (kubelets.Kubelet.Result, kubelets.Agent.Result))
            {
                yield return $"is listed as {listed.Kubelet} and {listed.Agent}, but is otherwise: {kubelets}";
            }
        }
    }

    private KnownGoChange? ChangeFor(string id) =>
        known.GoChanges.FirstOrDefault(row => KnownDifferences.Covers(row.Cases, id));
}
