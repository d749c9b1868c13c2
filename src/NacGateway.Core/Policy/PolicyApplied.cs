namespace NacGateway.Core.Policy;

/// <summary>What became of a document that was to come into force.</summary>
/// <param name="Version">The version now in force; 0 for none.</param>
/// <param name="IsNew">Whether it was made of the document.</param>
/// <param name="Errors">Why it was not; empty when it was, or when it was in force already.</param>
public sealed record PolicyApplied(int Version, bool IsNew, IReadOnlyList<string> Errors)
{
    /// <summary>Whether another version is in force than the one that it was to replace, so that nothing was done.</summary>
    public bool IsOvertaken { get; init; }
}
