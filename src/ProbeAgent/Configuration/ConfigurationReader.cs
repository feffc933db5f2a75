using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ProbeAgent.Configuration;

/// <summary>Makes a configuration of what the user gave, or says all that is wrong with it at once.</summary>
/// <param name="given">What the user gave.</param>
/// <param name="ofInterfaces">The addresses of the pod's interfaces.</param>
internal sealed partial class ConfigurationReader(GivenSettings given, IReadOnlyList<IPAddress> ofInterfaces)
{
    private const string Prefix = "PROBEAGENT_";

    private readonly List<ConfigurationMistake> mistakes = [];

    /// <summary>Reads everything.</summary>
    public ConfigurationOutcome Read()
    {
        foreach (var later in Setting.Later)
        {
            if (given[later] is { } value)
            {
                Refuse(value.Source, $"comes in a later version; this one knows one check, set by {Setting.Target.Variable}");
            }
        }

        var defaults = new AgentConfiguration { Checks = [] };
        var configuration = new AgentConfiguration
        {
            Listen = ReadListen() ?? defaults.Listen,
            Admin = ReadAdmin(defaults.Admin),
            Detail = ReadWord(Setting.Detail, defaults.Detail, ("reason", Detail.Reason), ("full", Detail.Full)),
            DrainMax = ReadWholeSeconds(Setting.DrainSeconds, 0, 3600) ?? defaults.DrainMax,
            LogLevel = ReadWord(Setting.LogLevel, defaults.LogLevel, ("error", LogLevel.Error), ("warning", LogLevel.Warning),
                ("info", LogLevel.Information), ("debug", LogLevel.Debug)),
            LogFormat = ReadWord(Setting.LogFormat, defaults.LogFormat, ("text", LogFormat.Text), ("json", LogFormat.Json)),
            Checks = ReadCheck() is { } check ? [check] : [],
        };
        RefuseOwnPorts(configuration);
        return new ConfigurationOutcome(mistakes.Count == 0 ? configuration : null, mistakes, [.. Warnings()]);
    }

    /// <summary>Reads the admin port and nothing else; null where it is off.</summary>
    public (ListenAddress? Admin, IReadOnlyList<ConfigurationMistake> Mistakes) ReadAdminOnly() =>
        (ReadAdmin(new AgentConfiguration { Checks = [] }.Admin), mistakes);

    private IEnumerable<string> Warnings() =>
        from name in given.UnknownVariables()
        let meant = NearestWord.Of(name[Prefix.Length..], [.. Setting.All.Select(setting => setting.Variable[Prefix.Length..])])
        select $"{name} is no setting of probe-agent and is ignored" + (meant is null ? "" : $"; did you mean {Prefix}{meant}?");

    private CheckConfiguration? ReadCheck()
    {
        Setting[] ofTheCheck = [Setting.Name, Setting.TimeoutSeconds, Setting.MaxAgeSeconds];
        if (given[Setting.Target] is not { } target)
        {
            var orphans = ofTheCheck.Select(setting => given[setting]).OfType<Given>().ToList();
            orphans.ForEach(orphan => Refuse(orphan.Source, $"belongs to the check of {Setting.Target.Variable}, which is not set"));
            if (orphans.Count == 0 && Setting.Later.All(setting => given[setting] is null))
            {
                Refuse(Setting.Target.Variable, "is not set, so there is nothing to ask. Set it to what the kubelet would have "
                    + $"asked, for example {Setting.Target.Variable}=:80/status (wherever in the pod port 80 is), or use --target :80/status");
            }

            return null;
        }

        var name = ReadName();
        var timeout = ReadWholeSeconds(Setting.TimeoutSeconds, 1, 300);
        var maxAge = ReadMaxAge();
        var (action, mistake) = TargetText.Parse(target.Text, ofInterfaces);
        if (action is null)
        {
            Refuse(target.Source, mistake);
            return null;
        }

        var check = new CheckConfiguration { Name = name, Container = name, Action = action };
        return check with { Timeout = timeout ?? check.Timeout, MaxAge = maxAge ?? check.MaxAge };
    }

