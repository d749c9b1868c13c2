namespace NacGateway.Web.Api.Frame;

/// <summary>Metadata of a route whose answer must not be kept.</summary>
internal sealed class SecretAnswer
{
    public static SecretAnswer Instance { get; } = new();
}
