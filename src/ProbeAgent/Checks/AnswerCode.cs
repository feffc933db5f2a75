using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>The status code of an answer: the one thing of it that the kubelet shows.</summary>
internal static class AnswerCode
{
    /// <summary>200, the app's own code, 502, 503 or 504.</summary>
    public static int Of(AttemptResult result) => result.Reason switch
    {
        null => 200,
        Reason.BadStatus => result.StatusCode is { } status and >= 200 and <= 599 ? status : 502,
        Reason.ConnectTimeout or Reason.ResponseTimeout or Reason.BodyTimeout => 504,
        Reason.Draining or Reason.MeshNotReady or Reason.AgentLate or Reason.InternalError => 503,
        _ => 502,
    };
}
