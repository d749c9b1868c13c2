using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Api.Frame;

/// <summary>The OpenAPI document of the API: made once from the routes as they are, then given out as it is.</summary>
internal sealed class ApiDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider) : IDisposable
{
    /// <summary>Where every route of the API begins.</summary>
    public const string Root = "/api/v1";

    /// <summary>Where the document is.</summary>
    public const string Address = "/openapi/v1.json";

    private const string Name = "v1";

    private readonly SemaphoreSlim _making = new(1);
    private byte[]? _made;

    /// <summary>Version of the program.</summary>
    public static string Program { get; } = typeof(ApiDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static void AddServices(IServiceCollection services)
    {
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => ("/" + description.RelativePath + "/").StartsWith(Root + "/", StringComparison.Ordinal);
            options.AddDocumentTransformer<DocumentSummary>();
            options.AddDocumentTransformer<NullableNames>();
            options.AddOperationTransformer<OperationDetails>();
            options.AddSchemaTransformer<TextSchema>();
        });
        services.AddSingleton<ApiDocument>();
    }

    public static void Map(IEndpointRouteBuilder desk) =>
        desk.MapGet(Address, (HttpContext context, ApiDocument document) => document.WriteAsync(context)).RequireSignIn().ExcludeFromDescription();

    /// <summary>The path of a route as the document writes it.</summary>
    public static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.Trim('/');

    /// <summary>A name of an enumeration as the API writes it.</summary>
    public static string Spell<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public void Dispose() => _making.Dispose();

    private async Task WriteAsync(HttpContext context)
    {
        var document = _made ?? await MakeAsync(context.RequestAborted);
        if (EntityTags.IsKnown(context, EntityTags.Of(Program, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(document)))))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        await context.Response.Body.WriteAsync(document, context.RequestAborted);
    }

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (_made is null)
            {
                var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
                using var text = new MemoryStream();
                await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
                _made = text.ToArray();
            }

            return _made;
        }
        finally
        {
            _making.Release();
        }
    }
}
