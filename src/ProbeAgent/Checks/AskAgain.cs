using Polly;
using Polly.Retry;
using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>
/// Asks again where the app refused, or hung up before a byte: twice, 30 and 60 ms later, inside the same budget. Once it
/// has answered anything it is not asked again.
/// </summary>
internal static class AskAgain
{
    /// <summary>
    /// How long after its beginning a question may be repeated: what takes an app longer than that was no accident of its
    /// start, and a crash by a probe must not be caused three times.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(30);

    /// <summary>The pipeline around a prober's attempts.</summary>
    public static ResiliencePipeline<AttemptResult> Pipeline(TimeProvider timeProvider) =>
        new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<AttemptResult>
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { MayAskAgain: true }),
                MaxRetryAttempts = 2,
                DelayGenerator = static arguments => ValueTask.FromResult<TimeSpan?>(PauseAfter(arguments.AttemptNumber + 1)),
            })
            .Build();

    /// <summary>How long the pause is after so many attempts, the first being 1.</summary>
    public static TimeSpan PauseAfter(int attempts) => FirstPause * attempts;
}
