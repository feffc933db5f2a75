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
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(30);

    /// <summary>The pipeline around a prober's attempts.</summary>
    public static ResiliencePipeline<AttemptResult> Pipeline(TimeProvider timeProvider) =>
        new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<AttemptResult>
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { MayAskAgain: true }),
                MaxRetryAttempts = 2,
                Delay = FirstPause,
                BackoffType = DelayBackoffType.Linear,
            })
            .Build();
}
