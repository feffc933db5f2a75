using ProbeAgent.Checks;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Checks;

public sealed class AnswerCodeTests
{
    [Theory]
    [InlineData(400, 400)]
    [InlineData(404, 404)]
    [InlineData(503, 503)]
    [InlineData(599, 599)]
    [InlineData(101, 502)]
    [InlineData(600, 502)]
    [InlineData(999, 502)]
    public void Of_ABadStatus_IsTheAppsOwnWhereItIsAStatusCode(int status, int expected) =>
        Assert.Equal(expected, AnswerCode.Of(AttemptResult.Failed(Reason.BadStatus, "") with { StatusCode = status }));

    [Theory]
    [InlineData(nameof(Reason.ConnectionRefused), 502)]
    [InlineData(nameof(Reason.ConnectionReset), 502)]
    [InlineData(nameof(Reason.ProtocolError), 502)]
    [InlineData(nameof(Reason.TlsError), 502)]
    [InlineData(nameof(Reason.TooManyRedirects), 502)]
    [InlineData(nameof(Reason.GrpcNotServing), 502)]
    [InlineData(nameof(Reason.GrpcUnknownService), 502)]
    [InlineData(nameof(Reason.ConnectTimeout), 504)]
    [InlineData(nameof(Reason.ResponseTimeout), 504)]
    [InlineData(nameof(Reason.BodyTimeout), 504)]
    [InlineData(nameof(Reason.Draining), 503)]
    [InlineData(nameof(Reason.MeshNotReady), 503)]
    [InlineData(nameof(Reason.AgentLate), 503)]
    [InlineData(nameof(Reason.InternalError), 503)]
    public void Of_AReason_IsItsClass(string reason, int expected) =>
        Assert.Equal(expected, AnswerCode.Of(AttemptResult.Failed(Enum.Parse<Reason>(reason), "")));

    [Fact]
    public void Of_ASuccessOrWarning_IsExactly200() =>
        Assert.Equal(200, AnswerCode.Of(new AttemptResult { Outcome = Outcome.Warning, StatusCode = 304, Message = "" }));
}
