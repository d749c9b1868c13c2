using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Api.Frame;

/// <summary>What the document says about each operation beside what its handler says: the right that it takes, its headers, its problems.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(context);
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var access = metadata.OfType<DeskAccess>().LastOrDefault();
        var writes = context.Description.HttpMethod is not ("GET" or "HEAD");
        var needsVersion = metadata.OfType<VersionNeeded>().Any();
        AddRight(operation, access, context.Document!);
        if (writes)
        {
            AddHeader(operation, Idempotency.Header, "A value of your own for this request, such as a UUID; the same request again under it is done once.", required: false);
        }

        if (needsVersion)
        {
            AddHeader(operation, "If-Match", "The ETag of what the change is made from.", required: true);
        }

        if (metadata.OfType<VersionGiven>().Any())
        {
            AddVersion(operation);
        }

        var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), parameterDescription: null, cancellationToken);
        context.Document!.AddComponent(nameof(Problem), problem);
        operation.Responses ??= [];
        bool Takes(ParameterLocation place) => operation.Parameters?.Any(parameter => parameter.In == place) == true;
        var mayMiss = Takes(ParameterLocation.Path) || metadata.OfType<MayMiss>().Any();
        foreach (var kinds in Problems(access, writes, needsVersion, mayMiss, mayMiss || Takes(ParameterLocation.Query)).GroupBy(kind => kind.Status))
        {
            operation.Responses.TryAdd(kinds.Key.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = string.Join(", or: ", kinds.Select(kind => kind.Title)) + ".",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [ApiProblem.MediaType] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), context.Document) },
                },
            });
        }
    }

    private static IEnumerable<ProblemKind> Problems(DeskAccess? access, bool writes, bool needsVersion, bool mayMiss, bool isAsked)
    {
        bool[] wanted = [access?.Right is not null, access?.Right is not (null or DeskRight.None) || writes, mayMiss, isAsked && !writes, writes, needsVersion];
        ProblemKind[][] kinds =
        [
            [ProblemKind.SignIn],
            [ProblemKind.Forbidden],
            [ProblemKind.NotFound],
            [ProblemKind.Invalid],
            [ProblemKind.Conflict, ProblemKind.UnderWay, ProblemKind.TooLarge, ProblemKind.MediaType, ProblemKind.Invalid, ProblemKind.KeyReused],
            [ProblemKind.Stale, ProblemKind.VersionNeeded],
        ];
        return kinds.Where((_, index) => wanted[index]).SelectMany(group => group)
            .Concat([ProblemKind.Unreadable, ProblemKind.TooMany, ProblemKind.Fault, ProblemKind.Unavailable])
            .OrderBy(kind => kind.Status);
    }

    private static void AddRight(OpenApiOperation operation, DeskAccess? access, OpenApiDocument document)
    {
        if (access?.Right is not { } right)
        {
            return;
        }

        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentSummary.Bearer, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentSummary.Cookie, document)] = [] },
        ];
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
        operation.Extensions["x-right"] = new JsonNodeExtension(JsonValue.Create(right == DeskRight.None ? "signIn" : ApiDocument.Spell(right)));
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description, bool required)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Idempotency.LongestKey },
        });
    }

    private static void AddVersion(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status.StartsWith('2') && response is OpenApiResponse good)
            {
                good.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
                good.Headers["ETag"] = new OpenApiHeader { Description = "The version, for If-Match and If-None-Match.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }
        }
    }
}
