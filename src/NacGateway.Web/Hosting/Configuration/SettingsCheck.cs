using System.Reflection;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Hosting.Configuration;

/// <summary>
/// Judges all settings in one pass: unknown keys, values that cannot be read, then what each feature's validators say, then what
/// only the whole shows (two listeners on one port). Nothing is short-circuited, so one run names every error.
/// </summary>
internal static class SettingsCheck
{
    public static SettingsVerdict Run(FileInfo? file, IReadOnlyList<string> commandLine)
    {
        List<string> errors = [];
        return Run(SettingsSource.Load(file, commandLine, errors), errors);
    }

    public static SettingsVerdict Run(IConfiguration settings, List<string> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var bindable = new ConfigurationBuilder().AddInMemoryCollection(new KeySchema().Check(settings, errors)).Build();

        var services = new ServiceCollection();
        services.AddLogging();
        GatewayServices.AddGateway(services, bindable);
        using var provider = services.BuildServiceProvider();
        foreach (var (section, type) in KeySchema.Sections)
        {
            errors.AddRange(Failures(provider, type).Select(failure => WithKey(failure, section, type)));
        }

        errors.AddRange(RoutesCheck.Run(bindable, provider));
        var time = provider.GetRequiredService<TimeProvider>();
        errors.AddRange(WholeCheck.Run(bindable, time));
        return new SettingsVerdict(bindable, settings, [.. errors.Distinct(StringComparer.Ordinal)], [.. WholeCheck.Warnings(bindable, time)]);
    }

    /// <summary>Prints a verdict to standard error; returns whether the gateway may start.</summary>
    public static async Task<bool> ReportAsync(SettingsVerdict verdict, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var warning in verdict.Warnings)
        {
            await writer.WriteLineAsync($"warning: {warning}");
        }

        foreach (var error in verdict.Errors)
        {
            await writer.WriteLineAsync($"error: {error}");
        }

        if (verdict.Errors.Count != 0)
        {
            await writer.WriteLineAsync($"{verdict.Errors.Count} {(verdict.Errors.Count == 1 ? "error" : "errors")} in the configuration; nothing was started.");
        }

        return verdict.Errors.Count == 0;
    }

    private static IEnumerable<string> Failures(ServiceProvider provider, Type type)
    {
        var options = typeof(IOptions<>).MakeGenericType(type);
        try
        {
            options.GetProperty(nameof(IOptions<object>.Value))!.GetValue(provider.GetRequiredService(options));
            return [];
        }
        catch (TargetInvocationException exception) when (exception.InnerException is OptionsValidationException validation)
        {
            return validation.Failures;
        }
    }

    /// <summary>What an attribute says names the property only; the administrator needs the key.</summary>
    private static string WithKey(string failure, string section, Type type) =>
        failure.Contains(section + ":", StringComparison.Ordinal)
            ? failure
            : $"{section}:{failure.Replace($"The {type.Name}.", "the value of ", StringComparison.Ordinal).Replace("The field ", "the value of ", StringComparison.Ordinal)}";
}
