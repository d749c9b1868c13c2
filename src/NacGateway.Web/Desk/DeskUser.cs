using System.Net;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk;

/// <summary>Who stands behind a request to the desk: an administrator with a browser, or a program with an API key.</summary>
internal sealed record DeskUser
{
    /// <summary>Name for the audit trail: that of the administrator, or "key NAME".</summary>
    public required string Name { get; init; }

    public required DeskRole Role { get; init; }

    /// <summary>From which address.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>Whether it is a program with an API key: it has no cookie, and so nothing to protect from other sites.</summary>
    public bool IsKey { get; init; }

    /// <summary>What every form of this administrator must carry in its field <c>csrf</c>, or a script in the header <c>X-CSRF</c>; empty for a key.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>Preferences by name, as kept; those that are not there have their defaults.</summary>
    public IReadOnlyDictionary<string, string> Preferences { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The sign-in; null for a key.</summary>
    public AdminSession? Session { get; init; }

    /// <summary>When the sign-in ends unless a page is asked for before; null for a key, which has no page.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>A key never makes accounts and keys, whatever its role: who stole one could make himself another that outlives it.</summary>
    public bool May(DeskRight right) => Role.May(right) && !(IsKey && right == DeskRight.ManageAccess);
}
