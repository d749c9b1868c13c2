using System.Text.RegularExpressions;
using NacGateway.Core.Sessions;
using NacGateway.Web.Portal.Pages;
using NacGateway.Web.Portal.Texts;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>What a person reads out to the service desk.</summary>
internal sealed partial class HelpPages(SessionTable sessions, TimeProvider time)
{
    public PortalResult Show(PortalRequest request)
    {
        var (date, clock) = HumanUnits.Instant(time, time.GetUtcNow());
        var reference = request.Http.Request.Query["ref"].ToString();
        return new PortalResult.Page(StatusCodes.Status200OK, typeof(HelpPage), new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(HelpPage.Reference)] = Reference().IsMatch(reference) ? reference : null,
            [nameof(HelpPage.SignedIn)] = sessions.TryGet(request.Client, out _),
            [nameof(HelpPage.Time)] = date is null ? clock : $"{date} {clock}",
        });
    }

    /// <summary>Only what we could have made ourselves is shown: the page must not say what a link's author wants.</summary>
    [GeneratedRegex("^[0-9A-Z]{3}-[0-9A-Z]{3}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Reference();
}
