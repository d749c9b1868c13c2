namespace NacGateway.Web.Api.Frame;

/// <summary>Metadata of a route whose requests hold a secret, such as a password.</summary>
internal sealed class SecretRequest
{
    public static SecretRequest Instance { get; } = new();
}
