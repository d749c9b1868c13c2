using NacGateway.Web.Tests.Gate.Forwarding;

namespace NacGateway.Web.Tests.Gate.Probes;

/// <summary>
/// How clients judge the answer to their probe, in words of our own after what each project publishes. Where a client follows a
/// redirect, the page behind it is taken for the portal's: an ordinary HTML page.
/// </summary>
internal static class Verdicts
{
    /// <summary>
    /// Android (AOSP NetworkStack: CaptivePortalProbeResult and the checks of NetworkMonitor before it). Of a 200 only a body of
    /// more than four octets is a portal; 511 counts as no Internet.
    /// </summary>
    public static Verdict Android(RawResponse answer) => answer.Status switch
    {
        204 => Verdict.Online,
        200 when answer.Body.Length <= 4 => Verdict.Failed,
        >= 200 and <= 399 => Verdict.Portal,
        _ => Verdict.Failed,
    };

    /// <summary>ChromeOS (ChromiumOS platform2, shill/network/portal_detector). Only 302 and 307 with a usable Location are a redirect.</summary>
    public static Verdict ChromeOs(RawResponse answer) => answer.Status switch
    {
        204 => Verdict.Online,
        200 => answer.Body.Length <= 1 ? Verdict.Online : Verdict.Portal,
        302 or 307 => IsHttpUrl(answer["Location"]) ? Verdict.Portal : Verdict.Failed,
        _ => Verdict.Failed,
    };

    /// <summary>Chrome and Chromium (chromium, components/captive_portal/core/captive_portal_detector): follow redirects, and know 511.</summary>
    public static Verdict Chromium(RawResponse answer) => answer.Status switch
    {
        511 => Verdict.Portal,
        >= 300 and <= 399 => IsHttpUrl(answer["Location"]) && answer["Location"]!.StartsWith("http://", StringComparison.Ordinal) ? Verdict.Portal : Verdict.Failed,
        >= 400 => Verdict.Failed,
        204 => Verdict.Online,
        200 when answer.Body.Length <= 1 => Verdict.Online,
        _ => Verdict.Portal,
    };

    /// <summary>Firefox (toolkit/components/captivedetect, CaptiveDetect.sys.mjs): the exact text or a sign-in; knows 511 by its RFC.</summary>
    public static Verdict Firefox(RawResponse answer, string expected) => answer.Status switch
    {
        200 when string.Equals(answer.Body, expected, StringComparison.Ordinal) => Verdict.Online,
        511 or (>= 200 and <= 399) => Verdict.Portal,
        _ => Verdict.Failed,
    };

    /// <summary>
    /// NetworkManager (src/core/nm-connectivity.c), and with it GNOME Shell and KDE Plasma, which open a browser when it says portal.
    /// With an expected text the status does not matter: what begins with the text is online.
    /// </summary>
    public static Verdict NetworkManager(RawResponse answer, string expected)
    {
        if (string.Equals(answer["X-NetworkManager-Status"], "online", StringComparison.OrdinalIgnoreCase))
        {
            return Verdict.Online;
        }

        var online = expected.Length != 0
            ? answer.Body.StartsWith(expected, StringComparison.Ordinal)
            : answer.Status == 204 || (answer.Status == 200 && answer.Body.Length == 0);
        return online ? Verdict.Online : Verdict.Portal;
    }

    /// <summary>Windows (NCSI, Microsoft's documentation of active probes): another text, or a status that is not 200, is a hotspot.</summary>
    public static Verdict Windows(RawResponse answer, string expected) =>
        answer.Status == 200 && string.Equals(answer.Body, expected, StringComparison.Ordinal) ? Verdict.Online : Verdict.Portal;

    /// <summary>iOS and macOS (closed source, by reports of portal projects): the page that says Success, or the sheet opens. 511 is unproven.</summary>
    public static Verdict Apple(RawResponse answer) => answer.Status switch
    {
        200 when answer.Body.Contains("<BODY>Success</BODY>", StringComparison.Ordinal) => Verdict.Online,
        200 => Verdict.Portal,
        301 or 302 or 303 or 307 => IsHttpUrl(answer["Location"]) ? Verdict.Portal : Verdict.Unproven,
        _ => Verdict.Unproven,
    };

    /// <summary>ConnMan (src/wispr.c): its own field says online; redirects lead to the portal; 511 is not handled.</summary>
    public static Verdict ConnMan(RawResponse answer) => answer.Status switch
    {
        200 => answer["X-ConnMan-Status"] is null ? Verdict.Portal : Verdict.Online,
        >= 300 and <= 399 => IsHttpUrl(answer["Location"]) ? Verdict.Portal : Verdict.Failed,
        _ => Verdict.Failed,
    };

    private static bool IsHttpUrl(string? location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
