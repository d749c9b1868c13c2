using NacGateway.Core.Insight.Search;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.People;

/// <summary>Links to people, devices and addresses, and to their sessions and decisions. Whatever a name holds, it stays in its parameter.</summary>
internal static class PeopleLinks
{
    public static string Person(string user) => PageLink.To("/people/person").With("user", user).ToString();

    public static string Device(string station) => PageLink.To("/people/device").With("mac", station.ToLowerInvariant()).ToString();

    public static string Address(string address, DateTimeOffset? at = null) => PageLink.To("/people/address").With("ip", address).With("at", at is { } moment ? UtcText.Of(moment) : null).ToString();

    public static string Session(string acctSessionId) => $"/sessions/{Uri.EscapeDataString(acctSessionId)}";
}
