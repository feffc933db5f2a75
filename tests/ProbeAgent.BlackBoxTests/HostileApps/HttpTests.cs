namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>Whatever an app does to a question of HTTP: code and reason are right, in time, and the agent does not grow.</summary>
[Collection("alone")]
public sealed class HttpTests(HostilePod pod) : IClassFixture<HostilePod>
{
    /// <summary>What the app does.</summary>
    public static TheoryData<string> Names { get; } = new(HttpRows.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Over_plain_HTTP_the_app(string name)
    {
        var row = HttpRows.All[name];

        var answer = await pod.AskAsync("http", row);

        Assert.Equal(row.Expected("http"), (answer.Code, answer.Body));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Over_TLS_the_app(string name)
    {
        var row = HttpRows.All[name];

        var answer = await pod.AskAsync("https", row);

        Assert.Equal(row.Expected("https"), (answer.Code, answer.Body));
    }
}
