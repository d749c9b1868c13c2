namespace NacGateway.Web.Api.Frame;

/// <summary>Metadata of a route that answers 404 though no part of its path names anything.</summary>
internal sealed class MayMiss
{
    public static MayMiss Instance { get; } = new();
}
