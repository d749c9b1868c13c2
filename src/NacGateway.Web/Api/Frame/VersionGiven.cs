namespace NacGateway.Web.Api.Frame;

/// <summary>Metadata of a route whose answers carry an ETag.</summary>
internal sealed class VersionGiven
{
    public static VersionGiven Instance { get; } = new();
}
