namespace ProbeAgent.Configuration;

/// <summary>The names of a list: each is there once.</summary>
internal sealed class UniqueNames(Findings findings)
{
    private readonly Dictionary<string, Origin> firsts = new(StringComparer.Ordinal);

    /// <summary>Takes a name; a mistake where another entry has it.</summary>
    public void Take(Found<string>? name)
    {
        if (name is not null && !firsts.TryAdd(name.Value, name.Origin))
        {
            findings.Mistakes.Add(name.Origin.Mistake($"is '{name.Value}', which is the name of {firsts[name.Value].Path} as well; names are unique"));
        }
    }
}
