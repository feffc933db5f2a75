namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>What the app does with a question, in words of the oracle's own.</summary>
internal enum Behaviour
{
    AnswersWell,
    PointsElsewhere,
    AnswersBadly,
    Refuses,
    HangsUp,
    ResetsLater,
    SpeaksNoHttp,
    BreaksTls,
    RedirectsForEver,
    ServesNot,
    KnowsNoService,
    HangsConnecting,
    HangsBeforeAnswering,
    HangsInTheBody,
    BreaksTheProber,
}
