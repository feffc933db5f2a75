namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>Wherever an app sends the agent: to another host goes no byte.</summary>
[Collection("alone")]
public sealed class RedirectTests(HostilePod pod) : IClassFixture<HostilePod>
{
    /// <summary>Where the app redirects to.</summary>
    public static TheoryData<string> Names { get; } = new(RedirectRows.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_app_redirects_to(string name)
    {
        var row = RedirectRows.All[name];

        var answer = await pod.AskAsync("http", row);

        Assert.Equal(row.Expected("http"), (answer.Code, answer.Body));
    }
}
