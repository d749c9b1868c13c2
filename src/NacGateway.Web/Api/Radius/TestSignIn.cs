namespace NacGateway.Web.Api.Radius;

/// <summary>A sign-in to try a server.</summary>
public sealed record TestSignIn
{
    /// <summary>User-Name.</summary>
    public required string User { get; init; }

    /// <summary>Password; it is sent to the server and kept nowhere.</summary>
    public required string Password { get; init; }

    /// <summary>The one server to ask; all in their order without it.</summary>
    public string? Server { get; init; }
}
