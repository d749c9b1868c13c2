namespace NacGateway.Web.Desk.Rules;

/// <summary>A value that the configuration sets.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">The value; null where it is a secret, of which nothing is shown but that it is set.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record ConfiguredValue(string Key, string? Value, string Origin);
