using Microsoft.Net.Http.Headers;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Mesh;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Serving;

/// <summary>Answers probes: chooses the checks, asks them side by side, puts their answers together.</summary>
/// <param name="checks">All checks.</param>
/// <param name="detail">How much of a failure callers may read.</param>
/// <param name="drain">Whether the pod is ending.</param>
/// <param name="whatHoldsReadiness">Asks the sidecar where readiness waits for it: why it still has to, or null. Short, and never throws.</param>
/// <param name="metrics">The agent's metrics.</param>
/// <param name="capture">Notices by what way probes come.</param>
/// <param name="unknown">Counts what does not exist.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class ProbeEndpoint(
    IReadOnlyList<Check> checks,
    Detail detail,
    DrainSwitch drain,
    Func<Task<string?>> whatHoldsReadiness,
    AgentMetrics metrics,
    CaptureWatch capture,
    UnknownNames unknown,
    TimeProvider timeProvider)
{
    // What a body without a declared type is (RFC 9110, 8.3).
    private const string UnknownType = "application/octet-stream";

    /// <summary>Answers a probe of <paramref name="path"/>.</summary>
    public async Task HandleAsync(HttpContext context, ProbePath path, RequestTarget target)
    {
        var named = checks.Where(check => path.Check is null || check.Name == path.Check)
            .Where(check => path.Container is null || check.Container == path.Container)
            .ToList();
        if (named.Count == 0)
        {
            unknown.CountName(target.Path);
            await PlainAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "no such check or container\n");
            return;
        }

        var probe = ProbeName(path.Probe);
        var userAgent = context.Request.Headers[HeaderNames.UserAgent].ToString();
        ProbeSighting? sighting = null;
        if (ProbeUserAgent.IsKubelet(userAgent))
        {
            metrics.KubeletAsked(probe, timeProvider.GetUtcNow());
            sighting = capture.Asked(context, target.Path, path.Probe);
        }

        var answer = await AnswerAsync(context, path, target, named, userAgent);
        metrics.ProbeAnswered(probe, answer.Code);
        capture.Answered(sighting, succeeded: answer.Code == StatusCodes.Status200OK);
        if (answer.Relayed is { Body: { } body } relayed)
        {
            await PlainAnswer.WriteAsync(context, answer.Code, body, relayed.BodyContentType ?? UnknownType);
            return;
        }

        await PlainAnswer.WriteAsync(context, answer.Code, answer.Text);
    }

    private async Task<ProbeAnswer> AnswerAsync(
        HttpContext context, ProbePath path, RequestTarget target, List<Check> named, string userAgent)
    {
        var excluded = target.Query is null ? [] : target.Values("exclude").ToList();
        var serving = named.Where(check => check.Serves(path.Probe)).ToList();
        if (serving.All(check => excluded.Contains(check.Name)))
        {
            return new ProbeAnswer(StatusCodes.Status404NotFound, $"no check serves {path.Word} here\n");
        }

        var isDraining = drain.IsDraining && path.Probe == ProbeKind.Readiness;
        var waitsForSidecar = path.Probe == ProbeKind.Readiness && !isDraining;

        // Beside the checks, and shorter than they may be.
        var sidecar = waitsForSidecar ? whatHoldsReadiness() : Task.FromResult<string?>(null);
        var answers = await Task.WhenAll(serving.Select(check => check switch
        {
            _ when excluded.Contains(check.Name) => Task.FromResult(CheckAnswer.LeftOut(check.Name)),
            _ when isDraining => Task.FromResult(CheckAnswer.Draining(check.Name)),
            _ => check.AnswerAsync(context.Connection.LocalIpAddress, userAgent),
        })).WaitAsync(context.RequestAborted);
        if (await sidecar.WaitAsync(context.RequestAborted) is { } holds)
        {
            answers = [.. answers.Select(answer => answer.IsLeftOut ? answer : CheckAnswer.MeshNotReady(answer.Check, holds))];
        }

        return ProbeAnswer.Of(path.Word, answers, target.Values("verbose").Any(), detail);
    }

    private static string ProbeName(ProbeKind probe) => probe switch
    {
        ProbeKind.Liveness => "liveness",
        ProbeKind.Readiness => "readiness",
        _ => "startup",
    };
}
