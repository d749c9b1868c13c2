using NacGateway.Core.Authentication;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Web.Gate;
using NacGateway.Web.Portal.Pages;
using NacGateway.Web.Portal.Texts;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>Every request to the portal: headers, language, route, answer. What goes wrong becomes a page of ours with a reference.</summary>
internal sealed partial class PortalEndpoint(
    PortalRoutes routes,
    ClientAddress clients,
    PortalLink link,
    SessionTable sessions,
    LeaseTable leases,
    PageWriter writer,
    PortalSettings settings,
    ILogger<PortalEndpoint> log)
{
    private readonly Uri? _publicUrl = settings.Configured.PublicUrl is { } url ? PortalLink.Ascii(url) : null;

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PortalHeaders.Apply(context.Response);
        var request = Read(context);
        PortalResult result;
        try
        {
            result = await routes.RunAsync(request);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read an answer.
            return;
        }
        catch (StorageUnavailableException exception)
        {
            var reference = ReferenceCode.Next();
            Log.StorageUnavailable(log, reference, request.Client, exception.Message);
            result = PortalProblems.Show(request, StatusCodes.Status503ServiceUnavailable, "StorageUnavailable", reference);
        }
        catch (Exception exception)
        {
            var reference = ReferenceCode.Next();
            Log.Fault(log, exception, reference, request.Client);
            result = PortalProblems.Show(request, StatusCodes.Status500InternalServerError, "Unexpected", reference);
        }

        await WriteAsync(request, result);
    }

    private PortalRequest Read(HttpContext context)
    {
        var client = clients.Resolve(context);
        var chosen = PortalLanguage.Find(context.Request.Query["lang"]);
        var site = settings.Current;
        var address = _publicUrl ?? link.Url ?? new Uri("http://localhost");
        var path = context.Request.Path.Value ?? "/";
        var page = new PageContext
        {
            Language = chosen ?? PortalLanguage.Negotiate(context.Request.Headers.AcceptLanguage) ?? PortalLanguage.Find(site.DefaultLanguage)!,
            LanguageChosen = chosen is not null,
            Site = site,
            PublicUrl = address.GetLeftPart(UriPartial.Authority),
            PublicHost = address.Authority,
            DeviceAddress = client.ToString(),
            HardwareAddress = (sessions.TryGet(client, out var session) ? session.CallingStationId : null) ?? (leases.TryGet(client, out var lease) ? lease.Mac.ToString() : null),
            Path = PortalRoutes.PageBehind(path),
        };
        return new PortalRequest(context, client, page);
    }

    private Task WriteAsync(PortalRequest request, PortalResult result)
    {
        var context = request.Http;
        switch (result)
        {
            case PortalResult.Page page:
                return writer.WriteAsync(context, request.Page, page, context.RequestAborted);
            case PortalResult.SeeOther other:
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = request.Page.Link(other.Path);
                context.Response.ContentLength = 0;
                return Task.CompletedTask;
            case PortalResult.Nobody:
                context.Abort();
                return Task.CompletedTask;
            case PortalResult.Raw raw:
                context.Response.StatusCode = raw.Status;
                context.Response.ContentType = raw.ContentType;
                context.Response.ContentLength = raw.Body.Length;
                return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(raw.Body, context.RequestAborted).AsTask();
            default:
                throw new InvalidOperationException($"Nobody writes a {result.GetType().Name}.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7010, LogLevel.Error, "{Reference}: a page for {Client} could not be made")]
        public static partial void Fault(ILogger logger, Exception exception, string reference, System.Net.IPAddress client);

        [LoggerMessage(7011, LogLevel.Error, "{Reference}: {Client} was told to try again: {Reason}")]
        public static partial void StorageUnavailable(ILogger logger, string reference, System.Net.IPAddress client, string reason);
    }
}
