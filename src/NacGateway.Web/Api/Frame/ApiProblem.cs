namespace NacGateway.Web.Api.Frame;

/// <summary>An answer that says why not, as problem details; for handlers, as the other branch of <c>Results&lt;Ok&lt;T&gt;, ApiProblem&gt;</c>.</summary>
internal sealed class ApiProblem(ProblemKind kind, string? detail = null) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public const string MediaType = "application/problem+json";

    public ProblemKind Kind => kind;

    public string? Detail => detail;

    /// <summary>Code of the log line; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>What is wrong with which value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>After which time another try makes sense; null where that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Title of this occurrence, where the kind's own says too little.</summary>
    public string? Title { get; init; }

    public int? StatusCode => kind.Status;

    public string ContentType => MediaType;

    public static ApiProblem NotFound(string detail) => new(ProblemKind.NotFound, detail);

    public static ApiProblem Conflict(string detail) => new(ProblemKind.Conflict, detail);

    public static ApiProblem Unreadable(string detail) => new(ProblemKind.Unreadable, detail);

    /// <summary>One value is wrong.</summary>
    /// <param name="member">The member or parameter as the program spells it.</param>
    /// <param name="error">What is wrong, and what would be right.</param>
    public static ApiProblem Invalid(string member, string error) =>
        Invalid(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [member] = [error] });

    public static ApiProblem Invalid(IReadOnlyDictionary<string, IReadOnlyList<string>> errors) =>
        new(ProblemKind.Invalid, string.Join(' ', errors.SelectMany(pair => pair.Value))) { Errors = errors };

    public static ApiProblem Unavailable(string detail) => new(ProblemKind.Unavailable, detail);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = kind.Status;
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var problem = new Problem
        {
            Type = kind.Type,
            Title = Title ?? kind.Title,
            Status = kind.Status,
            Detail = detail,
            Instance = httpContext.Request.Path,
            Reference = Reference,
            Errors = Errors,
        };
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.WriteAsJsonAsync(problem, ApiJson.Options, MediaType, httpContext.RequestAborted);
    }
}
