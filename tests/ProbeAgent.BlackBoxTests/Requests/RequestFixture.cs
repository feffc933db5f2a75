namespace ProbeAgent.BlackBoxTests.Requests;

/// <summary>An agent that has everything to give away: secrets in each place of its document where one can stand.</summary>
public sealed class RequestFixture() : DocumentFixture(["app"], Document)
{
    /// <summary>In every secret, also in those that the app adds.</summary>
    public const string Secret = "TopSecret";

    private const string Document = """
        checks:
          - name: app
            httpGet:
              host: 127.0.0.1
              port: $app
              path: /TopSecretPath?TopSecretQuery=1
              httpHeaders: [{ name: X-Token, value: TopSecretToken }]
            maxAgeSeconds: 0
        relays: [{ name: app, target: ":$app/TopSecretMetrics?TopSecretQuery=2" }]
        hooks:
          - container: app
            hook: preStop
            key: TopSecretKeyOfTheHook0123456789
            httpGet: { port: $app, path: /TopSecretShutdown, httpHeaders: [{ name: X-Hook, value: TopSecretOfTheHook }] }
        """;
}
