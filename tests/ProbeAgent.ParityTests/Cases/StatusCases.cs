using System.Globalization;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>Every status code that three digits can say and somebody might send, each with a whole answer around it.</summary>
internal static class StatusCases
{
    private static readonly string[] OutsideTheClasses = ["000", "001", "010", "099", "600", "601", "700", "899", "900", "999"];

    public static IEnumerable<ParityCase> All() =>
        Enumerable.Range(100, 500)
            .Select(code => code.ToString(CultureInfo.InvariantCulture))
            .Concat(OutsideTheClasses)
            .Select(code => new ParityCase($"status/{code}", Answer.Whole($"HTTP/1.1 {code} Whatever", BodyOf(code))));

    // What follows these is not a body: it would be the next answer.
    private static string BodyOf(string code) => code is "204" or "304" || code[0] == '1' ? "" : "ok";
}
