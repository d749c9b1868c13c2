namespace NacGateway.Web.Gate;

/// <summary>Where a redirected probe is led while the portal is https.</summary>
internal enum ProbeLanding
{
    /// <summary>A page of the portal's plain http listener, which answers 200 and leads on: every client sees the portal, whatever it thinks of the certificate.</summary>
    Page,

    /// <summary>The portal itself: one step less, for a certificate that all devices believe.</summary>
    Portal,
}
