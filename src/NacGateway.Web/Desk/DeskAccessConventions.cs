namespace NacGateway.Web.Desk;

/// <summary>How a route says who may use it.</summary>
internal static class DeskAccessConventions
{
    public static TBuilder RequireRight<TBuilder>(this TBuilder route, DeskRight right)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new DeskAccess(right));

    /// <summary>For the sign-in page, assets, and health.</summary>
    public static TBuilder AllowAnybody<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new DeskAccess(Right: null));

    /// <summary>For what a collector on the machine itself reads, and nobody else without a sign-in or a key.</summary>
    public static TBuilder RequireRightFromAfar<TBuilder>(this TBuilder route, DeskRight right)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new DeskAccess(right, IsOpenLocally: true));

    /// <summary>For what everybody has who is signed in, whatever his role: his own preferences, signing out.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new DeskAccess(DeskRight.None));
}
