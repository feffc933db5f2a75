using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>Where several checks fail, the answer has the code of the first in configured order, whichever failed first in time.</summary>
public sealed class CodeOrderTests(CodeOrderTests.Fixture fixture) : IClassFixture<CodeOrderTests.Fixture>
{
    private static readonly Dictionary<int, (AppScript Script, string Reason)> Failures = new()
    {
        [404] = (AppScripts.Status(404), "bad_status"),
        [500] = (AppScripts.Status(500), "bad_status"),
        [502] = (AppScripts.SendThenFinish("no HTTP at all\r\n\r\n"), "protocol_error"),
        [503] = (AppScripts.Status(503), "bad_status"),
        [504] = (AppScripts.Silence, "response_timeout"),
    };

    public static TheoryData<int, int> Pairs
    {
        get
        {
            var pairs = new TheoryData<int, int>();
            foreach (var first in Failures.Keys)
            {
                foreach (var last in Failures.Keys.Where(last => last != first))
                {
                    pairs.Add(first, last);
                }
            }

            return pairs;
        }
    }

    private DocumentPod Pod => fixture.Pod;

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Two_failures_have_the_code_of_the_first_configured(int first, int last)
    {
        Pod["first"].Script = Failures[first].Script;
        Pod["last"].Script = Failures[last].Script;

        var answer = await Pod.AskAsync("/livez");

        var lines = $"[-]first failed: {Failures[first].Reason}\n[+]well ok\n[-]last failed: {Failures[last].Reason}\n";
        Assert.Equal((first, lines + "livez check failed\n"), answer);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_success_before_it_does_not_hide_the_code(int last)
    {
        Pod.Heal();
        Pod["last"].Script = Failures[last].Script;

        Assert.Equal(last, (await Pod.AskAsync("/readyz")).Code);
    }

    /// <summary>One container with three checks; nothing finished is shared.</summary>
    public sealed class Fixture() : DocumentFixture(
        ["first", "well", "last"],
        """
        checks:
          - { name: first, container: app, httpGet: { port: $first }, maxAgeSeconds: 0 }
          - { name: well, container: app, httpGet: { port: $well }, maxAgeSeconds: 0 }
          - { name: last, container: app, httpGet: { port: $last }, maxAgeSeconds: 0 }
        """);
}
