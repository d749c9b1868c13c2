using Microsoft.Extensions.Options;

namespace NacGateway.Core.Sessions;

/// <summary>Refuses limits that would end every session at once, or that no clock can hold.</summary>
public sealed class SessionOptionsValidator : IValidateOptions<SessionOptions>
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        if (options.MaxPerUser is < 0 or > 10_000)
        {
            errors.Add($"Sessions:MaxPerUser is {options.MaxPerUser}; use 1 to 10000, or 0 for no limit.");
        }

        Check(errors, nameof(options.IdleTimeout), options.IdleTimeout);
        Check(errors, nameof(options.SessionTimeout), options.SessionTimeout);
        if (options.InterimInterval != TimeSpan.Zero && (options.InterimInterval < s_shortest || options.InterimInterval > TimeSpan.FromDays(1)))
        {
            errors.Add($"Sessions:InterimInterval is {options.InterimInterval}; use 00:01:00 to 1.00:00:00, or 00:00:00 for none of ours.");
        }

        if (options.KeptFor != TimeSpan.Zero && (options.KeptFor < TimeSpan.FromDays(1) || options.KeptFor > TimeSpan.FromDays(3660)))
        {
            errors.Add($"Sessions:KeptFor is {options.KeptFor}; use 1.00:00:00 to 3660.00:00:00, or 00:00:00 to keep ended sessions for ever.");
        }

        if (!Enum.IsDefined(options.OverRestart))
        {
            errors.Add($"Sessions:OverRestart {options.OverRestart} is not known; use Keep or End.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Check(List<string> errors, string key, TimeSpan value)
    {
        if (value != TimeSpan.Zero && (value < s_shortest || value > s_longest))
        {
            errors.Add($"Sessions:{key} is {value}; use 00:01:00 to 366.00:00:00, or 00:00:00 for no limit.");
        }
    }
}
