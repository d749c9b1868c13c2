using System.Net;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Desk;

/// <summary>
/// Under which names the desk answers. Another site can have its own name resolve to this machine (DNS rebinding), and a browser then takes
/// the desk for a part of that site; but it still says that name, and the desk does not know it.
/// </summary>
internal sealed class DeskHosts(IOptions<AdminOptions> options)
{
    private readonly HostString[] _public = [.. options.Value.PublicHosts.Select(host => new HostString(host))];

    /// <summary>Whether a request asks for the desk: by the address that it reached, by a loopback name from the machine itself, or by one of <c>Admin:PublicHosts</c>.</summary>
    public bool IsOurs(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var asked = context.Request.Host;
        var local = context.Connection.LocalIpAddress ?? IPAddress.None;
        if (local.IsIPv4MappedToIPv6)
        {
            local = local.MapToIPv4();
        }

        if (IPAddress.TryParse(asked.Host.Trim('[', ']'), out var address))
        {
            return address.Equals(local) || (IPAddress.IsLoopback(local) && IPAddress.IsLoopback(address)) || IsPublic(asked);
        }

        return (IPAddress.IsLoopback(local) && (asked.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || asked.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)))
            || IsPublic(asked);
    }

    /// <summary>Says so in plain words: whoever set up a name for the desk must learn what is missing. No cookie, no page.</summary>
    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("The administrator's desk does not answer under this name. Ask by its address, or add the name to Admin:PublicHosts.\n", context.RequestAborted);
    }

    /// <summary>Without a port a name stands for any: behind a proxy or a port that is led elsewhere the listener's own says nothing.</summary>
    private bool IsPublic(HostString asked)
    {
        foreach (var host in _public)
        {
            if (host.Host.Equals(asked.Host, StringComparison.OrdinalIgnoreCase) && (host.Port is null || host.Port == asked.Port))
            {
                return true;
            }
        }

        return false;
    }
}
