namespace NacGateway.Core.Administration;

/// <summary>A local account of an administrator, for when RADIUS cannot let one in.</summary>
public sealed record Administrator
{
    /// <summary>Key.</summary>
    public long Id { get; init; }

    /// <summary>Name as typed when it was made.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the form in which two spellings are the same.</summary>
    public required string NameKey { get; init; }

    /// <summary>Hash of the password, in the format of the framework's PasswordHasher.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>What he may do.</summary>
    public DeskRole Role { get; set; }

    /// <summary>Secret of the second factor (RFC 6238), encrypted; null for none.</summary>
    public byte[]? TotpSecret { get; set; }

    /// <summary>Time step of the last code that was taken: none is taken twice (RFC 6238 section 5.2).</summary>
    public long TotpStep { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was closed, UTC; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>When somebody signed in by it last, UTC.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }
}
