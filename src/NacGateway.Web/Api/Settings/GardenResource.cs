namespace NacGateway.Web.Api.Settings;

/// <summary>The walled garden.</summary>
/// <param name="Entries">What is open before sign-in.</param>
public sealed record GardenResource(IReadOnlyList<string> Entries);
