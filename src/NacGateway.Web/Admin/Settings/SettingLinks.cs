namespace NacGateway.Web.Admin.Settings;

/// <summary>Where a setting has its page.</summary>
internal static class SettingLinks
{
    public static string Of(string name) => $"/settings/value?name={Uri.EscapeDataString(name)}";
}
