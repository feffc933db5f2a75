using System.Globalization;
using System.Text.RegularExpressions;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Requests;

/// <summary>All that came over one connection, read as answers of HTTP.</summary>
internal static partial class RawAnswers
{
    /// <summary>Reads the answers; fails where a byte is left that belongs to none of them.</summary>
    /// <param name="text">All bytes of the connection.</param>
    /// <param name="mayLackBodies">True where <c>HEAD</c> was asked: then an answer may have the length of a body and none.</param>
    public static IReadOnlyList<Answer> Parse(string text, bool mayLackBodies)
    {
        var answers = new List<Answer>();
        for (var rest = text; rest.Length > 0;)
        {
            var head = WholeHead().Match(rest);
            Assert.True(head.Success, $"This is no answer of HTTP: '{rest}'");
            var answer = new Answer(head.Value, "", TimeSpan.Zero);
            rest = rest[head.Length..];
            var length = int.Parse(answer.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
            if (!mayLackBodies || !(rest.Length == 0 || rest.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)))
            {
                Assert.True(rest.Length >= length, $"The answer is cut short: '{head.Value}{rest}'");
                answer = answer with { Body = rest[..length] };
                rest = rest[length..];
            }

            answers.Add(answer);
        }

        return answers;
    }

    [GeneratedRegex("^HTTP/1\\.1 [1-5][0-9]{2} [ -~]*\r\n(?:[A-Za-z-]+: [ -~]*\r\n)*\r\n")]
    private static partial Regex WholeHead();
}
