using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

/// <summary>What a gRPC check makes of answers, also of such as no server should give.</summary>
public sealed class GrpcAnswerTests
{
    [Theory]
    [InlineData(0, "grpc_not_serving", "answered UNKNOWN")]
    [InlineData(2, "grpc_not_serving", "answered NOT_SERVING")]
    [InlineData(3, "grpc_unknown_service", "answered SERVICE_UNKNOWN")]
    [InlineData(77, "grpc_not_serving", "answered the unknown status 77")]
    public async Task ServingStatus_OtherThanServing_IsAFailure(byte status, string reason, string phrase)
    {
        await using var app = GrpcApp.Start(peer => GrpcApp.AnswerAsync(peer, GrpcApp.Frame(8, status)));

        Assert.Equal((reason, phrase), await GrpcApp.FailureAsync(app));
    }

    [Theory]
    [InlineData(5, "grpc_unknown_service", "answered NOT_FOUND \"why: not\": it does not know that service")]
    [InlineData(12, "grpc_unknown_service", "answered UNIMPLEMENTED \"why: not\": it has no grpc.health.v1.Health")]
    [InlineData(4, "grpc_not_serving", "answered DEADLINE_EXCEEDED \"why: not\"")]
    [InlineData(14, "grpc_not_serving", "answered UNAVAILABLE \"why: not\"")]
    [InlineData(99, "grpc_not_serving", "answered the unknown status 99 \"why: not\"")]
    public async Task GrpcStatus_InTrailersOnly_IsAFailure(int status, string reason, string phrase)
    {
        await using var app = GrpcApp.Start(peer => peer.SendHeadersAsync(true, GrpcApp.Head, GrpcApp.Type, $"grpc-status: {status}", "grpc-message: why%3a not"));

        Assert.Equal((reason, phrase), await GrpcApp.FailureAsync(app));
    }

    [Fact]
    public async Task GrpcStatus_AfterAMessage_Counts()
    {
        await using var app = GrpcApp.Start(peer => GrpcApp.AnswerAsync(peer, GrpcApp.Serving, "grpc-status: 13"));

        Assert.Equal(("grpc_not_serving", "answered INTERNAL"), await GrpcApp.FailureAsync(app));
    }

    [Fact]
    public async Task GrpcMessage_IsBoundedAndPrintable()
    {
        var message = "a%0Ab" + new string('x', 300);
        await using var app = GrpcApp.Start(peer => peer.SendHeadersAsync(true, GrpcApp.Head, GrpcApp.Type, "grpc-status: 2", $"grpc-message: {message}"));

        var (_, phrase) = await GrpcApp.FailureAsync(app);

        Assert.Equal($"answered UNKNOWN \"a b{new string('x', 197)}…\"", phrase);
    }

    [Fact]
    public async Task UnknownFields_AreSkipped()
    {
        await using var app = GrpcApp.Start(peer => GrpcApp.AnswerAsync(peer, GrpcApp.Frame(0x12, 2, 9, 9, 0x18, 0x80, 1, 0x25, 1, 2, 3, 4, 8, 1, 0x31, 1, 2, 3, 4, 5, 6, 7, 8)));

        var result = await GrpcApp.AskAsync(app.Port);

        Assert.True(result.Succeeded, result.Message);
    }

    [Fact]
    public async Task Interim_IsNoAnswer()
    {
        await using var app = GrpcApp.Start(async peer =>
        {
            await peer.SendHeadersAsync(false, ":status: 103");
            await GrpcApp.AnswerAsync(peer, GrpcApp.Serving);
        });

        var result = await GrpcApp.AskAsync(app.Port);

        Assert.True(result.Succeeded, result.Message);
    }

    [Theory]
    [InlineData(":status: 404", GrpcApp.Type, "answered HTTP 404: it speaks HTTP/2, but no gRPC")]
    [InlineData(":status: 502", "content-type: text/html", "answered HTTP 502: it speaks HTTP/2, but no gRPC")]
    [InlineData(GrpcApp.Head, "content-type: text/html", "answered with the content type \"text/html\": that is no gRPC")]
    [InlineData(GrpcApp.Head, "content-type: application/grpcx", "answered with the content type \"application/grpcx\": that is no gRPC")]
    [InlineData(GrpcApp.Head, "x-other: 1", "answered with no content type: that is no gRPC")]
    [InlineData(GrpcApp.Head, GrpcApp.Type, "answered without a grpc-status")]
    [InlineData(GrpcApp.Head, GrpcApp.Type + "\ngrpc-status: x", "answered without a grpc-status")]
    [InlineData(GrpcApp.Head, GrpcApp.Type + "+proto\ngrpc-status: 0", "answered OK without a message")]
    public async Task Head_ThatIsNoGrpc_IsAProtocolError(string status, string headers, string phrase)
    {
        await using var app = GrpcApp.Start(peer => peer.SendHeadersAsync(true, [status, .. headers.Split('\n')]));

        Assert.Equal(("protocol_error", phrase), await GrpcApp.FailureAsync(app));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 2, 8, 1 }, "answered with a compressed message, which it was not asked for")]
    [InlineData(new byte[] { 7, 0, 0, 0, 2, 8, 1 }, "answered with a broken frame")]
    [InlineData(new byte[] { 0, 0, 0 }, "answered with a broken frame")]
    [InlineData(new byte[] { 0, 0, 0, 0, 3, 8, 1 }, "answered with a broken frame")]
    [InlineData(new byte[] { 0, 255, 255, 255, 255, 8, 1 }, "answered with a broken frame")]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 8, 1, 0, 0, 0, 0, 2, 8, 1 }, "answered with more than one message")]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 8 }, "answered with a message that is no protobuf")]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 0x12, 9 }, "answered with a message that is no protobuf")]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 0x0b }, "answered with a message that is no protobuf")]
    public async Task Body_ThatIsBroken_IsAProtocolError(byte[] body, string phrase)
    {
        await using var app = GrpcApp.Start(peer => GrpcApp.AnswerAsync(peer, body));

        Assert.Equal(("protocol_error", phrase), await GrpcApp.FailureAsync(app));
    }

    [Fact]
    public async Task HugeBody_IsNotRead()
    {
        await using var app = GrpcApp.Start(async peer =>
        {
            await peer.SendHeadersAsync(false, GrpcApp.Head, GrpcApp.Type);
            await peer.SendAsync(Http2Peer.Data, 0, 1, new byte[16 * 1024]);
        });

        Assert.Equal(("protocol_error", "answered with more than 4 KiB"), await GrpcApp.FailureAsync(app));
    }

    [Fact]
    public async Task Body_WithoutTrailers_IsWithoutAStatus()
    {
        await using var app = GrpcApp.Start(async peer =>
        {
            await peer.SendHeadersAsync(false, GrpcApp.Head, GrpcApp.Type);
            await peer.SendAsync(Http2Peer.Data, Http2Peer.EndStream, 1, GrpcApp.Serving);
        });

        Assert.Equal(("protocol_error", "answered without a grpc-status"), await GrpcApp.FailureAsync(app));
    }
}
