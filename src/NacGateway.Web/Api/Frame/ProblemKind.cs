namespace NacGateway.Web.Api.Frame;

/// <summary>A kind of problem that programs tell apart by its <c>type</c> (RFC 9457 section 3.1.1): the address at which the gateway explains it.</summary>
/// <param name="Name">Stable name, the last part of the address.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">What happened, the same for each occurrence.</param>
/// <param name="Remedy">What a program, or who wrote it, can do about it.</param>
internal sealed record ProblemKind(string Name, int Status, string Title, string Remedy)
{
    /// <summary>Where the kinds are explained.</summary>
    public const string Path = "/api/v1/problems";

    public static ProblemKind Unreadable { get; } = new("unreadable", 400, "The request cannot be read", "Compare it with /openapi/v1.json: members that it does not name are refused.");

    public static ProblemKind BadCursor { get; } = new("bad-cursor", 400, "The cursor cannot be used", "Begin again without a cursor. One is good for the list and the filters that it was made for, and until the gateway starts anew.");

    public static ProblemKind SignIn { get; } = new("sign-in", 401, "You are not signed in", "Send an API key as Authorization: Bearer.");

    public static ProblemKind Forbidden { get; } = new("forbidden", 403, "Your role does not allow this", "Use a key of a role that has the right; x-right in /openapi/v1.json names it.");

    public static ProblemKind NotFound { get; } = new("not-found", 404, "There is no such thing", "It may be gone; the list of its kind says what there is.");

    public static ProblemKind Method { get; } = new("method", 405, "This address does not take that method", "The header Allow names those that it takes.");

    public static ProblemKind Conflict { get; } = new("conflict", 409, "This cannot be done as things are", "Read the thing again and decide anew.");

    public static ProblemKind UnderWay { get; } = new("under-way", 409, "The same request is under way", "Wait as Retry-After says, then send it again under the same Idempotency-Key.");

    public static ProblemKind AnswerNotKept { get; } = new("answer-not-kept", 409, "This was done before, and its answer is not kept", "Location names what was made. A secret that was shown once cannot be shown again: withdraw it and make another.");

    public static ProblemKind Stale { get; } = new("stale", 412, "Somebody else has changed it", "Read it again, and send the change with the ETag of what you read.");

    public static ProblemKind TooLarge { get; } = new("too-large", 413, "The request is too large", "Send less at once.");

    public static ProblemKind MediaType { get; } = new("media-type", 415, "This media type is not taken", "Send application/json.");

    public static ProblemKind Invalid { get; } = new("invalid", 422, "The request asks for something that cannot be", "The member errors says which values, and why.");

    public static ProblemKind KeyReused { get; } = new("key-reused", 422, "This Idempotency-Key belongs to another request", "Make a new key for each new request.");

    public static ProblemKind VersionNeeded { get; } = new("version-needed", 428, "A change needs the version that it is made from", "Send the ETag of what you read as If-Match.");

    public static ProblemKind TooMany { get; } = new("too-many", 429, "Too many requests", "Wait as Retry-After says.");

    public static ProblemKind Fault { get; } = new("fault", 500, "The gateway made a mistake", "Its log has the reason under the reference.");

    public static ProblemKind Unavailable { get; } = new("unavailable", 503, "Something that this needs does not answer", "Nothing was changed. Try again later.");

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        Unreadable, BadCursor, SignIn, Forbidden, NotFound, Method, Conflict, UnderWay, AnswerNotKept, Stale,
        TooLarge, MediaType, Invalid, KeyReused, VersionNeeded, TooMany, Fault, Unavailable,
    ];

    public string Type => $"{Path}/{Name}";

    /// <summary>The kind for an answer of which only the status is known.</summary>
    public static ProblemKind OfStatus(int status) =>
        All.FirstOrDefault(kind => kind.Status == status) ?? (status >= StatusCodes.Status500InternalServerError ? Fault : Unreadable) with { Status = status };
}
