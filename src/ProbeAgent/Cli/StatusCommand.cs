using System.CommandLine;
using System.Text;
using System.Text.Json;
using ProbeAgent.Configuration;
using ProbeAgent.Hosting;
using ProbeAgent.Status;

namespace ProbeAgent.Cli;

/// <summary><c>status</c>: what the running agent knows, from its admin port.</summary>
internal static class StatusCommand
{
    // Far more than a hundred checks that flap: what is longer comes from no agent.
    private const int MaxDocumentBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The command.</summary>
    public static Command Create(SettingOptions options)
    {
        var command = new Command("status", "Show what the running agent knows; exit code 0, or 1 where a check is down or no agent is reached.");
        var form = new Option<string>("--output", "-o")
        {
            Description = "text, for people, or json, the document as the agent gives it.",
            HelpName = "text|json",
            DefaultValueFactory = _ => "text",
        };
        form.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not ("text" or "json") and var value }])
            {
                result.AddError($"{result.IdentifierToken?.Value ?? form.Name}: '{value}' is no form of the status; write 'text' or 'json'");
            }
        });
        command.Options.Add(form);
        options.AddTo(command, Setting.Admin, Setting.ConfigFile, Setting.ConfigYaml);
        command.SetAction((parsed, _) => ShowAsync(options.Given(parsed), isText: parsed.GetValue(form) == "text"));
        return command;
    }

    private static async Task<int> ShowAsync(GivenSettings given, bool isText)
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
            var document = await FetchAsync(new Uri($"http://{admin}/status.json"));
            var status = JsonSerializer.Deserialize(document, StatusJson.Default.StatusDocument) is { Checks: not null } read
                ? read
                : throw new JsonException("not a status");
            Terminal.Write(isText ? StatusText.Render(status, Terminal.HasColours()) : document);
            return status.Status == "fail" ? ExitCode.No : ExitCode.Ok;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Complaint.About($"no agent answers on its admin port {admin} ({Setting.Admin.Variable}): is it running in this container?");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            Complaint.About(
                $"what answers on the admin port {admin} ({Setting.Admin.Variable}) is no agent, or one whose status this version cannot read");
        }

        return ExitCode.No;
    }

    // Another program may listen there.
    private static async Task<string> FetchAsync(Uri url)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = MaxDocumentBytes,
        };
        using var answer = await client.GetAsync(url);
        return answer.Content.Headers.ContentType?.MediaType == StatusDocument.ContentType
            ? Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync())
            : throw new JsonException("not a status");
    }
}
