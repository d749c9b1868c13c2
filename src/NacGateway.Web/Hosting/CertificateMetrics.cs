using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Web.Observability.Syslog;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Hosting;

/// <summary>When the certificates that the gateway shows expire, as they were at its start: a renewed one is used from the next start on.</summary>
internal sealed class CertificateMetrics(IMeterFactory meters, IOptions<PortalOptions> portal, IOptions<RadiusOptions> radius, IOptions<SyslogOptions> syslog) : IHostedService
{
    public const string MeterName = "NacGateway.Certificates";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Measurement<double>[] all =
        [
            .. Of(portal.Value.ListenHttps, portal.Value.CertificateFile, "portal"),
            .. radius.Value.Servers.Where(server => server.Transport == RadiusTransport.Tls).SelectMany(server => Of(server.Name, server.CertificateFile, "radsec " + server.Name)),
            .. Of(syslog.Value.Server, syslog.Value.CertificateFile, "syslog"),
        ];
        meters.Create(MeterName).CreateObservableGauge("nacgateway.certificate.not_after", () => all, "s", "When a certificate that this gateway shows expires, in seconds since 1970 (UTC).");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<Measurement<double>> Of(string? used, string? file, string name)
    {
        if (string.IsNullOrEmpty(used) || string.IsNullOrEmpty(file))
        {
            return [];
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            return [new Measurement<double>(new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeSeconds(), new KeyValuePair<string, object?>("certificate", name))];
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Whoever needs it says so, with the remedy.
            return [];
        }
    }
}
