using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace NacGateway.Web.Tests.Observability;

/// <summary>A collector that takes OTLP by gRPC and by HTTP, and keeps what it was sent.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Headers, byte[] Body)> _requests = new();

    private OtlpCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public Uri Grpc => new(_app.Urls.First());

    public Uri Http => new(_app.Urls.Last());

    public IEnumerable<string> Paths => _requests.Select(request => request.Path);

    public IEnumerable<string> Headers => _requests.Select(request => request.Headers);

    /// <summary>Everything that was sent, as text of one octet a character.</summary>
    public string Octets => string.Concat(_requests.Select(request => Encoding.Latin1.GetString(request.Body)));

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Resources =>
        [.. _requests.SelectMany(request => ProtobufMessage.Parse(request.Body).Messages(1)).Select(part => part.Message(1).Attributes(1))];

    public IReadOnlyList<OtlpSpan> Spans =>
    [
        .. from request in _requests
           where request.Path.Contains("race", StringComparison.Ordinal)
           from resource in ProtobufMessage.Parse(request.Body).Messages(1)
           from scope in resource.Messages(2)
           from span in scope.Messages(2)
           select new OtlpSpan(scope.Message(1).Text(1), span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), span.Attributes(9)),
    ];

    public IReadOnlyList<OtlpMetric> Metrics =>
    [
        .. from request in _requests
           where request.Path.Contains("etrics", StringComparison.Ordinal)
           from resource in ProtobufMessage.Parse(request.Body).Messages(1)
           from scope in resource.Messages(2)
           from metric in scope.Messages(2)
           select new OtlpMetric(scope.Message(1).Text(1), metric.Text(1), metric.Text(3), metric.Has(9)),
    ];

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var isGrpc = context.Request.ContentType == "application/grpc";

        // In front of a message of gRPC: a mark of compression and four octets of length.
        var message = body.ToArray()[(isGrpc ? 5 : 0)..];
        _requests.Enqueue((context.Request.Path, string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")), message));
        context.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
        if (isGrpc)
        {
            await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
            context.Features.Get<IHttpResponseTrailersFeature>()!.Trailers["grpc-status"] = "0";
        }
    }
}
