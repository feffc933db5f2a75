namespace ProbeAgent.Tests.Configuration;

/// <summary>Whatever a document looks like, reading it ends in mistakes with a place or in a configuration, never in an exception.</summary>
public sealed class DocumentFuzzTests
{
    private const string Good = """
        listen: ':15099'
        checks:
        - name: web
          container: shop
          probes: [liveness, readiness]
          httpGet: {scheme: HTTP, port: 80, path: "/status", httpHeaders: [{name: X-A, value: 'b'}]}
          timeoutSeconds: 2
        - name: db
          tcpSocket:
            port: 5432
        relays:
        - {name: app, target: ":80/metrics"}
        hooks:
        - container: shop
          hook: preStop
          key: abcdefghijklmnop
          httpGet: {port: 80, path: /shutdown}
        log: |
          text
        """;

    private const string Spices = "{}[]:,-?&*!|>'\"%@`#\n\t \\0aé~";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_AnyMutation_NeverThrowsAndAlwaysSaysWhere(int seed)
    {
#pragma warning disable CA5394 // The same documents on every run.
        var random = new Random(seed);
        for (var round = 0; round < 1_500; round++)
        {
            var text = Good.ToCharArray().ToList();
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                var at = random.Next(text.Count);
                switch (random.Next(3))
                {
                    case 0:
                        text.RemoveAt(at);
                        break;
                    case 1:
                        text.Insert(at, Spices[random.Next(Spices.Length)]);
                        break;
                    default:
                        text[at] = Spices[random.Next(Spices.Length)];
                        break;
                }
            }
#pragma warning restore CA5394

            var outcome = Reading.OfDocument(string.Concat(text));

            Assert.True(outcome.Configuration is null == outcome.Mistakes.Count > 0);
            Assert.All(outcome.Mistakes, mistake => Assert.Matches(@"^(doc:[1-9]\d*:[1-9]\d*|PROBEAGENT_TARGET): .+$", mistake.ToString()));
        }
    }
}
