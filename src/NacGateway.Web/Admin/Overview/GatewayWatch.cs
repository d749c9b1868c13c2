using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NacGateway.Core.Storage;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Admin.Overview;

/// <summary>What the gateway knows of itself: its probes, and the disk below its database.</summary>
internal sealed class GatewayWatch(Readiness readiness, IOptions<StorageOptions> storage, IOptions<PortalOptions> portal)
{
    private readonly Lazy<DateTimeOffset?> _portalEnds = new(() => Ends(portal.Value));

    public Readiness Readiness => readiness;

    /// <summary>What is free where the database file is; null where it is no file of this machine, or the system does not tell.</summary>
    public (double Share, long Octets)? Disk()
    {
        if (storage.Value.Provider != StorageProvider.Sqlite || Path.GetDirectoryName(Path.GetFullPath(File(storage.Value))) is not { Length: > 0 } folder)
        {
            return null;
        }

        try
        {
            var drive = new DriveInfo(folder);
            return drive.TotalSize > 0 ? ((double)drive.AvailableFreeSpace / drive.TotalSize, drive.AvailableFreeSpace) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>When the certificate of the portal ends, as it was at the start: a renewed one is used from the next start on. Null without one.</summary>
    public DateTimeOffset? PortalCertificateEnds => _portalEnds.Value;

    private static DateTimeOffset? Ends(PortalOptions options)
    {
        if (string.IsNullOrEmpty(options.ListenHttps) || string.IsNullOrEmpty(options.CertificateFile))
        {
            return null;
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(options.CertificateFile);
            return new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // The portal says so itself, with the remedy.
            return null;
        }
    }

    private static string File(StorageOptions options) => new SqliteConnectionStringBuilder(options.EffectiveConnectionString).DataSource is { Length: > 0 } file ? file : ".";
}
