using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Serving;

namespace ProbeAgent.Tests.Serving;

public sealed class ProbeAnswerTests
{
    private static readonly CheckAnswer Well = new("web", 200, null, "GET … answered 200");
    private static readonly CheckAnswer Refused = new("api", 502, "connection_refused", "GET http://10.0.0.5:80/: refused");
    private static readonly CheckAnswer Hung = new("db", 504, "response_timeout", "GET http://10.0.0.5:81/: nothing");

    [Fact]
    public void Of_WhatHolds_IsOk() =>
        Assert.Equal(new ProbeAnswer(200, "ok"), ProbeAnswer.Of("livez", [Well], false, Detail.Reason));

    [Fact]
    public void Of_WhatHoldsVerbosely_ListsTheChecks() =>
        Assert.Equal(
            new ProbeAnswer(200, "[+]web ok\n[+]api excluded: ok\nreadyz check passed\n"),
            ProbeAnswer.Of("readyz", [Well, CheckAnswer.LeftOut("api")], true, Detail.Reason));

    [Fact]
    public void Of_Failures_HasTheCodeOfTheFirstInOrderAndTheReasonsOnly() =>
        Assert.Equal(
            new ProbeAnswer(504, "[+]web ok\n[-]db failed: response_timeout\n[-]api failed: connection_refused\nlivez check failed\n"),
            ProbeAnswer.Of("livez", [Well, Hung, Refused], false, Detail.Reason));

    [Fact]
    public void Of_AFailureWithFullDetail_HasTheSentence() =>
        Assert.Equal(
            "[-]api failed: connection_refused: GET http://10.0.0.5:80/: refused\nlivez check failed\n",
            ProbeAnswer.Of("livez", [Refused], false, Detail.Full).Text);
}
