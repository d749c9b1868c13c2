namespace NacGateway.Web.Api.Frame;

/// <summary>What a route of the API says about itself beside who may use it; read by the OpenAPI document and by the idempotency filter.</summary>
internal static class ApiRoute
{
    /// <summary>Names and describes an operation; every route of the API does.</summary>
    /// <param name="route">The route.</param>
    /// <param name="operation">Name of the operation, unique, such as <c>listSessions</c>: generated clients have a method of this name.</param>
    /// <param name="tag">The resource, such as <c>Sessions</c>.</param>
    /// <param name="summary">What it does, in one sentence.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string operation, string tag, string summary) =>
        route.WithName(operation).WithTags(tag).WithSummary(summary);

    /// <summary>Its changes need If-Match; the handler asks <see cref="EntityTags.Allow"/>.</summary>
    public static RouteHandlerBuilder NeedsVersion(this RouteHandlerBuilder route) => route.WithMetadata(VersionNeeded.Instance);

    /// <summary>Its answer carries an ETag; the handler says it by <see cref="EntityTags.Set"/>.</summary>
    public static RouteHandlerBuilder HasVersion(this RouteHandlerBuilder route) => route.WithMetadata(VersionGiven.Instance);

    /// <summary>What a query asks for may not be there: it answers 404 then, as routes do whose path names something.</summary>
    public static RouteHandlerBuilder MayMiss(this RouteHandlerBuilder route) => route.WithMetadata(Frame.MayMiss.Instance);

    /// <summary>Its answer holds a secret: it is never kept for a repeated Idempotency-Key.</summary>
    public static RouteHandlerBuilder AnswersSecret(this RouteHandlerBuilder route) => route.WithMetadata(SecretAnswer.Instance);

    /// <summary>Its request holds a secret: nothing that one could guess it by is kept for a repeated Idempotency-Key.</summary>
    public static RouteHandlerBuilder TakesSecret(this RouteHandlerBuilder route) => route.WithMetadata(SecretRequest.Instance);

    /// <summary>Takes a larger body than the listener's 32 KiB.</summary>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder route, long octets) => route.WithMetadata(new BodyLimit(octets));
}
