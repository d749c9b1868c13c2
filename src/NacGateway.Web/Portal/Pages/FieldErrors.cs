namespace NacGateway.Web.Portal.Pages;

/// <summary>What is wrong with single fields; null means nothing.</summary>
/// <param name="UserName">Sentence beside the user name.</param>
/// <param name="Password">Sentence beside the password.</param>
/// <param name="Terms">Sentence beside the terms.</param>
/// <param name="Answer">Sentence beside the answer to a challenge.</param>
public sealed record FieldErrors(string? UserName = null, string? Password = null, string? Terms = null, string? Answer = null)
{
    /// <summary>Nothing is wrong.</summary>
    public static readonly FieldErrors None = new();

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => this == None;
}
