using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace NacGateway.Web.Api.Frame;

/// <summary>What the document says about the API as a whole.</summary>
internal sealed class DocumentSummary : IOpenApiDocumentTransformer
{
    public const string Bearer = "key";
    public const string Cookie = "session";

    private const string Text =
        """
        Everything that the administrator's desk does, for programs.

        * **Who asks**: an API key as `Authorization: Bearer`. It has a role, as administrators have; `x-right` of an operation names the right that it takes.
        * **Lists** are paged by cursor: send `nextCursor` of one page as `cursor` for the next. `total=true` counts.
        * **Changes** of things that have a version take its `ETag` as `If-Match`: 428 without, 412 where somebody else was faster.
        * **Writes** take an `Idempotency-Key`: the same request under the same key, within 24 hours, is done once and answered alike, with `Idempotency-Replayed: true`.
        * **Errors** are problem details (RFC 9457); `type` is stable and leads to an explanation.
        * **Times** are RFC 3339 in UTC. Members that an operation does not know are refused.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        document.Info = new OpenApiInfo { Title = "NacGateway", Version = "v1", Description = Text };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key, made under Settings.",
        };
        document.Components.SecuritySchemes[Cookie] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = "nac-desk",
            Description = "The session of an administrator's browser, __Host-nac-desk over https; writes carry X-CSRF as well.",
        };
        return Task.CompletedTask;
    }
}
