using ProbeAgent.Lab;

namespace ProbeAgent.ParityTests;

/// <summary>Holds comparisons against the lists of known differences.</summary>
internal sealed class Judgement(KnownDifferences known, Version goVersion)
{
    /// <summary>
    /// The comparison as it would be with the kubelet's own Go: where the list knows that an older one says otherwise, the
    /// list's verdict takes the place of the measured one.
    /// </summary>
    public Comparison AsTheKubelet(Comparison one)
    {
        var change = known.OfOldGo.FirstOrDefault(row => row.Covers(one.Id));
        return change is null ? one : one with { Kubelet = new KubeletVerdict(change.Other, $"by the list; measured: {one.Kubelet}") };
    }

    /// <summary>A sentence for each verdict that is not as the lists say; nothing where all is well.</summary>
    public IEnumerable<string> Findings(IEnumerable<Comparison> measured) =>
        measured.SelectMany(one => OfGo(one).Concat(OfTheAgent(AsTheKubelet(one))));

    /// <summary>
    /// A sentence for each case whose requests are not as the lists say. Its id there is that of the case after
    /// <c>wire/</c>; a side's cell is the lines that it alone sent, or <c>-</c>.
    /// </summary>
    public IEnumerable<string> RequestFindings(IEnumerable<Comparison> measured) =>
        measured.SelectMany(one => Finding("wire/" + one.Id, one.OnlyTheKubeletSent, one.OnlyTheAgentSent, one.ToString()));

    /// <summary>A sentence where two values are not the same and not listed so, or are the same and are listed.</summary>
    public IEnumerable<string> Finding(string id, string kubelet, string agent, string about)
    {
        var listed = known.OfTheAgent.FirstOrDefault(row => row.Covers(id));
        var isSame = kubelet == agent;
        if (listed is null)
        {
            return isSame ? [] : [$"{id} differs and is not listed: kubelet {kubelet}, agent {agent}: {about}"];
        }

        if (isSame)
        {
            return [$"{id} is listed and differs no longer: both {agent}: {about}"];
        }

        return (listed.One, listed.Other) == (kubelet, agent)
            ? []
            : [$"{id} is listed as {listed.One} and {listed.Other}, but is {kubelet} and {agent}: {about}"];
    }

    private IEnumerable<string> OfTheAgent(Comparison one)
    {
        var listed = known.OfTheAgent.FirstOrDefault(row => row.Covers(one.Id));
        if (one.Agrees)
        {
            return listed is null ? [] : [$"{one.Id} is listed and differs no longer: {one}"];
        }

        return Finding(one.Id, one.Kubelet.Result, one.Agent.Result, one.ToString());
    }

    private IEnumerable<string> OfGo(Comparison one)
    {
        var change = known.OfOldGo.FirstOrDefault(row => row.Covers(one.Id));
        if (change is null)
        {
            return [];
        }

        var said = one.Kubelet.Result;
        var isAsListed = goVersion >= KnownDifferences.NewGo ? said == change.Other
            : goVersion.Minor == KnownDifferences.OldGo.Minor ? said == change.One
            : said == change.One || said == change.Other;
        return isAsListed ? [] : [$"{one.Id} is listed as {change.One} and {change.Other}, but Go {goVersion} says {said}: {one}"];
    }
}
