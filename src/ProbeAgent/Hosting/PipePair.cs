using System.IO.Pipelines;

namespace ProbeAgent.Hosting;

/// <summary>Two pipes, one for each direction.</summary>
internal sealed class PipePair(PipeReader input, PipeWriter output) : IDuplexPipe
{
    /// <inheritdoc/>
    public PipeReader Input => input;

    /// <inheritdoc/>
    public PipeWriter Output => output;
}
