using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>The app of the pod: tests/service-go on port 80, and for HTTPS and gRPC on two others, as an unprivileged user.</summary>
internal static class ServiceGo
{
    public const int Port = 80;

    public const int HttpsPort = 443;

    public const int GrpcPort = 9090;

    /// <summary>The user of the app's container, and so of its exec probes.</summary>
    public const int User = 1000;

    private static readonly string Authority = $"{Pod.Address}:{Port}";

    /// <summary>Starts it well, waits until it listens, and then lets happen to it what the condition says.</summary>
    public static async Task<PodProcess> StartAsync(NetworkNamespace pod, string binary, AppCondition condition)
    {
        var listen = condition == AppCondition.OnPodAddressOnly ? Authority : $":{Port}";
        string[] grpc = GoProgram.HasGrpc ? ["-grpc", $":{GrpcPort}"] : [];
        var start = PodProcess.Describe(pod, User, [binary, "-listen", listen, "-https", $":{HttpsPort}", .. grpc]);
        var process = await PodProcess.StartAsync(start, "listening on");
        try
        {
            await BecomeAsync(process, condition);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on that port alone, well, and waits until it listens.</summary>
    public static Task<PodProcess> StartOnAsync(NetworkNamespace pod, string binary, int port) =>
        PodProcess.StartAsync(PodProcess.Describe(pod, User, binary, "-listen", $":{port}"), "listening on");

    /// <summary>
    /// The exec probe that its owner would write, who knows where the app listens and what Host it wants:
    /// curl is in the image, and loopback will do unless it listens elsewhere.
    /// </summary>
    public static string[] ExecProbe(AppCondition condition) => condition switch
    {
        AppCondition.OnPodAddressOnly => [.. Curl, $"http://{Authority}/status"],
        AppCondition.ChoosyAboutHost => [.. Curl, "-H", $"Host: {Authority}", "http://127.0.0.1/status"],
        _ => [.. Curl, "http://127.0.0.1/status"],
    };

    /// <summary>Changes how the app answers, and waits until it does.</summary>
    public static async Task ObeyAsync(PodProcess process, string line)
    {
        await process.WriteLineAsync(line);
        await process.WaitForOutputAsync($"now: {line}");
    }

    private static string[] Curl => ["curl", "-fsS", "-o", "/dev/null", "--max-time", "1"];

    private static async Task BecomeAsync(PodProcess process, AppCondition condition)
    {
        switch (condition)
        {
            case AppCondition.ChoosyAboutHost:
                await ObeyAsync(process, $"host {Authority}");
                break;
            case AppCondition.Answers500:
                await ObeyAsync(process, "status 500");
                if (GoProgram.HasGrpc)
                {
                    await ObeyAsync(process, "grpc NOT_SERVING");
                }

                break;
            case AppCondition.Slow:
                await ObeyAsync(process, "delay 30s");
                break;
            case AppCondition.Killed:
                await process.KillAsync();
                break;
            case AppCondition.Frozen:
                await process.FreezeAsync();
                break;
            case AppCondition.Healthy or AppCondition.OnPodAddressOnly:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(condition), condition, "not a condition of this app");
        }
    }
}