    private string ReadName()
    {
        if (given[Setting.Name] is not { } name)
        {
            return "app";
        }

        if (!DnsLabel().IsMatch(name.Text))
        {
            Refuse(name.Source, $"'{name.Text}' is not a name; a name is a DNS label: at most 63 of a-z, 0-9 and '-', as in 'service-go'");
        }

        return name.Text;
    }

    private ListenAddress? ReadListen()
    {
        if (given[Setting.Listen] is not { } listen)
        {
            return null;
        }

        if (ListenAddress.Parse(listen.Text) is not { } address)
        {
            Refuse(listen.Source, $"'{listen.Text}' is not an address to listen on; write ':15081' or '10.0.0.7:15081'");
            return null;
        }

        RefuseReserved(listen.Source, address.Port);
        return address;
    }

    private ListenAddress? ReadAdmin(ListenAddress? byDefault)
    {
        if (given[Setting.Admin] is not { } admin)
        {
            return byDefault;
        }

        if (admin.Text == "off")
        {
            return null;
        }

        if (ListenAddress.Parse(admin.Text) is not { Address: { } address } parsed || !IPAddress.IsLoopback(address))
        {
            Refuse(admin.Source, $"'{admin.Text}' is not a loopback address and port; write '127.0.0.1:15082', or 'off'");
            return byDefault;
        }

        RefuseReserved(admin.Source, parsed.Port);
        return parsed;
    }

    private void RefuseReserved(string source, int port)
    {
        if (ReservedPorts.OwnerOf(port) is { } mesh)
        {
            Refuse(source, $"port {port} is reserved by {mesh} in its pods; take another, such as 15081");
        }
    }

    private void RefuseOwnPorts(AgentConfiguration configuration)
    {
        if (configuration.Admin is { } admin && admin.Port == configuration.Listen.Port)
        {
            Refuse((given[Setting.Admin] ?? given[Setting.Listen])?.Source ?? Setting.Admin.Variable,
                $"port {admin.Port} is both the public and the admin port; they must differ");
        }

        if (configuration.Checks.Count > 0 && configuration.OwnPorts.Contains(configuration.Checks[0].Action.Port))
        {
            Refuse(given[Setting.Target]!.Source,
                $"port {configuration.Checks[0].Action.Port} is the agent's own; a target is the port of the app");
        }
    }

    private TimeSpan? ReadWholeSeconds(Setting setting, int min, int max)
    {
        if (given[setting] is not { } value)
        {
            return null;
        }

        if (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= min && seconds <= max)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Refuse(value.Source, $"'{value.Text}' is not a whole number of seconds from {min} to {max}");
        return null;
    }

    private TimeSpan? ReadMaxAge()
    {
        if (given[Setting.MaxAgeSeconds] is not { } value)
        {
            return null;
        }

        if (decimal.TryParse(value.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 300)
        {
            return TimeSpan.FromSeconds((double)seconds);
        }

        Refuse(value.Source, $"'{value.Text}' is not a number of seconds from 0 to 300, such as 0.1");
        return null;
    }

    private T ReadWord<T>(Setting setting, T byDefault, params (string Word, T Value)[] known)
    {
        if (given[setting] is not { } value)
        {
            return byDefault;
        }

        foreach (var (word, meaning) in known)
        {
            if (word == value.Text)
            {
                return meaning;
            }
        }

        var words = known.Select(pair => pair.Word).ToArray();
        var meant = NearestWord.Of(value.Text, words);
        Refuse(value.Source, $"'{value.Text}' is not one of {string.Join(", ", words)}" + (meant is null ? "" : $"; did you mean '{meant}'?"));
        return byDefault;
    }

    private void Refuse(string source, string message) => mistakes.Add(new ConfigurationMistake(source, message));

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z")]
    private static partial Regex DnsLabel();
}
