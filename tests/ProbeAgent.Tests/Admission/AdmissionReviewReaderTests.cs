using System.Text.Json.Nodes;

namespace ProbeAgent.Tests.Admission;

public sealed class AdmissionReviewReaderTests
{
    [Fact]
    public void Read_CreationOfAPod_KnowsWhatIsAsked()
    {
        var request = Reviews.Request(Reviews.Pod);

        Assert.Equal(("705ab4f5-6393-11e8-b7cc-42010a800002", "shop", "web-5d4f9c-"), (request.Uid, request.Namespace, request.Name));
        Assert.Equal("shop", request.Pod!["metadata"]!["namespace"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("operation", "\"UPDATE\"")]
    [InlineData("operation", "\"DELETE\"")]
    [InlineData("operation", "7")]
    [InlineData("operation", null)]
    [InlineData("subResource", "\"ephemeralcontainers\"")]
    [InlineData("subResource", "\"binding\"")]
    [InlineData("resource", """{"group": "", "version": "v1", "resource": "podtemplates"}""")]
    [InlineData("resource", """{"group": "example.com", "version": "v1", "resource": "pods"}""")]
    [InlineData("resource", "\"pods\"")]
    [InlineData("object", null)]
    [InlineData("object", "[]")]
    [InlineData("object", "\"a pod\"")]
    public void Read_AnythingElse_HasNoPod(string key, string? value)
    {
        var review = Reviews.Of(Reviews.Pod);
        review["request"]![key] = value is null ? null : JsonNode.Parse(value);

        var reading = Reviews.Read(review.ToJsonString());

        Assert.Null(reading.Mistake);
        Assert.Null(reading.Request!.Pod);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("no json", "JSON")]
    [InlineData("{\"a\": 1} trailing", "JSON")]
    [InlineData("{\"a\": \"\\ud800\"}", "JSON")]
    [InlineData("null", "AdmissionReview")]
    [InlineData("[]", "AdmissionReview")]
    [InlineData("{}", "AdmissionReview")]
    [InlineData("{\"apiVersion\": \"admission.k8s.io/v1beta1\", \"kind\": \"AdmissionReview\"}", "admission.k8s.io/v1")]
    [InlineData("{\"apiVersion\": {}, \"kind\": []}", "AdmissionReview")]
    [InlineData("{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\"}", "uid")]
    [InlineData("{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": []}", "uid")]
    [InlineData("{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": 7}}", "uid")]
    [InlineData("{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"\"}}", "uid")]
    public void Read_WhatIsNoReview_IsAMistakeThatSaysWhy(string text, string word)
    {
        var reading = Reviews.Read(text);

        Assert.Null(reading.Request);
        Assert.Contains(word, reading.Mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BytesThatAreNoText_AreAMistake() =>
        Assert.NotNull(ProbeAgent.Admission.AdmissionReviewReader.Read("\""u8.ToArray().Append((byte)0xff).Append((byte)'"').ToArray()).Mistake);

    [Fact]
    public void Read_DoubleKeys_TakesTheLast()
    {
        var text = Reviews.Of(Reviews.Pod).ToJsonString();

        var reading = Reviews.Read(text[..^2] + ", \"uid\": \"the-last\", \"namespace\": \"bank\", \"namespace\": \"mill\"}}");

        Assert.Equal(("the-last", "mill"), (reading.Request!.Uid, reading.Request.Namespace));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Read_DeeperThanAnyPod_IsAMistake(string open, string close)
    {
        var depth = 100_000;

        var reading = Reviews.Read(
            string.Concat(Enumerable.Repeat(open, depth)) + "0" + string.Concat(Enumerable.Repeat(close, depth)));

        Assert.Contains("JSON", reading.Mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MoreValuesThanAnyPod_IsAMistake()
    {
        var review = Reviews.Of("{\"metadata\": [" + string.Join(',', Enumerable.Repeat("0", 400_000)) + "]}").ToJsonString();

        Assert.Contains("more values", Reviews.Read(review).Mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LongNames_AreCut()
    {
        var review = Reviews.Of(Reviews.Pod);
        review["request"]!["namespace"] = new string('n', 10_000);

        Assert.Equal(253, Reviews.Read(review.ToJsonString()).Request!.Namespace.Length);
    }
}
