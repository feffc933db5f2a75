namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>Whatever an app does to a question of gRPC: code and reason are right, in time, and the agent does not grow.</summary>
[Collection("alone")]
public sealed class GrpcTests(HostilePod pod) : IClassFixture<HostilePod>
{
    /// <summary>What the app answers.</summary>
    public static TheoryData<string> Answers { get; } = new(GrpcRows.Answers.Keys);

    /// <summary>What the app sends instead of an end.</summary>
    public static TheoryData<string> Floods { get; } = new(GrpcRows.Floods.Keys);

    [Theory]
    [MemberData(nameof(Answers))]
    public Task The_app(string name) => AskAsync(GrpcRows.Answers[name]);

    [Theory]
    [MemberData(nameof(Floods))]
    public Task The_app_without_an_end(string name) => AskAsync(GrpcRows.Floods[name]);

    private async Task AskAsync(HostileRow row)
    {
        var answer = await pod.AskAsync("grpc", row);

        Assert.Equal(row.Expected("grpc"), (answer.Code, answer.Body));
    }
}
