namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>An act on several sessions: those that are named, or all open ones that a filter finds when it is done.</summary>
public sealed record BulkRequest
{
    /// <summary>Acct-Session-Ids, at most 1,000; not together with filter.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Keys and values as in the query of the list of sessions; an empty object is every open session.</summary>
    public IReadOnlyDictionary<string, string>? Filter { get; init; }

    /// <summary>How many sessions it is expected to be; must be sent for more than 50. What a filter finds may differ from it by a tenth.</summary>
    public int? Expected { get; init; }

    /// <summary>Minutes by which the end is moved, 1 to 10,080; for extend.</summary>
    public int? Minutes { get; init; }

    /// <summary>Name of a role of the policies; for role.</summary>
    public string? Role { get; init; }

    /// <summary>Plain text of at most 500 characters; for message.</summary>
    public string? Text { get; init; }
}
