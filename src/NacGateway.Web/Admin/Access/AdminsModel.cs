using NacGateway.Core.Administration;

namespace NacGateway.Web.Admin.Access;

/// <summary>The local accounts, and who is signed in.</summary>
public sealed record AdminsModel
{
    /// <summary>The accounts.</summary>
    public required IReadOnlyList<Administrator> Accounts { get; init; }

    /// <summary>Who is signed in, by a local account or through RADIUS.</summary>
    public required IReadOnlyList<AdminSession> Sessions { get; init; }

    /// <summary>Hash of the token of this page's sign-in; null where there is none.</summary>
    public byte[]? This { get; init; }

    /// <summary>The lines that give roles through RADIUS, as the settings say them.</summary>
    public required IReadOnlyList<(string Attribute, DeskRole Role)> RadiusRoles { get; init; }

    /// <summary>What was wrong with a new account; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>Name as typed.</summary>
    public string Name { get; init; } = "";

    /// <summary>A password that is shown once, and whose; null for none.</summary>
    public (string Name, string Password)? Made { get; init; }
}
