using System.Text;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>Things that an app does when it is asked.</summary>
public static class AppScripts
{
    /// <summary>Says nothing at all, and does not close.</summary>
    public static AppScript Silence { get; } = _ => Task.CompletedTask;

    /// <summary>Takes the question and resets the connection without a byte.</summary>
    public static AppScript Reset { get; } = async visit =>
    {
        await visit.HeadArrived;
        visit.Reset();
    };

    /// <summary>Takes the question and closes without a byte.</summary>
    public static AppScript Close { get; } = SendThenFinish("");

    /// <summary>Answers with <c>200</c> and a short body.</summary>
    public static AppScript Well { get; } = Status(200);

    /// <summary>A whole answer with this status.</summary>
    public static AppScript Status(int code, params string[] headers) => Send(Response(code, headers));

    /// <summary>The bytes of a whole answer with this status.</summary>
    public static string Response(int code, params string[] headers) =>
        code is 204 or 304 or (>= 100 and < 200)
            ? $"HTTP/1.1 {code} Said\r\n{Lines(headers)}\r\n"
            : $"HTTP/1.1 {code} Said\r\nContent-Length: 4\r\n{Lines(headers)}\r\nbody";

    /// <summary>Sends these bytes and leaves the connection open.</summary>
    public static AppScript Send(string bytes) => async visit =>
    {
        await visit.HeadArrived;
        await visit.TrySendAsync(bytes);
    };

    /// <summary>Sends these bytes and closes.</summary>
    public static AppScript SendThenFinish(string bytes) => async visit =>
    {
        await visit.HeadArrived;
        await visit.TrySendAsync(bytes);
        visit.FinishSending();
    };

    /// <summary>Sends these bytes, sees them taken off the wire, and resets the connection.</summary>
    public static AppScript SendThenReset(string bytes) => async visit =>
    {
        await visit.HeadArrived;
        await visit.TrySendAsync(bytes);
        // A reset throws away what the other side has not read yet, so it comes a little later.
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        visit.Reset();
    };

    /// <summary>Sends these bytes, then one byte each 50 ms for ever.</summary>
    public static AppScript Drip(string bytes, string drop) => async visit =>
    {
        await visit.HeadArrived;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var sent = await visit.TrySendAsync(bytes); sent && visit.IsOpen; sent = await visit.TrySendAsync(drop))
        {
            await timer.WaitForNextTickAsync();
        }
    };

    /// <summary>Sends these bytes, then the filling as fast as it is taken, for ever.</summary>
    public static AppScript Endless(string bytes, string filling) => async visit =>
    {
        await visit.HeadArrived;
        var chunk = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(filling, 64 * 1024 / filling.Length)));
        for (var sent = await visit.TrySendAsync(bytes); sent && visit.IsOpen;)
        {
            sent = await visit.TrySendAsync(chunk);
        }
    };

    /// <summary>Does the first thing on the first connections, the other on all after them.</summary>
    public static AppScript FirstTimes(int count, AppScript first, AppScript then)
    {
        var left = count;
        return visit => Interlocked.Decrement(ref left) >= 0 ? first(visit) : then(visit);
    }

    /// <summary>Does it only once the gate is open.</summary>
    public static AppScript When(Task gate, AppScript then) => async visit =>
    {
        await visit.HeadArrived;
        await gate;
        await then(visit);
    };

    /// <summary>Answers by the path that was asked.</summary>
    public static AppScript ByTarget(Func<string, string> answer) => async visit =>
    {
        await visit.HeadArrived;
        await visit.TrySendAsync(answer(visit.Target));
    };

    private static string Lines(string[] headers) => string.Concat(headers.Select(line => line + "\r\n"));
}
