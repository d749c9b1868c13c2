using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Observability;

/// <summary>Names every error of the section at once, each with its key and what to do.</summary>
internal sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    /// <summary>The collector's URL; null when there is none, or when it is none.</summary>
    public static Uri? Endpoint(TelemetryOptions options) =>
        Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
            ? url
            : null;

    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> errors = [];
        var endpoint = Endpoint(options);
        if (!string.IsNullOrEmpty(options.OtlpEndpoint) && endpoint is null)
        {
            // Not quoted: whoever puts a token into a URL has put a secret there.
            errors.Add("Telemetry:OtlpEndpoint is not an http or https URL without user, query and fragment. Write for example https://otel.example.org:4317, or nothing to switch it off; a token belongs in Telemetry:OtlpHeadersFile.");
        }

        if (!(options.TraceSampleRatio is >= 0 and <= 1))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"Telemetry:TraceSampleRatio is {options.TraceSampleRatio}. Write a part from 0 (no traces) to 1 (all), such as 0.05."));
        }

        if (!string.IsNullOrEmpty(options.OtlpHeaders) && !string.IsNullOrEmpty(options.OtlpHeadersFile))
        {
            errors.Add("Telemetry:OtlpHeaders and Telemetry:OtlpHeadersFile are both set. Keep one.");
        }
        else if (OtlpHeaders.TryRead(options, out var problem) is not { } headers)
        {
            errors.Add(string.IsNullOrEmpty(options.OtlpHeadersFile)
                ? $"Telemetry:OtlpHeaders {problem}. Write fields as Authorization=Bearer%20TOKEN, several with commas between them."
                : $"Telemetry:OtlpHeadersFile '{options.OtlpHeadersFile}' {problem}. Name a file that this process may read, with fields as Authorization=Bearer%20TOKEN.");
        }
        else if (headers.Length > 0 && endpoint is { Scheme: "http" } && !IsHere(endpoint))
        {
            errors.Add("Telemetry:OtlpHeaders would cross the network in the clear. Write https in Telemetry:OtlpEndpoint, or send to a collector on this machine.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsHere(Uri url) => url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
