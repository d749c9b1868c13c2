using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace NacGateway.Web.Desk.Rules;

/// <summary>Says where the configuration has a value from.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="sources">The layers that it comes from.</param>
/// <param name="mayShow">Whether a key is known, and its value is no secret; what nobody knows may be one.</param>
internal sealed class SettingOrigins(IConfiguration settings, IConfiguration sources, Func<string, bool> mayShow)
{
    /// <summary>What the configuration sets, by key. What may be a secret is not in it.</summary>
    public IReadOnlyList<ConfiguredValue> Set() =>
    [
        .. settings.AsEnumerable().Where(pair => pair.Value is not null)
            .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .Select(pair => new ConfiguredValue(pair.Key, IsShown(pair.Key, pair.Value!) ? pair.Value : null, Of(pair.Key))),
    ];

    /// <summary>Of a key, or of a list's entries below it.</summary>
    public string Of(string key)
    {
        var provider = (sources as IConfigurationRoot)?.Providers.LastOrDefault(one => one.TryGet(key, out _) || one.GetChildKeys([], key).Any());
        return provider switch
        {
            null => settings.GetSection(key).Exists() ? "configuration" : "default",
            JsonConfigurationProvider => "file",
            EnvironmentVariablesConfigurationProvider => "environment",
            _ => "command line",
        };
    }

    private bool IsShown(string key, string value) => mayShow(key) && !(Uri.TryCreate(value, UriKind.Absolute, out var address) && address.UserInfo.Length > 0);
}
