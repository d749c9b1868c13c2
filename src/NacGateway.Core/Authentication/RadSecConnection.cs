using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Logging;
using NacGateway.Radius.RadSec;

namespace NacGateway.Core.Authentication;

/// <summary>Reads the TLS part of one entry of <c>Radius:Servers</c>.</summary>
internal static class RadSecConnection
{
    private const int Sha256Length = 32;

    /// <summary>The settings, or each problem with its key and the remedy. The files are read.</summary>
    /// <param name="server">An entry whose transport is TLS.</param>
    /// <param name="key">Its key, such as <c>Radius:Servers:0</c>.</param>
    /// <param name="log">Told of connections and refusals.</param>
    /// <param name="settings">What the client needs, or null.</param>
    /// <param name="problems">Why there is none.</param>
    public static bool TryCreate(RadiusServerOptions server, string key, ILogger? log, [NotNullWhen(true)] out RadSecClientSettings? settings, out IReadOnlyList<string> problems)
    {
        settings = null;
        List<string> found = [];
        problems = found;
        Require(server.CertificateFile, $"{key}:CertificateFile is missing. Name the PEM file with this gateway's certificate: a RadSec server lets nobody in without one.", found);
        Require(server.CertificateKeyFile, $"{key}:CertificateKeyFile is missing. Name the PEM file with the private key of {key}:CertificateFile.", found);
        byte[] pin = [];
        if (server.PinnedCertificate.Length > 0 && !TryReadPin(server.PinnedCertificate, out pin))
        {
            found.Add($"{key}:PinnedCertificate is no SHA-256. Write the 64 hexadecimal digits that 'openssl x509 -noout -fingerprint -sha256' prints for the server's certificate, with or without colons.");
        }

        if (server.TrustedCertificatesFile.Length == 0 && server.PinnedCertificate.Length == 0)
        {
            found.Add($"{key}:TrustedCertificatesFile is missing. Name the PEM file of the authority that issues the server's certificate, or set {key}:PinnedCertificate; the machine's own list is not used.");
        }

        if (found.Count > 0)
        {
            return false;
        }

        string? trusted = server.TrustedCertificatesFile.Length == 0 ? null : server.TrustedCertificatesFile;
        if (!RadSecCredentials.TryLoad(server.CertificateFile, server.CertificateKeyFile, trusted, out var credentials, out var problem))
        {
            found.Add($"{key}:{problem}");
            return false;
        }

        settings = new RadSecClientSettings
        {
            Credentials = credentials,
            ServerName = server.ServerName.Length > 0 ? server.ServerName : server.Host,
            PinnedCertificate = pin,
            Logger = log,
        };
        return true;
    }

    /// <summary>For entries that validation has passed.</summary>
    /// <exception cref="InvalidOperationException">A file has changed since.</exception>
    public static RadSecClientSettings Create(RadiusServerOptions server, ILogger log) =>
        TryCreate(server, string.Create(CultureInfo.InvariantCulture, $"Radius:Servers '{server.Name}'"), log, out var settings, out var problems)
            ? settings
            : throw new InvalidOperationException(string.Join(' ', problems));

    private static void Require(string file, string problem, List<string> found)
    {
        if (file.Length == 0)
        {
            found.Add(problem);
        }
    }

    private static bool TryReadPin(string text, out byte[] pin)
    {
        pin = new byte[Sha256Length];
        string digits = text.Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 2 * Sha256Length && Convert.FromHexString(digits, pin, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
