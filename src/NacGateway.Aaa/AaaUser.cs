using NacGateway.Radius.Dictionary;

namespace NacGateway.Aaa;

/// <summary>One user, and what becomes of a sign-in.</summary>
public sealed record AaaUser
{
    /// <summary>User-Name; DEFAULT stands for every name that has no entry.</summary>
    public required string Name { get; init; }

    /// <summary>Password in the clear, as CHAP and MS-CHAP need it; null when no password is asked for.</summary>
    public string? Password { get; init; }

    /// <summary>Code that is asked for in a second step; null for none.</summary>
    public string? OneTimeCode { get; init; }

    /// <summary>Question of the second step.</summary>
    public string Question { get; init; } = "Enter the code from your authenticator.";

    /// <summary>Whether the answer may be shown while typing.</summary>
    public bool Echo { get; init; }

    /// <summary>Whether the password has expired; only MS-CHAPv2 can say so (E=648).</summary>
    public bool PasswordExpired { get; init; }

    /// <summary>Whether every try is rejected.</summary>
    public bool Rejected { get; init; }

    /// <summary>Reply-Message of a rejection; null for none.</summary>
    public string? RejectMessage { get; init; }

    /// <summary>Attributes of the Access-Accept.</summary>
    public IReadOnlyList<AttributeAssignment> Reply { get; init; } = [];

    /// <summary>Name only: the password is nobody's business.</summary>
    public override string ToString() => Name;
}
