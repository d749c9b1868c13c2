namespace NacGateway.Core.Policy.Conditions;

/// <summary>The SSID in Called-Station-Id fits one of the patterns. Case counts, as it does for the radio.</summary>
internal sealed class SsidCondition(IReadOnlyList<TextPattern> patterns) : ICondition
{
    public string Words => $"the SSID is {TextPattern.Choice(patterns.Select(pattern => pattern.Text))}";

    public string? Miss(AccessQuery query) => StationId.Ssid(query.CalledStationId) is not { } ssid
        ? "the Called-Station-Id holds no SSID"
        : patterns.Any(pattern => pattern.Matches(ssid)) ? null : $"the SSID '{ssid}' is not {TextPattern.Words(patterns)}";
}
