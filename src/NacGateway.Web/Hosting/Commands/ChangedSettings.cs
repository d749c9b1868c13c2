using System.Data.Common;
using Microsoft.Data.Sqlite;
using NacGateway.Core.Administration;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Storage;

namespace NacGateway.Web.Hosting.Commands;

/// <summary>Says which values of the configuration do not hold, for an administrator changed them at the desk. Reads the database if it can, and nothing depends on it.</summary>
internal static class ChangedSettings
{
    private const int LongestValue = 120;

    /// <summary>A check is for people who wait for it; a database that does not answer is told as such.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static async Task ReportAsync(IConfiguration settings, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var storage = GatewayServices.Storage(settings);
        if (storage.Provider == StorageProvider.Sqlite && !File.Exists(new SqliteConnectionStringBuilder(storage.EffectiveConnectionString).DataSource))
        {
            // Not even made: a check leaves nothing behind.
            return;
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddGateway(settings);
        await using var provider = services.BuildServiceProvider();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            var newest = await provider.GetRequiredService<SettingStore>().NewestAsync(limit.Token);
            var known = provider.GetRequiredService<RuntimeSettings>();
            foreach (var version in newest.Values.OrderBy(version => version.Name, StringComparer.Ordinal))
            {
                if (Sentence(version, known.Find(version.Name)?.Setting) is { } sentence)
                {
                    await writer.WriteLineAsync(sentence.AsMemory(), cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is DbException or TimeoutException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await writer.WriteLineAsync($"The database could not be asked whether settings were changed at the desk: {exception.GetBaseException().Message}".AsMemory(), cancellationToken);
        }
    }

    private static string? Sentence(SettingVersion version, RuntimeSetting? setting)
    {
        if (setting is null)
        {
            return $"{version.Name}: version {version.Id} of the database is left aside, for this release has no such setting that may be changed while it runs.";
        }

        if (version.Value is not { } value)
        {
            return null;
        }

        return setting.Objections(value) is { Count: > 0 } errors
            ? $"{setting.Name}: version {version.Id} of the database is left aside: {string.Join(' ', errors)}"
            : $"{setting.Name}: '{Short(value)}' holds, which {Short(version.CreatedBy)} set at the desk (version {version.Id}), and not '{Short(setting.Configured())}' of the configuration.";
    }

    /// <summary>On one line, whatever somebody kept: a terminal obeys control characters.</summary>
    private static string Short(string text)
    {
        var line = string.Concat(text.Replace("\n", ", ", StringComparison.Ordinal).Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestValue ? line : line[..LongestValue] + "...";
    }
}
