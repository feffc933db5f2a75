using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

public sealed class RedirectRuleTests
{
    private static readonly HttpUrl Asked = new("http", "10.0.0.5", "80", "/status", "");
    private static readonly RedirectRule Rule = new("10.0.0.5", [15081, 15082]);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public void Decide_ToTheSameHost_AsksAgain(int status) =>
        Assert.Equal("http://10.0.0.5:80/other", Rule.Decide(status, "/other", Asked, 1).Next?.ToString());

    [Theory]
    [InlineData(200, "/other")]
    [InlineData(300, "/other")]
    [InlineData(304, "/other")]
    [InlineData(302, null)]
    [InlineData(302, "")]
    [InlineData(302, "mailto:a@b")]
    public void Decide_OnWhatTheKubeletDoesNotFollow_JudgesTheAnswer(int status, string? location) =>
        Assert.Equal(RedirectStep.Judge, Rule.Decide(status, location, Asked, 1));

    [Fact]
    public void Decide_ToAnotherHost_JudgesTheAnswerAndNamesTheHostAlone()
    {
        var step = Rule.Decide(302, "http://login.example/?token=secret", Asked, 1);

        Assert.Equal(RedirectStep.Elsewhere("login.example"), step);
        Assert.StartsWith("it sends to another host, login.example, so ", step.Phrase, StringComparison.Ordinal);
        Assert.Equal((null, null), (step.Next, step.FailedBy));
    }

    [Fact]
    public void Decide_AfterNineRedirects_StillFollows() => Assert.NotNull(Rule.Decide(302, "/", Asked, 9).Next);

    [Fact]
    public void Decide_OnTheTenthRedirect_Fails() =>
        Assert.Equal(Reason.TooManyRedirects, Rule.Decide(302, "/", Asked, 10).FailedBy);

    [Fact]
    public void Decide_OnTheTenthAnswerThatLeadsElsewhere_JudgesTheAnswer() =>
        Assert.Equal(RedirectStep.Elsewhere("elsewhere"), Rule.Decide(302, "http://elsewhere/", Asked, 10));

    [Theory]
    [InlineData("http://10.0.0.5:15081/livez")]
    [InlineData("http://10.0.0.5:15082/")]
    public void Decide_ToTheAgentItself_Fails(string location) =>
        Assert.Equal(Reason.TooManyRedirects, Rule.Decide(302, location, Asked, 1).FailedBy);

    [Theory]
    [InlineData("ftp://10.0.0.5/")]
    [InlineData("http://10.0.0.5:0/")]
    [InlineData("/%zz")]
    public void Decide_ToWhatCannotBeAsked_Fails(string location) =>
        Assert.Equal(Reason.ProtocolError, Rule.Decide(302, location, Asked, 1).FailedBy);
}
