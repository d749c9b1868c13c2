using Microsoft.Extensions.Configuration.Json;

namespace NacGateway.Web.Hosting.Configuration;

/// <summary>Which files with secrets others on the machine may read, or change. The owner's group may read: that is how a service is let in.</summary>
internal static class FileModes
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite;

    /// <summary>Settings that name a file with a secret in it.</summary>
    private static readonly string[] s_keys = ["SecretFile", "CertificateKeyFile", "KeyFile", "OtlpHeadersFile"];

    public static IEnumerable<string> Warnings(IConfiguration sources, IConfiguration settings)
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        foreach (var file in (sources as IConfigurationRoot)?.Providers.OfType<JsonConfigurationProvider>() ?? [])
        {
            if (file.Source.FileProvider?.GetFileInfo(file.Source.Path ?? "").PhysicalPath is { } path && IsOpen(path, out var mode))
            {
                yield return Sentence("The configuration file", path, mode);
            }
        }

        foreach (var (key, value) in settings.AsEnumerable())
        {
            if (!string.IsNullOrEmpty(value) && s_keys.Contains(key[(key.LastIndexOf(':') + 1)..], StringComparer.OrdinalIgnoreCase) && IsOpen(value, out var mode))
            {
                yield return Sentence(key, value, mode);
            }
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool IsOpen(string path, out UnixFileMode mode)
    {
        mode = UnixFileMode.None;
        if (!File.Exists(path))
        {
            // Who needs it says so.
            return false;
        }

        mode = File.GetUnixFileMode(path);
        return (mode & Others) != UnixFileMode.None;
    }

    private static string Sentence(string what, string path, UnixFileMode mode) =>
        $"{what}: {path} has mode {Convert.ToString((int)mode, 8)}, so that others on this machine may read or change what is secret in it. chmod 0640 (root and group of the gateway) or 0600.";
}
