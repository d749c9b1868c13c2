using NacGateway.Core.Administration;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Audit;

namespace NacGateway.Web.Desk.Rules;

/// <summary>What administrators do with settings: the one place for pages and API.</summary>
internal sealed class SettingsDesk(RuntimeSettings settings, SettingStore store, SettingForecast forecast)
{
    /// <summary>Says what a value would mean. Changes nothing.</summary>
    /// <param name="state">The setting.</param>
    /// <param name="value">The value; null for that of the configuration.</param>
    public SettingTrial Try(SettingState state, string? value)
    {
        var tidy = value is null ? null : RuntimeSetting.Tidy(value);
        var errors = tidy is null ? [] : state.Setting.Objections(tidy);
        return new SettingTrial(state, tidy, errors, errors.Count > 0 ? [] : forecast.Say(state.Setting, state.Value, tidy ?? state.Setting.Configured()));
    }

    /// <summary>Puts a value in force, if it is right and nobody changed the setting since.</summary>
    /// <param name="user">Who.</param>
    /// <param name="state">The setting.</param>
    /// <param name="value">The value; null for that of the configuration.</param>
    /// <param name="expected">Id of the version that it was made from; 0 for none.</param>
    public async Task<SettingSaved> SaveAsync(DeskUser user, SettingState state, string? value, long expected)
    {
        var trial = Try(state, value);
        if (trial.Errors.Count > 0)
        {
            return new SettingSaved(state.Newest, IsNew: false, trial.Errors);
        }

        var saved = await store.SaveAsync(
            state.Setting.Name,
            trial.Value,
            expected,
            new AuditEntry
            {
                Actor = user.Name,
                Role = user.Role.ToString(),
                Source = user.Source.ToString(),
                Action = "setting.save",
                Target = state.Setting.Name,
                Detail = $"From '{Line(state.Value)}' to {(trial.Value is null ? "that of the configuration, " : "")}'{Line(trial.Value ?? state.Setting.Configured())}'.",
            });
        await settings.FollowAsync(CancellationToken.None);
        return saved;
    }

    /// <summary>Versions of a setting, the newest first.</summary>
    public Task<IReadOnlyList<SettingVersion>> ListAsync(SettingState state, long before, int most, CancellationToken cancellationToken) =>
        store.ListAsync(state.Setting.Name, before, most, cancellationToken);

    /// <summary>One version; null when there is none of that id.</summary>
    public Task<SettingVersion?> FindAsync(SettingState state, long id, CancellationToken cancellationToken) => store.FindAsync(state.Setting.Name, id, cancellationToken);

    private static string Line(string value) => value.Replace("\n", ", ", StringComparison.Ordinal);
}
