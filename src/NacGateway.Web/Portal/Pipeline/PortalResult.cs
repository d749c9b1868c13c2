namespace NacGateway.Web.Portal.Pipeline;

/// <summary>What a handler decided to answer; the endpoint writes it.</summary>
internal abstract record PortalResult
{
    /// <summary>A page of ours.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Component">The page's component.</param>
    /// <param name="Parameters">Its parameters, without the context.</param>
    public sealed record Page(int Status, Type Component, IReadOnlyDictionary<string, object?> Parameters) : PortalResult
    {
        /// <summary>Seconds for Retry-After; null sends none.</summary>
        public long? RetryAfter { get; init; }

        /// <summary>Whether the page holds text that came with the request. Such a page is never compressed: see <see cref="PageWriter"/>.</summary>
        public bool Reflects { get; init; }
    }

    /// <summary>To another page of ours, by GET. Only paths that are written in this program, so no redirect can be steered.</summary>
    /// <param name="Path">Path within the portal.</param>
    public sealed record SeeOther(string Path) : PortalResult;

    /// <summary>Nothing: the client has gone in the middle of its request.</summary>
    public sealed record Nobody : PortalResult;

    /// <summary>Something that is no page.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="ContentType">Media type.</param>
    /// <param name="Body">The octets.</param>
    public sealed record Raw(int Status, string ContentType, ReadOnlyMemory<byte> Body) : PortalResult;
}
