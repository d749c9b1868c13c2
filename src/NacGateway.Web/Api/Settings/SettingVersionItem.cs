namespace NacGateway.Web.Api.Settings;

/// <summary>A version in the history of a setting.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">When it was saved.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="Value">One entry a line where it is a list; null for that of the configuration.</param>
public sealed record SettingVersionItem(long Id, DateTimeOffset CreatedAt, string CreatedBy, string? Value);
