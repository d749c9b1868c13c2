using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>Reads a posted form within bounds: 16 KB, few short fields, URL-encoded only. Files have no business here.</summary>
internal static class FormReader
{
    /// <summary>Largest body that is read: a user name of 253 and a password of 128 octets, each percent-encoded, fit ten times over.</summary>
    public const int MaxBody = 16 * 1024;

    private static readonly FormOptions Limits = new()
    {
        BufferBodyLengthLimit = MaxBody,
        MemoryBufferThreshold = MaxBody,
        ValueCountLimit = 16,
        KeyLengthLimit = 64,
        ValueLengthLimit = 8 * 1024,
    };

    /// <summary>The form; or null and the status that says why not, which is 499 when the client has gone in its middle and nobody is left to read it.</summary>
    public static async Task<(IFormCollection? Form, int Status)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return (null, StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.ContentLength > MaxBody)
        {
            return (null, StatusCodes.Status413PayloadTooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBody;
        }

        try
        {
            return (await request.ReadFormAsync(Limits, cancellationToken), StatusCodes.Status200OK);
        }
        catch (BadHttpRequestException exception)
        {
            return (null, exception.StatusCode);
        }
        catch (IOException)
        {
            return (null, StatusCodes.Status499ClientClosedRequest);
        }
        catch (InvalidDataException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }
}
