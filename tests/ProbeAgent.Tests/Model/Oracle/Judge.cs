namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>Holds what was seen against the contract, and knows nothing of how the agent is written.</summary>
internal static class Judge
{
    /// <summary>Everything that is wrong with a run; empty where nothing is.</summary>
    public static IReadOnlyList<string> Complaints(Seen seen)
    {
        string[] open = [.. seen.Questions.Where(question => question.Ended is null).Select(question => $"{question}: never ended")];
        return open.Length > 0
            ? open
            : [.. SharingRule.Complaints(seen), .. QuestionRule.Complaints(seen), .. AnswerRule.Complaints(seen), .. MetricsRule.Complaints(seen)];
    }
}
