namespace NacGateway.Web.Hosting.Commands;

/// <summary>What every command that reads settings is given.</summary>
/// <param name="File">The settings file that was named; null for the default.</param>
/// <param name="Settings">What the parser left over: settings as --Section:Key=value.</param>
internal sealed record CommandInput(FileInfo? File, IReadOnlyList<string> Settings);
