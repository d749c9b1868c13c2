using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;

namespace NacGateway.Web.Desk.Rules;

/// <summary>A document that somebody wants to put in force, and what is wrong with it.</summary>
public sealed record PolicyDraft
{
    /// <summary>The JSON.</summary>
    public required string Document { get; init; }

    /// <summary>The rules; null when there is any error.</summary>
    public AccessPolicy? Policy { get; init; }

    /// <summary>What is wrong, each with its place and the remedy.</summary>
    public IReadOnlyList<DraftError> Errors { get; init; } = [];

    /// <summary>Reads a document.</summary>
    /// <param name="document">The JSON.</param>
    /// <param name="version">The number that it would have.</param>
    public static PolicyDraft Read(string document, int version)
    {
        var isRight = PolicyDocument.TryParse(document, version, out var policy, out var errors);
        var lines = isRight || document.Length > PolicyDocument.Longest ? null : DocumentLines.Of(document);
        return new PolicyDraft { Document = document, Policy = policy, Errors = [.. errors.Select(error => new DraftError(lines?.Find(error), error))] };
    }
}
