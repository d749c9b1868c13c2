using NacGateway.Radius.Dictionary;

namespace NacGateway.Aaa;

/// <summary>One user, and what becomes of a sign-in.</summary>
public sealed record AaaUser
{
    internal const string DefaultQuestion = "Enter the code from your authenticator.";

    internal const int MostChallenges = 20;

    /// <summary>User-Name; DEFAULT stands for every name that has no entry.</summary>
    public required string Name { get; init; }

    /// <summary>Password in the clear, as CHAP and MS-CHAP need it; null when there is none, and then only <see cref="Accepted"/> lets anybody in.</summary>
    public string? Password { get; init; }

    /// <summary>Code that is asked for in a second step; null for none.</summary>
    public string? OneTimeCode { get; init; }

    /// <summary>Question of the second step.</summary>
    public string Question { get; init; } = DefaultQuestion;

    /// <summary>How often in a row the code is asked for, from 1 to <see cref="MostChallenges"/>.</summary>
    public int Challenges { get; init; } = 1;

    /// <summary>Whether the answer may be shown while typing.</summary>
    public bool Echo { get; init; }

    /// <summary>Whether the password has expired: the right one is rejected, by MS-CHAPv2 with the reason (E=648).</summary>
    public bool PasswordExpired { get; init; }

    /// <summary>Whether every try is rejected.</summary>
    public bool Rejected { get; init; }

    /// <summary>Whether every try is accepted, whatever the password.</summary>
    public bool Accepted { get; init; }

    /// <summary>Reply-Message of a rejection that is none of a wrong password; null for none.</summary>
    public string? RejectMessage { get; init; }

    /// <summary>Attributes of the Access-Accept; of a rejection, its Reply-Message.</summary>
    public IReadOnlyList<AttributeAssignment> Reply { get; init; } = [];

    /// <summary>Name only: the password is nobody's business.</summary>
    public override string ToString() => Name;
}
