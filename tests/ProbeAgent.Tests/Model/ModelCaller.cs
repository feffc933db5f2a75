using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProbeAgent.Serving;
using ProbeAgent.Tests.Model.Oracle;

namespace ProbeAgent.Tests.Model;

/// <summary>One who sends a probe, and may go away before it is answered.</summary>
internal sealed class ModelCaller : IDisposable
{
    private readonly SeenAnswer seen;
    private readonly Task[] witnesses;
    private readonly CancellationTokenSource gone = new();
    private readonly MemoryStream body = new();
    private readonly DefaultHttpContext context = new();
    private readonly Task handling;

    /// <param name="endpoint">What is asked.</param>
    /// <param name="seen">Where the answer is written down.</param>
    /// <param name="witness">Called right after the probe was sent; gives those who then wait for the same answers.</param>
    public ModelCaller(ProbeEndpoint endpoint, SeenAnswer seen, Func<IEnumerable<Task>> witness)
    {
        this.seen = seen;
        var target = RequestTarget.Parse(seen.Probe.Target);
        context.Connection.LocalIpAddress = IPAddress.Parse(seen.Probe.Pod);
        context.Request.Headers.UserAgent = "kube-probe/1.36";
        context.RequestAborted = gone.Token;
        context.Response.Body = body;
        handling = endpoint.HandleAsync(context, ProbePath.Parse(target.Path)!, target);
        witnesses = [.. witness()];
    }

    /// <summary>True once there must be an answer.</summary>
    public bool IsDue => gone.IsCancellationRequested || witnesses.All(witness => witness.IsCompleted);

    /// <summary>True for the one who sent that probe.</summary>
    public bool IsOf(PlannedProbe probe) => ReferenceEquals(seen.Probe, probe);

    public void HangUp() => gone.Cancel();

    /// <summary>Takes the answer, which is due.</summary>
    public async Task ReadAsync(TimeSpan now, TimeSpan limit)
    {
        try
        {
            await handling.WaitAsync(limit);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return;
        }

        (seen.At, seen.Code, seen.Text) = (now, context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }

    public void Dispose()
    {
        gone.Dispose();
        body.Dispose();
    }
}
