using System.Text.Json;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using NacGateway.Web.Portal.Pipeline;

namespace NacGateway.Web.Portal.Api;

/// <summary>The Captive Portal API (RFC 8908), by which devices ask without guessing from intercepted probes.</summary>
internal sealed class CaptivePortalApi(SessionTable sessions, TimeProvider time, IOptions<PortalOptions> options)
{
    private const string MediaType = "application/captive+json";

    // Android opens the portal in the full browser instead of its restricted view where this key names a version it knows.
    private const string CustomTabs = "x-android-use-custom-tabs";
    private const long CustomTabsVersion = 361335020;

    // Some readers take the number for a 32-bit one.
    private const long MostSeconds = int.MaxValue;

    /// <summary>State of the device that asks (RFC 8908 section 5). Over plain http nothing is there, unless the settings say otherwise (section 4.1).</summary>
    public PortalResult Show(PortalRequest request)
    {
        if (!request.Http.Request.IsHttps && !options.Value.CaptiveApiOverHttp)
        {
            return PortalProblems.Show(request, StatusCodes.Status404NotFound, "NotFound");
        }

        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            var open = sessions.TryGet(request.Client, out var session);
            json.WriteStartObject();
            json.WriteBoolean("captive", !open);
            json.WriteString("user-portal-url", request.Page.PublicUrl + "/portal");
            if (!open)
            {
                json.WriteNumber(CustomTabs, CustomTabsVersion);
            }
            else
            {
                json.WriteBoolean("can-extend-session", value: false);
                if (session!.EndsAt is { } end)
                {
                    json.WriteNumber("seconds-remaining", Math.Clamp((long)(end - time.GetUtcNow()).TotalSeconds, 0, MostSeconds));
                }
            }

            json.WriteEndObject();
        }

        return new PortalResult.Raw(StatusCodes.Status200OK, MediaType, buffer.ToArray());
    }
}
