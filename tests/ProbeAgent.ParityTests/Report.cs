using System.Text;

namespace ProbeAgent.ParityTests;

/// <summary>What a run tells its reader.</summary>
internal static class Report
{
    /// <summary>One line of counts for a group of cases.</summary>
    public static void Write(string group, IReadOnlyList<Comparison> measured, Judgement judgement)
    {
        var kubelets = measured.Select(judgement.AsTheKubelet).ToList();
        var results = kubelets.GroupBy(one => one.Kubelet.Result).OrderByDescending(same => same.Count());
        Console.WriteLine(
            $"parity {group}: {measured.Count} cases, {kubelets.Count(one => one.Agrees)} agree, "
            + $"{kubelets.Count(one => !one.Agrees)} differ (kubelet: "
            + $"{string.Join(", ", results.Select(same => $"{same.Count()} {same.Key}"))})");
    }

    /// <summary>Fails with every finding, each on its line.</summary>
    public static void AssertNone(IEnumerable<string> findings)
    {
        var all = findings.Select(Printable).ToList();
        Assert.True(all.Count == 0, $"{all.Count} findings:\n{string.Join('\n', all)}");
    }

    // What a hostile app sent stands in the sentences about it.
    private static string Printable(string text)
    {
        var printable = new StringBuilder();
        foreach (var character in text.Length > 600 ? text[..600] + "…" : text)
        {
            printable.Append(char.IsControl(character) ? $"\\u{(int)character:x4}" : character);
        }

        return printable.ToString();
    }
}
