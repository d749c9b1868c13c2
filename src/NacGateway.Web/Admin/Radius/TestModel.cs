using NacGateway.Core.Authentication;

namespace NacGateway.Web.Admin.Radius;

/// <summary>A sign-in to try a server: the form, and what came of it. The password is never part of it.</summary>
public sealed record TestModel
{
    /// <summary>Names of the servers.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>The chosen one; null for all.</summary>
    public string? Server { get; init; }

    /// <summary>User name as typed.</summary>
    public string User { get; init; } = "";

    /// <summary>What came of it; null before.</summary>
    public RadiusTestResult? Result { get; init; }

    /// <summary>Why it was not sent; null where it was.</summary>
    public string? Problem { get; init; }
}
