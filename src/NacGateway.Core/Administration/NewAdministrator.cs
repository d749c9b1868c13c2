namespace NacGateway.Core.Administration;

/// <summary>A local account that is to be made.</summary>
public sealed record NewAdministrator
{
    /// <summary>Name, see <see cref="AdminNames.Problem"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of the password.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>What he may do.</summary>
    public required DeskRole Role { get; init; }

    /// <summary>Secret of the second factor, sealed; null for none.</summary>
    public byte[]? TotpSecret { get; init; }
}
