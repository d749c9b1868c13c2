using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace NacGateway.Web.Api.Frame;

/// <summary>
/// Writes the names of an enumeration into a member that may be null, rather than "null, or what that schema says": generators of clients
/// make an empty class of that, which reads no name.
/// </summary>
internal sealed class NullableNames : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        foreach (var schema in document.Components?.Schemas?.Values.OfType<OpenApiSchema>() ?? [])
        {
            foreach (var (name, member) in schema.Properties?.ToList() ?? [])
            {
                if (Names(member) is { } names)
                {
                    schema.Properties![name] = names;
                }
            }
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema? Names(IOpenApiSchema member) =>
        member.OneOf is [{ Type: JsonSchemaType.Null }, OpenApiSchemaReference { Enum: { Count: > 0 } names } one]
            ? new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Enum = [.. names, JsonNullSentinel.JsonNull], Description = one.Description }
            : null;
}
