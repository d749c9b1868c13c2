using NacGateway.Core.Administration;
using NacGateway.Web.Admin.Views;

namespace NacGateway.Web.Admin.Access;

/// <summary>What an administrator keeps for himself.</summary>
public sealed record MeModel
{
    /// <summary>His sign-ins, the one of this page among them.</summary>
    public required IReadOnlyList<AdminSession> Sessions { get; init; }

    /// <summary>Hash of the token of this page's sign-in; null where there is none.</summary>
    public byte[]? This { get; init; }

    /// <summary>Lists that he keeps under names.</summary>
    public required KeptViews Views { get; init; }

    /// <summary>Whether his password is kept here, and can be changed here.</summary>
    public bool HasPassword { get; init; }

    /// <summary>What was wrong with a change of the password; null for nothing.</summary>
    public string? PasswordProblem { get; init; }
}
