namespace NacGateway.Core.Policy.Conditions;

/// <summary>The device's MAC address begins with one of these; a whole address is one device, the first half a manufacturer.</summary>
/// <param name="beginnings">Hexadecimal digits in capitals, see <see cref="StationId.TryReadDigits"/>.</param>
internal sealed class DeviceCondition(IReadOnlyList<string> beginnings) : ICondition
{
    public string Words => $"the device's MAC address begins with {TextPattern.Choice(beginnings)}";

    public string? Miss(AccessQuery query)
    {
        if (query.CallingStationId is not { } calling || !StationId.TryReadDigits(calling, out var digits))
        {
            return "the device's MAC address is not known";
        }

        return beginnings.Any(beginning => digits.StartsWith(beginning, StringComparison.Ordinal))
            ? null
            : $"the device {calling} is not {TextPattern.Words(beginnings, beginnings.Count)}";
    }
}
