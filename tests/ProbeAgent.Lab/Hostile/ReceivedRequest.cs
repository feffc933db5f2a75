namespace ProbeAgent.Lab.Hostile;

/// <summary>How a caller left its connection.</summary>
public enum CallerExit
{
    /// <summary>The app itself ended it, so it is not known.</summary>
    Unseen,

    /// <summary>By FIN.</summary>
    Closed,

    /// <summary>By RST.</summary>
    Reset,
}

/// <summary>One connection as the app saw it: each has one request at most.</summary>
public sealed class ReceivedRequest
{
    private readonly TaskCompletionSource<CallerExit> exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// The bytes of the request up to the empty line, or the beginning of what is none, as Latin-1; empty where none came, or
    /// none was waited for.
    /// </summary>
    public string Head { get; internal set; } = "";

    /// <summary>The first record of a TLS client; empty where none was waited for.</summary>
    public ReadOnlyMemory<byte> ClientHello { get; internal set; }

    /// <summary>True where what came, and was taken for a head, is the record by which TLS begins.</summary>
    public bool IsOfTls => Head.StartsWith('\u0016');

    /// <summary>True where it is of the agent's second look at an app that has failed, and of no probe.</summary>
    public bool IsOfASecondLook =>
        Head.Contains("probe-agent: TLS or plain here?", StringComparison.Ordinal) || HeaderLines.Contains("User-Agent: kube-probe/1.0+2");

    /// <summary>What was asked for: the request line between its first and its last space.</summary>
    public string Target => RequestLine.Split(' ') is [_, .. { Length: > 0 } target, _] ? string.Join(' ', target) : "";

    /// <summary>The first line.</summary>
    public string RequestLine => Head.Split("\r\n", 2)[0];

    /// <summary>The header lines in the order in which they came.</summary>
    public IReadOnlyList<string> HeaderLines => [.. Head.Split("\r\n").Skip(1).TakeWhile(line => line.Length > 0)];

    /// <summary>True where more bytes came after the head.</summary>
    public bool HasMore { get; private set; }

    /// <summary>How the caller left, once it has.</summary>
    public Task<CallerExit> Exit => exit.Task;

    /// <summary>How much longer the app was silent than it was told to be: a machine without time for it, not the answer.</summary>
    public TimeSpan Lateness { get; internal set; }

    internal void SaysMore() => HasMore = true;

    internal void Leaves(CallerExit how) => exit.TrySetResult(how);
}
