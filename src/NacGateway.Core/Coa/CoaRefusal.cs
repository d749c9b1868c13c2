using NacGateway.Core.Policy;
using NacGateway.Radius.Attributes;

namespace NacGateway.Core.Coa;

/// <summary>Why a request is not done: a NAK with this cause (RFC 5176 section 3.5).</summary>
/// <param name="Cause">Error-Cause of the NAK.</param>
/// <param name="Words">For log and history, as part of a sentence.</param>
internal sealed record CoaRefusal(ErrorCause Cause, string Words)
{
    public static CoaRefusal Unsupported(string words) => new(ErrorCause.UnsupportedAttribute, words);

    public static CoaRefusal Invalid(string words) => new(ErrorCause.InvalidAttributeValue, words);

    public static CoaRefusal Missing(string words) => new(ErrorCause.MissingAttribute, words);

    public static CoaRefusal NotFound() => new(ErrorCause.SessionContextNotFound, "no session fits");

    /// <summary>Nothing was changed; the same wish in a new request may be done (RFC 5176 section 3.5).</summary>
    public static CoaRefusal NoResources(string words) => new(ErrorCause.ResourcesUnavailable, words);

    public static CoaRefusal Of(LimitProblem problem) => problem.IsUnsupported ? Unsupported(problem.Words) : Invalid(problem.Words);
}
