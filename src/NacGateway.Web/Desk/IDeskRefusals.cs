using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk;

/// <summary>How the desk says no: as a page, or as problem details to a program.</summary>
internal interface IDeskRefusals
{
    Task NotFoundAsync(HttpContext context);

    /// <summary>Nobody is signed in.</summary>
    Task SignInAsync(HttpContext context);

    /// <summary>His role does not allow it.</summary>
    Task ForbiddenAsync(HttpContext context, DeskUser user, IReadOnlyList<DeskRole> roles);

    /// <summary>The request comes from another site, or from a form that is too old.</summary>
    Task ForeignAsync(HttpContext context);

    /// <summary>For another reason.</summary>
    Task DeclineAsync(HttpContext context, int status, string title, string text);
}
