namespace NacGateway.Core.Authentication;

/// <summary>One attribute of a recorded packet, as text. Foreign text is escaped as in a string of C, and still to be encoded for HTML.</summary>
/// <param name="Name">Its name, or its numbers where the dictionary has none: "Attr-26.9.1".</param>
/// <param name="Value">Its value; of one that was left out "(hidden, 18 octets)".</param>
/// <param name="Source">Where its number is from: "RADIUS", or the vendor.</param>
/// <param name="IsHidden">Whether its value was left out when it was recorded.</param>
public sealed record ExchangeField(string Name, string Value, string Source, bool IsHidden);
