namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>Whatever an app does where TLS is to begin: code and reason are right, in time, and the agent does not grow.</summary>
[Collection("alone")]
public sealed class TlsTests(HostilePod pod) : IClassFixture<HostilePod>
{
    /// <summary>What the app does.</summary>
    public static TheoryData<string> Names { get; } = new(TlsRows.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_app(string name)
    {
        var row = TlsRows.All[name];

        var answer = await pod.AskUnsecuredAsync(row);

        Assert.Equal(row.Expected("https"), (answer.Code, answer.Body));
    }
}
