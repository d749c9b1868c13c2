namespace NacGateway.Core.Policy;

/// <summary>Whether the MAC addresses of devices are learnt, so that rules about them may hold.</summary>
/// <param name="AreKnown">Whether interfaces with devices behind them are configured.</param>
public sealed record DeviceKnowledge(bool AreKnown);
