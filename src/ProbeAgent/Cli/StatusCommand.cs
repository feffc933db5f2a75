using System.CommandLine;
using System.Text.Json;
using ProbeAgent.Configuration;
using ProbeAgent.Hosting;
using ProbeAgent.Status;

namespace ProbeAgent.Cli;

/// <summary><c>status</c>: what the running agent knows, from its admin port.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The command.</summary>
    public static Command Create(SettingOptions options)
    {
        var command = new Command("status", "Show what the running agent knows; exit code 0, or 1 where a check is down or no agent is reached.");
        options.AddTo(command, Setting.Admin, Setting.ConfigFile, Setting.ConfigYaml);
        command.SetAction((parsed, _) => ShowAsync(options.Given(parsed)));
        return command;
    }

    private static async Task<int> ShowAsync(GivenSettings given)
    {
        var (admin, mistakes) = new ConfigurationReader(given, PodSurroundings.OfThisPod()).ReadAdminOnly();
        if (mistakes.Count > 0)
        {
            return Complaint.About(mistakes.Select(mistake => mistake.ToString()));
        }

        if (admin is null)
        {
            Complaint.About($"the agent's admin port is off ({Setting.Admin.Variable}), so it cannot be asked");
            return ExitCode.No;
        }

        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var answer = await client.GetAsync(new Uri($"http://{admin}/status.json"));
            var status = await ReadAsync(answer);
            Terminal.Write(StatusText.Render(status));
            return status.Status == "fail" ? ExitCode.No : ExitCode.Ok;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException or NotSupportedException)
        {
            Complaint.About($"no agent answers on its admin port {admin} ({Setting.Admin.Variable}): is it running in this container?");
            return ExitCode.No;
        }
    }

    // Another program may listen there.
    private static async Task<StatusDocument> ReadAsync(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == StatusDocument.ContentType
        && await answer.Content.ReadFromJsonAsync(StatusJson.Default.StatusDocument) is { Checks: not null } status
            ? status
            : throw new JsonException("not a status");
}
