using System.CommandLine;
using ProbeAgent.Configuration;
using ProbeAgent.Hosting;
using ProbeAgent.Injection;

namespace ProbeAgent.Cli;

/// <summary><c>webhook</c>: injects the pods of a cluster when they are made.</summary>
internal sealed class WebhookCommand
{
    private static readonly WebhookConfiguration Defaults = new() { Injection = new InjectionOptions { Image = "" } };

    private readonly InjectionArguments injection = new(("none", PrometheusDiscovery.None), ("annotations", PrometheusDiscovery.Annotations));
    private readonly Option<string> listen = new("--listen")
    {
        HelpName = "address",
        Description = $"Where API servers ask, over TLS: ':port' or 'address:port'. Default: {Defaults.Listen}.",
    };

    private readonly Option<string> metricsListen = new("--metrics-listen")
    {
        HelpName = "address",
        Description = $"Where /metrics, /-/healthy and /-/ready are, without TLS. Default: {Defaults.MetricsListen}.",
    };

    private readonly Option<string> certificateFile = new("--tls-cert-file")
    {
        HelpName = "file",
        Description = $"The certificate, as PEM; read again when it changes. Default: {Defaults.CertificateFile}.",
    };

    private readonly Option<string> keyFile = new("--tls-key-file")
    {
        HelpName = "file",
        Description = $"Its private key, as PEM; read again when it changes. Default: {Defaults.KeyFile}.",
    };

    private readonly SettingOptions settings;

    private WebhookCommand(SettingOptions settings) => this.settings = settings;

    /// <summary>The command.</summary>
    public static Command Create(SettingOptions settings)
    {
        var webhook = new WebhookCommand(settings);
        var command = new Command("webhook", "Serve as a mutating admission webhook that injects pods when they are made: docs/webhook.md.");
        webhook.injection.AddTo(command);
        foreach (var option in new[] { webhook.listen, webhook.metricsListen, webhook.certificateFile, webhook.keyFile })
        {
            command.Options.Add(option);
        }

        settings.AddTo(command, Setting.LogLevel, Setting.LogFormat);
        command.SetAction((parsed, _) => webhook.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var (configuration, mistakes) = Read(parsed);
        if (configuration is null)
        {
            return Complaint.About(mistakes);
        }

        var signals = new EndingSignals();
        using var host = new WebhookHost(configuration, TimeProvider.System);
        if (await host.TryStartAsync() is { } problem)
        {
            return Complaint.About(problem);
        }

        await host.RunAsync(signals);
        return ExitCode.Ok;
    }

    private (WebhookConfiguration? Configuration, IReadOnlyList<string> Mistakes) Read(ParseResult parsed)
    {
        var (options, ofTheInjection) = injection.Read(parsed);
        List<string> mistakes = [.. ofTheInjection];
        var given = settings.Given(parsed);
        var configuration = Defaults with
        {
            Injection = options ?? Defaults.Injection,
            Listen = Address(parsed, listen, mistakes) ?? Defaults.Listen,
            MetricsListen = Address(parsed, metricsListen, mistakes) ?? Defaults.MetricsListen,
            CertificateFile = parsed.GetValue(certificateFile) ?? Defaults.CertificateFile,
            KeyFile = parsed.GetValue(keyFile) ?? Defaults.KeyFile,
            LogLevel = Word(given[Setting.LogLevel], ValueRule.LogLevels, Defaults.LogLevel, mistakes),
            LogFormat = Word(given[Setting.LogFormat], ValueRule.LogFormats, Defaults.LogFormat, mistakes),
        };
        if (configuration.Listen.Port == configuration.MetricsListen.Port)
        {
            mistakes.Add($"--listen and --metrics-listen are both at port {configuration.Listen.Port}; give them two");
        }

        return mistakes.Count == 0 ? (configuration, mistakes) : (null, mistakes);
    }

    private static ListenAddress? Address(ParseResult parsed, Option<string> option, List<string> mistakes)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        var address = ListenAddress.Parse(text);
        if (address is null)
        {
            mistakes.Add($"{option.Name}: '{text}' is not an address to listen on; write ':8443' or '10.0.0.7:8443'");
        }

        return address;
    }

    private static T Word<T>(Given? given, IReadOnlyList<(string Word, T Value)> words, T otherwise, List<string> mistakes)
    {
        if (given is null)
        {
            return otherwise;
        }

        var judged = ValueRule.OneOf(given.Text, words);
        if (judged.Wrong is { } wrong)
        {
            mistakes.Add($"{given.Source}: '{given.Text}' {wrong}");
        }

        return judged.Value ?? otherwise;
    }
}
