using System.Net;
using Microsoft.AspNetCore.Http;
using NacGateway.Core.Administration;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Tests.Admin;

/// <summary>Believes a header about who asks, so that tests of pages need no sign-in; the sign-in has tests of its own.</summary>
internal sealed class HeaderAuthentication : IDeskAuthentication
{
    public const string Role = "X-Test-Role";
    public const string Name = "X-Test-Name";
    public const string FormToken = "form-token-of-the-tests";

    public Task<DeskUser?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Enum.TryParse<DeskRole>(context.Request.Headers[Role], out var role)
            ? new DeskUser
            {
                Name = context.Request.Headers[Name] is [{ Length: > 0 } name] ? name : "tester",
                Role = role,
                Source = context.Connection.RemoteIpAddress ?? IPAddress.Loopback,
                FormToken = FormToken,
            }
            : null);
}
