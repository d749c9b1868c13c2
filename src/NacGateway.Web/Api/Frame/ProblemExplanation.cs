namespace NacGateway.Web.Api.Frame;

/// <summary>What a kind of problem means.</summary>
/// <param name="Type">The member <c>type</c> of problems of this kind.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">What happened.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record ProblemExplanation(string Type, int Status, string Title, string Remedy)
{
    internal static ProblemExplanation Of(ProblemKind kind) => new(kind.Type, kind.Status, kind.Title, kind.Remedy);
}
