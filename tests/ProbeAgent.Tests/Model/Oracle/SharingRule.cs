namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>The app is asked by one at a time, and again only when what is known has grown too old.</summary>
internal static class SharingRule
{
    public static IEnumerable<string> Complaints(Seen seen)
    {
        foreach (var questions in seen.Questions.GroupBy(question => question.Key))
        {
            foreach (var (before, after) in questions.Zip(questions.Skip(1)))
            {
                if (before.Ended is not { } ended || ended > after.Began)
                {
                    yield return $"two questions on their way: {before} and {after}";
                }
                else if (after.Began - ended < before.Age)
                {
                    yield return $"asked although the last answer was fresh: {before} and {after}";
                }
            }
        }
    }
}
