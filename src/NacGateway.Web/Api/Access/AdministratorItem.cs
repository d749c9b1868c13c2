using NacGateway.Core.Administration;

namespace NacGateway.Web.Api.Access;

/// <summary>A local account of an administrator.</summary>
public sealed record AdministratorItem
{
    /// <summary>Number.</summary>
    public required long Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required DeskRole Role { get; init; }

    /// <summary>Whether a code is asked for besides the password.</summary>
    public required bool HasSecondFactor { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When somebody signed in by it last.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>A password that was just made, shown this once; null otherwise.</summary>
    public string? Password { get; init; }

    internal static AdministratorItem Of(Administrator account, string? password = null) => new()
    {
        Id = account.Id,
        Name = account.Name,
        Role = account.Role,
        HasSecondFactor = account.TotpSecret is not null,
        CreatedAt = account.CreatedAt,
        CreatedBy = account.CreatedBy,
        ClosedAt = account.ClosedAt,
        LastSignInAt = account.LastSignInAt,
        Password = password,
    };
}
