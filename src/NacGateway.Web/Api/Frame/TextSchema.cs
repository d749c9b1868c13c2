using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace NacGateway.Web.Api.Frame;

/// <summary>
/// Says in the document that instants and names of enumerations are texts. Converters write them, and what a converter writes the framework
/// does not know: without this a generated client has objects where there are times, and numbers where there are names.
/// </summary>
internal sealed class TextSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(context);
        var type = context.JsonTypeInfo.Type;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum || plain == typeof(DateTimeOffset))
        {
            schema.Type = plain == type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }
}
