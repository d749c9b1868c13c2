namespace NacGateway.Web.Api.Frame;

/// <summary>Metadata of a route whose changes need If-Match.</summary>
internal sealed class VersionNeeded
{
    public static VersionNeeded Instance { get; } = new();
}
