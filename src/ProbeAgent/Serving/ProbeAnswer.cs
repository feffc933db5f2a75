using System.Text;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;

namespace ProbeAgent.Serving;

/// <summary>The answer to a probe: status code and text, in the form of kube-apiserver's <c>/livez</c>.</summary>
/// <param name="Code">200, or the code of the first check that failed, in configured order.</param>
/// <param name="Text"><c>ok</c>, or a line for each check and a closing line.</param>
internal sealed record ProbeAnswer(int Code, string Text)
{
    /// <summary>The answer whose body goes out instead of the text; null where none is relayed.</summary>
    public CheckAnswer? Relayed { get; private init; }

    /// <summary>Puts the answers of all checks together.</summary>
    /// <param name="word">The probe's word in the path.</param>
    /// <param name="answers">In configured order, those that were left out among them; one at least was not.</param>
    /// <param name="verbose">Whether a success lists its checks, too.</param>
    /// <param name="detail">How much of a failure may be told.</param>
    public static ProbeAnswer Of(
        string word, IReadOnlyList<CheckAnswer> answers, bool verbose, Detail detail)
    {
        if (answers.Where(answer => !answer.IsLeftOut).ToList() is [{ Body.IsEmpty: false } only] && !verbose)
        {
            return new ProbeAnswer(only.Code, "") { Relayed = only };
        }

        var firstFailure = answers.FirstOrDefault(answer => !answer.Holds);
        if (firstFailure is null && !verbose)
        {
            return new ProbeAnswer(200, "ok");
        }

        var text = new StringBuilder();
        foreach (var answer in answers)
        {
            text.Append(Line(answer, detail)).Append('\n');
        }

        text.Append(word).Append(firstFailure is null ? " check passed\n" : " check failed\n");
        return new ProbeAnswer(firstFailure?.Code ?? 200, text.ToString());
    }

    private static string Line(CheckAnswer answer, Detail detail) => answer switch
    {
        { IsLeftOut: true } => $"[+]{answer.Check} excluded: ok",
        { Holds: true } => $"[+]{answer.Check} ok",
        _ when detail == Detail.Full => $"[-]{answer.Check} failed: {answer.Reason}: {answer.Sentence}",
        _ => $"[-]{answer.Check} failed: {answer.Reason}",
    };
}
