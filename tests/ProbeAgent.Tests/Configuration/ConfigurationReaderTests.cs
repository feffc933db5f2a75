using System.Net;
using ProbeAgent.Configuration;

namespace ProbeAgent.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Read_OneVariable_IsEnough()
    {
        var configuration = Reading.Of(("PROBEAGENT_TARGET", ":80/status")).Configuration!;

        var check = Assert.Single(configuration.Checks);
        Assert.Equal("app", check.Name);
        Assert.Equal("app", check.Container);
        Assert.Equal([ProbeKind.Liveness, ProbeKind.Readiness, ProbeKind.Startup], check.Probes);
        Assert.Equal(new HttpGetAction(PodHost.Auto, 80, "/status", ""), check.Action);
        Assert.Equal(TimeSpan.FromSeconds(1), check.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(0.1), check.MaxAge);
        Assert.Equal(new ListenAddress(null, 15081), configuration.Listen);
        Assert.Equal(new ListenAddress(IPAddress.Loopback, 15082), configuration.Admin);
        Assert.Equal(Detail.Reason, configuration.Detail);
        Assert.Equal(TimeSpan.FromSeconds(25), configuration.DrainMax);
        Assert.Equal(LogFormat.Text, configuration.LogFormat);
    }

    [Fact]
    public void Read_EveryVariable_IsHeeded()
    {
        var configuration = Reading.Of(
            ("PROBEAGENT_TARGET", "tcp://10.0.0.5:6379"),
            ("PROBEAGENT_NAME", "redis"),
            ("PROBEAGENT_TIMEOUT_SECONDS", "300"),
            ("PROBEAGENT_MAX_AGE_SECONDS", "0.25"),
            ("PROBEAGENT_LISTEN", "[::1]:16000"),
            ("PROBEAGENT_ADMIN", "off"),
            ("PROBEAGENT_DETAIL", "full"),
            ("PROBEAGENT_DRAIN_SECONDS", "0"),
            ("PROBEAGENT_LOG_LEVEL", "debug"),
            ("PROBEAGENT_LOG_FORMAT", "json")).Configuration!;

        var check = configuration.Checks[0];
        Assert.Equal("tcp://10.0.0.5:6379", check.Action.ToString());
        Assert.Equal("redis", check.Name);
        Assert.Equal(TimeSpan.FromSeconds(300), check.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(0.25), check.MaxAge);
        Assert.Equal("[::1]:16000", configuration.Listen.ToString());
        Assert.Null(configuration.Admin);
        Assert.Equal(Detail.Full, configuration.Detail);
        Assert.Equal(TimeSpan.Zero, configuration.DrainMax);
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Debug, configuration.LogLevel);
        Assert.Equal(LogFormat.Json, configuration.LogFormat);
    }

    [Fact]
    public void Read_AnOption_GoesBeforeItsVariableAndNoOther()
    {
        var configuration = Reading.Of(
            [(Setting.TimeoutSeconds, "2")],
            [("PROBEAGENT_TARGET", ":80/"), ("PROBEAGENT_TIMEOUT_SECONDS", "3"), ("PROBEAGENT_NAME", "web")]).Configuration!;

        Assert.Equal(TimeSpan.FromSeconds(2), configuration.Checks[0].Timeout);
        Assert.Equal("web", configuration.Checks[0].Name);
    }

    [Theory]
    [InlineData("PROBEAGENT_TARGET", "localhost:80/x", "PROBEAGENT_TARGET: 'localhost:80/x' is not a target; did you mean 'http://localhost:80/x'?")]
    [InlineData("PROBEAGENT_TARGET", "80", "PROBEAGENT_TARGET: '80' is not a target; did you mean ':80/'?")]
    [InlineData("PROBEAGENT_TARGET", "/status", "PROBEAGENT_TARGET: '/status' is not a target; a port is missing; did you mean ':80/status'?")]
    [InlineData("PROBEAGENT_TARGET", ":http/status", "PROBEAGENT_TARGET: ':http/status' has the port 'http'; a port is a number from 1 to 65535, as in ':80/status'")]
    [InlineData("PROBEAGENT_TARGET", ":/status", "PROBEAGENT_TARGET: ':/status' has the port ''; a port is a number from 1 to 65535, as in ':80/status'")]
    [InlineData("PROBEAGENT_TARGET", ":80/status\n", "PROBEAGENT_TARGET: ':80/status�' has a line break or another control character in it; did it come from a file with an end of line?")]
    [InlineData("PROBEAGENT_TARGET", " :80/x", "PROBEAGENT_TARGET: ' :80/x' is not a target; there is a space before or after it; leave that out")]
    [InlineData("PROBEAGENT_TARGET", "tcp://6379", "PROBEAGENT_TARGET: 'tcp://6379' has 6379 where a host is; did you mean 'tcp://:6379'?")]
    [InlineData("PROBEAGENT_TARGET", ":0/", "PROBEAGENT_TARGET: ':0/' has the port '0'; a port is a number from 1 to 65535, as in ':80/status'")]
    [InlineData("PROBEAGENT_TARGET", "grpc://:9090/a service", "PROBEAGENT_TARGET: 'grpc://:9090/a service' asks for 'a service', which is not the name of a gRPC service; write 'grpc://:9090' or 'grpc://:9090/shop.v1.Orders'")]
    [InlineData("PROBEAGENT_TARGET", "udp://:53", "PROBEAGENT_TARGET: 'udp://:53' has the scheme 'udp', which is no kind of check; write ':80/status', 'https://:8443/status', 'tcp://:6379' or 'grpc://:9090'")]
    [InlineData("PROBEAGENT_TARGET", "tcp://:6379/x", "PROBEAGENT_TARGET: 'tcp://:6379/x' has a path, and a TCP check has none; write 'tcp://:6379'")]
    [InlineData("PROBEAGENT_TARGET", "tcp://127.0.0.1", "PROBEAGENT_TARGET: 'tcp://127.0.0.1' has the port ''; a port is a number from 1 to 65535, as in ':80/status'")]
    [InlineData("PROBEAGENT_TARGET", ":80/a%b", "PROBEAGENT_TARGET: ':80/a%b' has a '%' that is not followed by two hexadecimal digits; a percent sign itself is '%25'")]
    [InlineData("PROBEAGENT_TARGET", ":80/a#b", "PROBEAGENT_TARGET: ':80/a#b' has a '#', and what follows it is never sent to a server; leave it out")]
    [InlineData("PROBEAGENT_TARGET", ":80//a", "PROBEAGENT_TARGET: ':80//a' begins with two slashes, and the kubelet takes what follows them for a host name; a path begins with one")]
    [InlineData("PROBEAGENT_TARGET", ":15081/", "PROBEAGENT_TARGET: port 15081 is the agent's own; a target is the port of the app")]
    [InlineData("PROBEAGENT_TARGET", ":15082/", "PROBEAGENT_TARGET: port 15082 is the agent's own; a target is the port of the app")]
    [InlineData("PROBEAGENT_NAME", "My_App", "PROBEAGENT_NAME: 'My_App' is not a name; a name is a DNS label: at most 63 of a-z, 0-9 and '-', as in 'service-go'")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "0", "PROBEAGENT_TIMEOUT_SECONDS: '0' is not a whole number of seconds from 1 to 300")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "1.5", "PROBEAGENT_TIMEOUT_SECONDS: '1.5' is not a whole number of seconds from 1 to 300")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "301", "PROBEAGENT_TIMEOUT_SECONDS: '301' is not a whole number of seconds from 1 to 300")]
    [InlineData("PROBEAGENT_MAX_AGE_SECONDS", "-1", "PROBEAGENT_MAX_AGE_SECONDS: '-1' is not a number of seconds from 0 to 300, such as 0.1")]
    [InlineData("PROBEAGENT_LISTEN", "15081", "PROBEAGENT_LISTEN: '15081' is not an address to listen on; write ':15081' or '10.0.0.7:15081'")]
    [InlineData("PROBEAGENT_LISTEN", ":15020", "PROBEAGENT_LISTEN: ':15020' is at a port that is reserved by Istio in its pods; take another, such as 15081")]
    [InlineData("PROBEAGENT_LISTEN", ":4191", "PROBEAGENT_LISTEN: ':4191' is at a port that is reserved by Linkerd in its pods; take another, such as 15081")]
    [InlineData("PROBEAGENT_LISTEN", ":9001", "PROBEAGENT_LISTEN: ':9001' is at a port that is reserved by Kuma in its pods; take another, such as 15081")]
    [InlineData("PROBEAGENT_LISTEN", ":15082", "PROBEAGENT_LISTEN: port 15082 is both the public and the admin port; they must differ")]
    [InlineData("PROBEAGENT_ADMIN", ":15082", "PROBEAGENT_ADMIN: ':15082' is not a loopback address and port; write '127.0.0.1:15082', or 'off'")]
    [InlineData("PROBEAGENT_ADMIN", "10.0.0.5:15082", "PROBEAGENT_ADMIN: '10.0.0.5:15082' is not a loopback address and port; write '127.0.0.1:15082', or 'off'")]
    [InlineData("PROBEAGENT_DETAIL", "ful", "PROBEAGENT_DETAIL: 'ful' is not one of reason, full; did you mean 'full'?")]
    [InlineData("PROBEAGENT_DRAIN_SECONDS", "3601", "PROBEAGENT_DRAIN_SECONDS: '3601' is not a whole number of seconds from 0 to 3600")]
    [InlineData("PROBEAGENT_LOG_LEVEL", "verbose", "PROBEAGENT_LOG_LEVEL: 'verbose' is not one of error, warning, info, debug")]
    [InlineData("PROBEAGENT_LOG_FORMAT", "JSON", "PROBEAGENT_LOG_FORMAT: 'JSON' is not one of text, json; did you mean 'json'?")]
    [InlineData("PROBEAGENT_METRICS_TARGET", "tcp://:80", "PROBEAGENT_METRICS_TARGET: 'tcp://:80' is no page; write ':80/metrics' or 'https://:8443/metrics'")]
    [InlineData("PROBEAGENT_CONFIG", "/nowhere/x.yaml", "PROBEAGENT_CONFIG: there is no file '/nowhere/x.yaml'")]
    [InlineData("PROBEAGENT_CONFIG_YAML", "checks: []", "PROBEAGENT_CONFIG_YAML:1:9: checks is an empty list; leave the key out, or write what belongs there")]
    public void Read_AMistake_SaysWhereWhatAndWhatWouldBeRight(string variable, string value, string expected)
    {
        var variables = new Dictionary<string, string> { ["PROBEAGENT_TARGET"] = ":80/status", [variable] = value };

        var outcome = Reading.Of([.. variables.Select(pair => (pair.Key, pair.Value))]);

        Assert.Null(outcome.Configuration);
        Assert.Equal(expected, Assert.Single(outcome.Mistakes).ToString());
    }

    [Theory]
    [InlineData("http://example.com:80/")]
    [InlineData("http://10.0.0.6:80/")]
    [InlineData("http://127.1:80/")]
    [InlineData("http://[fd00::6]:80/")]
    [InlineData("tcp://0.0.0.0:80")]
    public void Read_AHostOutsideThePod_IsRefused(string target)
    {
        var mistake = Assert.Single(Reading.Of(("PROBEAGENT_TARGET", target)).Mistakes);

        Assert.Contains("is not in this pod", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralMistakes_AreAllThere() =>
        Assert.Equal(
            3,
            Reading.Of(("PROBEAGENT_TARGET", "x"), ("PROBEAGENT_NAME", "X"), ("PROBEAGENT_DETAIL", "x")).Mistakes.Count);

    [Fact]
    public void Read_Nothing_SaysWhatToSetWithAnExample()
    {
        var mistake = Assert.Single(Reading.Of().Mistakes);

        Assert.Equal("PROBEAGENT_TARGET", mistake.Source);
        Assert.Contains("PROBEAGENT_TARGET=:80/status", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PROBEAGENT_NAME", "app")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "1")]
    [InlineData("PROBEAGENT_MAX_AGE_SECONDS", "1")]
    public void Read_WhatBelongsToATarget_IsAMistakeWithoutOne(string variable, string value) =>
        Assert.Equal(
            $"{variable}: belongs to the check of PROBEAGENT_TARGET, which is not set",
            Assert.Single(Reading.Of((variable, value)).Mistakes).ToString());

    [Fact]
    public void Read_AnUnknownVariable_WarnsAndNeverFails()
    {
        var outcome = Reading.Of(
            ("PROBEAGENT_TARGET", ":80/"), ("PROBEAGENT_PORT", "15099"), ("PROBEAGENT_TIMEOUT", "1"), ("PROBEAGENT_XYZZY_FROTZ", "1"));

        Assert.NotNull(outcome.Configuration);
        Assert.Equal(
            [
                "PROBEAGENT_PORT is no setting of probe-agent and is ignored",
                "PROBEAGENT_TIMEOUT is no setting of probe-agent and is ignored; did you mean PROBEAGENT_TIMEOUT_SECONDS?",
                "PROBEAGENT_XYZZY_FROTZ is no setting of probe-agent and is ignored",
            ],
            outcome.Warnings);
    }

    [Theory]
    [InlineData("PROBEAGENT_PORT")]
    [InlineData("PROBEAGENT_PORT_443_TCP")]
    [InlineData("PROBEAGENT_PORT_443_TCP_PROTO")]
    [InlineData("PROBEAGENT_PORT_443_TCP_PORT")]
    [InlineData("PROBEAGENT_PORT_443_TCP_ADDR")]
    [InlineData("PROBEAGENT_SERVICE_HOST")]
    [InlineData("PROBEAGENT_SERVICE_PORT")]
    [InlineData("PROBEAGENT_SERVICE_PORT_HTTPS")]
    [InlineData("PROBEAGENT_WEBHOOK_SERVICE_HOST")]
    public void Read_AServiceLink_IsIgnoredSilently(string variable) =>
        Assert.Empty(Reading.Of(("PROBEAGENT_TARGET", ":80/"), (variable, "tcp://10.0.0.1:443")).Warnings);
}
