using System.Text.Json;

namespace NacGateway.Web.Hosting.Configuration;

/// <summary>Where settings come from: a file, then the environment, then the command line; the later wins.</summary>
internal static class SettingsSource
{
    /// <summary>Read when no file is named and this one lies in the working directory.</summary>
    public const string DefaultFile = "appsettings.json";

    private const string Prefix = "NACGATEWAY__";

    /// <summary>Environment variables by which other hosts are told where to listen.</summary>
    private static readonly string[] UrlVariables = ["ASPNETCORE_URLS", "DOTNET_URLS", "URLS"];

    /// <summary>All layers as one. Errors are added, never thrown: they are reported together with what else is wrong.</summary>
    public static IConfigurationRoot Load(FileInfo? file, IReadOnlyList<string> commandLine, List<string> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var builder = new ConfigurationBuilder();
        var path = file?.FullName ?? Path.GetFullPath(DefaultFile);
        if (File.Exists(path))
        {
            AddFile(builder, path, errors);
        }
        else if (file is not null)
        {
            errors.Add($"--config {file} does not exist. Name a file, or leave it out to read {DefaultFile} in the working directory.");
        }

        builder.AddEnvironmentVariables(Prefix);
        builder.AddInMemoryCollection(CommandLineKeys.Read(commandLine, errors));
        errors.AddRange(UrlVariables.Where(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))).Select(CommandLineKeys.UrlsRefused));
        return builder.Build();
    }

    private static void AddFile(ConfigurationBuilder builder, string path, List<string> errors)
    {
        // A file that cannot be read must not hide what else is wrong, so it is tried alone first.
        try
        {
            new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build();
            builder.AddJsonFile(path, optional: false, reloadOnChange: false);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or JsonException or IOException or UnauthorizedAccessException)
        {
            errors.Add($"{path} cannot be read: {(exception.InnerException ?? exception).Message} Correct the file; `check` tells when it is right.");
        }
    }
}
