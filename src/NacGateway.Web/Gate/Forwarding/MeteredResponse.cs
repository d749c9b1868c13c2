using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>The response and a possible upgrade of one exchange, with their octets counted.</summary>
internal sealed class MeteredResponse(IHttpResponseBodyFeature body, IHttpUpgradeFeature? upgrade, Meter meter) : IHttpResponseBodyFeature, IHttpUpgradeFeature
{
    private MeteredStream? _stream;

    /// <summary>What counts it.</summary>
    public Meter Meter => meter;

    public Stream Stream => _stream ??= new MeteredStream(body.Stream, meter);

    /// <summary>Of the gateway's own pages only, which nobody pays for.</summary>
    public PipeWriter Writer => body.Writer;

    public bool IsUpgradableRequest => upgrade is { IsUpgradableRequest: true };

    /// <summary>Counts an exchange from here on.</summary>
    public static void Attach(HttpContext context, Meter meter)
    {
        var features = context.Features;
        var metered = new MeteredResponse(features.GetRequiredFeature<IHttpResponseBodyFeature>(), features.Get<IHttpUpgradeFeature>(), meter);
        features.Set<IHttpResponseBodyFeature>(metered);
        if (metered.IsUpgradableRequest)
        {
            features.Set<IHttpUpgradeFeature>(metered);
        }

        if (features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
        {
            context.Request.Body = new MeteredStream(context.Request.Body, meter);
        }
    }

    public async Task<Stream> UpgradeAsync() =>
        new MeteredStream(await (upgrade ?? throw new InvalidOperationException("This request cannot be upgraded.")).UpgradeAsync(), meter);

    public void DisableBuffering() => body.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => body.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        body.SendFileAsync(path, offset, count, cancellationToken);

    public Task CompleteAsync() => body.CompleteAsync();
}
