namespace ProbeAgent.ParityTests.Cases;

/// <summary>Every case there is.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<ParityCase> All { get; } =
    [
        .. StatusCases.All(),
        .. StatusLineCases.All(),
        .. HeaderCases.All(),
        .. LengthCases.All(),
        .. ChunkCases.All(),
        .. InterimCases.All(),
        .. BodyCases.All(),
        .. ClosingCases.All(),
        .. RedirectCases.All(),
        .. MutationCases.All(),
    ];

    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(one => one.Group).Distinct()];

    public static IReadOnlyList<ParityCase> Of(string group) => [.. All.Where(one => one.Group == group)];
}
