using System.Globalization;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Administration.Runtime;

/// <summary>The gateway's own limits of sessions that may be changed while it runs.</summary>
internal static class SessionRuntimeSettings
{
    private const string NewOnes = "Sign-ins from now on. An open session keeps what it has until it reauthenticates or is put under other rules.";
    private static readonly SessionOptionsValidator s_validator = new();

    public static IReadOnlyList<RuntimeSetting> Of(SessionSettings sessions) =>
    [
        Duration(sessions, nameof(SessionOptions.SessionTimeout), "Longest session", "How long a session lasts at most.", "A duration such as 12:00:00, from 1 minute to 366 days; 00:00:00 for no limit.", NewOnes, options => options.SessionTimeout, (options, value) => options.SessionTimeout = value),
        Duration(sessions, nameof(SessionOptions.IdleTimeout), "Longest silence", "How long a session lasts without traffic.", "A duration such as 00:30:00, from 1 minute to 366 days; 00:00:00 for no limit.", NewOnes, options => options.IdleTimeout, (options, value) => options.IdleTimeout = value),
        Duration(sessions, nameof(SessionOptions.InterimInterval), "Time between reports", "How often a session is reported to its accounting server.", "A duration such as 00:10:00, from 1 minute to 1 day; 00:00:00 for none where the server asks for none.", NewOnes, options => options.InterimInterval, (options, value) => options.InterimInterval = value),
        Duration(sessions, nameof(SessionOptions.KeptFor), "Retention", "How long a session is kept after its end, with its history.", "A duration such as 180.00:00:00, from 1 to 3660 days; 00:00:00 for ever.", "Ended sessions that are older are forgotten within minutes, and no undo brings them back.", options => options.KeptFor, (options, value) => options.KeptFor = value),
        Make(sessions, nameof(SessionOptions.MaxPerUser), "Devices of one user", "How many devices of one user may be online at once.", "A whole number of devices, 1 to 10000; 0 for no limit.", "Sign-ins from now on: who has more devices online keeps them.", options => options.MaxPerUser.ToString(CultureInfo.InvariantCulture), SetDevices),
    ];

    private static string? SetDevices(SessionOptions options, string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most))
        {
            return "Write a whole number.";
        }

        options.MaxPerUser = most;
        return null;
    }

    private static RuntimeSetting Duration(SessionSettings sessions, string key, string title, string purpose, string range, string effect, Func<SessionOptions, TimeSpan> read, Action<SessionOptions, TimeSpan> write) =>
        Make(sessions, key, title, purpose, range, effect, options => read(options).ToString("c", CultureInfo.InvariantCulture), (options, text) =>
        {
            // A bare number would be one of days, and whoever writes 30 means anything but 30 days.
            if (!text.Contains(':', StringComparison.Ordinal) || !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value))
            {
                return "Write a duration as hours:minutes:seconds, such as 00:30:00.";
            }

            write(options, value);
            return null;
        });

    private static RuntimeSetting Make(SessionSettings sessions, string key, string title, string purpose, string range, string effect, Func<SessionOptions, string> read, Func<SessionOptions, string, string?> write) => new()
    {
        Name = $"{SessionOptions.Section}:{key}",
        Title = title,
        Purpose = purpose,
        Range = range,
        Effect = effect,
        Configured = () => read(sessions.Configured),
        Check = value =>
        {
            var options = sessions.Current.Copy();
            return write(options, value) is { } error ? [$"{SessionOptions.Section}:{key}: {error}"] : [.. s_validator.Validate(name: null, options).Failures ?? []];
        },
        Take = value =>
        {
            var options = sessions.Current.Copy();
            write(options, value ?? read(sessions.Configured));
            sessions.Current = options;
        },
    };
}
