namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>What the contract says an app's behaviour is answered with.</summary>
/// <param name="Code">The status code.</param>
/// <param name="Reason">The reason's word; null for a success.</param>
internal sealed record Verdict(int Code, string? Reason)
{
    /// <summary>The agent's own trouble: nothing is said of the app.</summary>
    public static Verdict Late { get; } = new(503, "agent_late");

    /// <summary>Of an attempt that the app has finished.</summary>
    public static Verdict Of(AppPhase phase) => phase.Behaviour switch
    {
        Behaviour.AnswersWell or Behaviour.PointsElsewhere => new Verdict(200, null),
        Behaviour.AnswersBadly => new Verdict(phase.Status is >= 200 and <= 599 ? phase.Status : 502, "bad_status"),
        Behaviour.Refuses => new Verdict(502, "connection_refused"),
        Behaviour.HangsUp or Behaviour.ResetsLater => new Verdict(502, "connection_reset"),
        Behaviour.SpeaksNoHttp => new Verdict(502, "protocol_error"),
        Behaviour.BreaksTls => new Verdict(502, "tls_error"),
        Behaviour.RedirectsForEver => new Verdict(502, "too_many_redirects"),
        Behaviour.ServesNot => new Verdict(502, "grpc_not_serving"),
        Behaviour.KnowsNoService => new Verdict(502, "grpc_unknown_service"),
        Behaviour.BreaksTheProber => new Verdict(503, "internal_error"),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "an app that hangs finishes nothing"),
    };

    /// <summary>Of an attempt that the deadline has ended.</summary>
    public static Verdict OfCutOff(AppPhase phase) => new(504, phase.Behaviour switch
    {
        Behaviour.HangsConnecting => "connect_timeout",
        Behaviour.HangsInTheBody => "body_timeout",
        _ => "response_timeout",
    });
}
