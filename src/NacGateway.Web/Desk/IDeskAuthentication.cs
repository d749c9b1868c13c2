namespace NacGateway.Web.Desk;

/// <summary>Finds out who asks: by the cookie of a sign-in, or by an API key.</summary>
internal interface IDeskAuthentication
{
    /// <summary>Who asks; null for somebody unknown.</summary>
    Task<DeskUser?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken);
}
