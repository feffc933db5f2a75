namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>Whatever an app does to a question of gRPC: code and reason are right, in time, and the agent does not grow.</summary>
[Collection("alone")]
public sealed class GrpcTests(HostilePod pod) : IClassFixture<HostilePod>
{
    /// <summary>What the app does.</summary>
    public static TheoryData<string> Names { get; } = new(GrpcRows.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_app(string name)
    {
        var row = GrpcRows.All[name];

        var answer = await pod.AskAsync("grpc", row);

        Assert.Equal(row.Expected("grpc"), (answer.Code, answer.Body));
    }
}
