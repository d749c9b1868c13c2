using NacGateway.Web.Portal.Pipeline;

namespace NacGateway.Web.Portal;

/// <summary>The pipeline of the portal's listeners: one endpoint, and nothing that answers beside it.</summary>
internal static class PortalPipeline
{
    /// <summary>Builds it into a branch of its own.</summary>
    public static void Build(IApplicationBuilder branch)
    {
        ArgumentNullException.ThrowIfNull(branch);
        var endpoint = branch.ApplicationServices.GetRequiredService<PortalEndpoint>();
        branch.Run(endpoint.InvokeAsync);
    }
}
