using Microsoft.Net.Http.Headers;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Serving;

/// <summary>Answers probes: chooses the checks, asks them side by side, puts their answers together.</summary>
internal sealed class ProbeEndpoint(
    IReadOnlyList<Check> checks,
    Detail detail,
    DrainSwitch drain,
    AgentMetrics metrics,
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
        if (ProbeUserAgent.IsKubelet(userAgent))
        {
            metrics.KubeletAsked(probe, timeProvider.GetUtcNow());
        }

        var answer = await AnswerAsync(context, path, target, named, userAgent);
        metrics.ProbeAnswered(probe, answer.Code);
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
        var serving = named.Where(check => check.Serves(path.Probe)).ToLookup(check => target.Values("exclude").Contains(check.Name));
        var asked = serving[false].ToList();
        if (asked.Count == 0)
        {
            return new ProbeAnswer(StatusCodes.Status404NotFound, $"no check serves {path.Word} here\n");
        }

        var answers = drain.IsDraining && path.Probe == ProbeKind.Readiness
            ? [.. asked.Select(check => CheckAnswer.Draining(check.Name))]
            : await Task.WhenAll(asked.Select(check => check.AnswerAsync(context.Connection.LocalIpAddress, userAgent)))
                .WaitAsync(context.RequestAborted);
        return ProbeAnswer.Of(
            path.Word, answers, [.. serving[true].Select(check => check.Name)], target.Values("verbose").Any(), detail);
    }

    private static string ProbeName(ProbeKind probe) => probe switch
    {
        ProbeKind.Liveness => "liveness",
        ProbeKind.Readiness => "readiness",
        _ => "startup",
    };
}
