using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing.Wire;

/// <summary>Apps that are asked for their health by gRPC, and the asking.</summary>
internal static class GrpcApp
{
    public const string Head = ":status: 200";
    public const string Type = "content-type: application/grpc";

    /// <summary>The answer of an app that is well.</summary>
    public static byte[] Serving { get; } = Frame(8, 1);

    /// <summary>An app that does so once it has been asked.</summary>
    public static FakeApp Start(Func<Http2Peer, Task> answer, System.Net.IPAddress? address = null) => new(
        async (socket, end) =>
        {
            var peer = new Http2Peer(new NetworkStream(socket), end);
            await peer.ReceiveRequestAsync();
            await answer(peer);
            await peer.UntilLeftAsync();
        },
        address);

    public static async Task AnswerAsync(Http2Peer peer, byte[] body, string trailer = "grpc-status: 0")
    {
        await peer.SendHeadersAsync(false, Head, Type);
        await peer.SendAsync(Http2Peer.Data, 0, 1, body);
        await peer.SendHeadersAsync(true, trailer);
    }

    public static async Task AnswerAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(body);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    public static byte[] Frame(params byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public static GrpcProber Prober(GrpcTarget target, TimeProvider? time = null) =>
        new(target, new PodConnector(target.Host), time ?? TimeProvider.System);

    public static Task<AttemptResult> AskAsync(int port, string service = "", TimeProvider? time = null) =>
        Asker.AskAsync(Prober(new GrpcTarget(Asker.Loopback, port, service), time), time);

    public static Task<AttemptResult> AskTlsAsync(int port, Authorities? authorities) =>
        Asker.AskAsync(Prober(new GrpcTarget(Asker.Loopback, port, "") { IsTls = true, Authorities = authorities }));

    // The reason's word, and the sentence between what was asked and after how long.
    public static async Task<(string Reason, string Phrase)> FailureAsync(FakeApp app)
    {
        var result = await AskAsync(app.Port);
        var begin = $"gRPC 127.0.0.1:{app.Port} ";
        Assert.StartsWith(begin, result.Message, StringComparison.Ordinal);
        return (
            result.Reason is { } reason ? ReasonWord.Of(reason) : "",
            result.Message[begin.Length..result.Message.LastIndexOf(", after ", StringComparison.Ordinal)]);
    }
}
