using Microsoft.AspNetCore.Http.Metadata;

namespace NacGateway.Web.Api.Frame;

/// <summary>Metadata of a route: the largest body that it takes; routing sets it as the request's limit.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
