using NacGateway.Core.Insight.People;

namespace NacGateway.Web.Api.People;

/// <summary>A person, device or address that a search found.</summary>
/// <param name="Name">User-Name, MAC address or address: foreign text.</param>
/// <param name="LastSession">Its newest session; null for who only ever tried to sign in.</param>
/// <param name="TriedAt">When the newest try was, for who has no session.</param>
public sealed record FoundItem(string Name, PersonSession? LastSession, DateTimeOffset? TriedAt)
{
    internal static FoundItem Of(Found found) => new(found.Name, found.Last is { } last ? PersonSession.Of(last) : null, found.TriedAt);
}
