using System.Diagnostics;
using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>A network namespace with loopback only, as the containers of a pod share it, and nginx in it as the app.</summary>
internal sealed class PodNamespace : IDisposable
{
    private static int count;

    private readonly string folder = Directory.CreateTempSubdirectory("probe-agent-app-").FullName;
    private readonly Process app;

    private PodNamespace()
    {
        var number = Interlocked.Increment(ref count);
        Name = string.Create(CultureInfo.InvariantCulture, $"probe-agent-{Environment.ProcessId}-{number}");
        Command.Run("ip", "netns", "add", Name);
        Command.Run("ip", "-n", Name, "link", "set", "lo", "up");
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log stderr notice;
            events { }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              server {
                listen 80;
                location = /status { return 200 "well\n"; }
                location = /metrics { default_type "text/plain; version=0.0.4"; return 200 "shop_orders_total 3\n"; }
              }
            }
            """);
        app = Process.Start(Describe("nginx", "-p", folder, "-c", "nginx.conf"))
            ?? throw new InvalidOperationException("nginx did not start.");
    }

    /// <summary>Its name for <c>ip netns</c>.</summary>
    public string Name { get; }

    /// <summary>Makes it, and waits until the app listens at port 80.</summary>
    public static async Task<PodNamespace> StartAsync()
    {
        var pod = new PodNamespace();
        try
        {
            // nginx says this after it has opened its listening sockets.
            await new ProcessOutput(pod.app).WaitForAsync("using the \"epoll\" event method", AgentProcess.Patience);
            return pod;
        }
        catch
        {
            pod.Dispose();
            throw;
        }
    }

    /// <summary>Freezes the app: the kernel goes on accepting its connections, nobody answers them.</summary>
    public void FreezeApp() => Command.Run("kill", "-STOP", app.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Lets it go on.</summary>
    public void ThawApp() => Command.Run("kill", "-CONT", app.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends the app at once.</summary>
    public void KillApp()
    {
        app.Kill();
        app.WaitForExit();
    }

    /// <summary>
    /// Asks the agent's public port once for each number of <c>[1-n]</c> in the path, each time on a connection of its
    /// own as the kubelet does, and returns the status codes.
    /// </summary>
    public string[] Ask(string path) =>
        Curl(
            "--header", "Connection: close", "--output", "/dev/null", "--write-out", "%{http_code}\\n", $"http://127.0.0.1:15081{path}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The page at a path of the agent's public port; fails where it is not answered by 2xx.</summary>
    public string Get(string path) => Curl("--fail", $"http://127.0.0.1:15081{path}");

    /// <summary>What curl writes in this namespace.</summary>
    public string Curl(params string[] arguments)
    {
        var start = Describe("curl", ["--silent", "--show-error", "--max-time", "60", .. arguments]);
        var result = Command.TryRun(start);
        Assert.True(result.ExitCode == 0, $"curl {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.Output}{result.Error}");
        return result.Output;
    }

    /// <summary>How a program is to be started in it.</summary>
    public ProcessStartInfo Describe(string program, params string[] arguments) =>
        Command.Describe("ip", ["netns", "exec", Name, program, .. arguments]);

    /// <summary>Ends the app and removes the namespace.</summary>
    public void Dispose()
    {
        KillApp();
        app.Dispose();
        Command.TryRun("ip", "netns", "delete", Name);
        Directory.Delete(folder, recursive: true);
    }
}
