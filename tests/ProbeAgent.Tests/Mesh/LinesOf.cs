using Microsoft.Extensions.Logging;

namespace ProbeAgent.Tests.Mesh;

/// <summary>A log that is read by a test.</summary>
internal sealed class LinesOf<T> : ILogger<T>
{
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<(LogLevel Level, int Id, string Text)> All { get; } = [];

    /// <summary>Completes with the first line.</summary>
    public Task First => first.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        All.Add((logLevel, eventId.Id, formatter(state, exception)));
        first.TrySetResult();
    }
}
