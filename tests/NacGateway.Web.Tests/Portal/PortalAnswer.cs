using System.Net;
using System.Text.RegularExpressions;

namespace NacGateway.Web.Tests.Portal;

/// <summary>An answer of the portal, read whole.</summary>
/// <param name="Status">Status code.</param>
/// <param name="Headers">Header fields; several of one name joined by a comma.</param>
/// <param name="Html">The body as text.</param>
public sealed partial record PortalAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Html)
{
    /// <summary>The hidden token of the page's form; empty if it has none.</summary>
    public string Token => HiddenToken.Match(Html).Groups["value"].Value;

    /// <summary>The reference code that the page shows; empty if it shows none.</summary>
    public string Reference => ReferenceCode.Match(Html).Groups["code"].Value;

    public string Location => Headers.GetValueOrDefault("Location", "");

    public static async Task<PortalAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        response.StatusCode,
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsStringAsync(cancellationToken));

    [GeneratedRegex("name=\"token\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenToken { get; }

    [GeneratedRegex(@"<code dir=""ltr"">(?<code>[0-9A-Z]{3}-[0-9A-Z]{3})</code>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReferenceCode { get; }
}
