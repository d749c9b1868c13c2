using System.Reflection;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.Web.Observability.Syslog;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NacGateway.Web.Observability;

/// <summary>
/// Registers what is sent to a collector: the gateway's own spans and meters, and only where one is configured. Nothing listens to the web
/// server's or the proxy's activities, so that the gate makes none and no traceparent field goes to anybody.
/// </summary>
internal static class TelemetryServices
{
    /// <summary>Of the gateway's sources and meters; nothing else has such a name.</summary>
    private const string Own = "NacGateway.*";

    /// <summary>Longest wait for a collector, at the stop of the gateway too.</summary>
    private const int Patience = 3000;

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<TelemetryOptions>().Bind(settings.GetSection(TelemetryOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        services.AddOptions<SyslogOptions>().Bind(settings.GetSection(SyslogOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SyslogOptions>, SyslogOptionsValidator>();
        services.AddSingleton<SyslogQueue>();
        services.AddSingleton<SyslogFormat>();
        services.AddSingleton<SyslogDialer>();
        services.AddSingleton<SyslogSender>();
        services.AddSingleton<SyslogMetrics>();
        services.AddHostedService<SyslogForwarder>();
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton<ProcessMetrics>();
        services.AddHostedService<StandingInstruments>();
        var options = new TelemetryOptions();
        settings.GetSection(TelemetryOptions.Section).Bind(options);
        if (TelemetryOptionsValidator.Endpoint(options) is not { } endpoint || OtlpHeaders.TryRead(options, out _) is not { } headers)
        {
            // Off, or wrong and about to be refused by the validator.
            return services;
        }

        var gateway = settings.GetSection(RadiusOptions.Section)[nameof(RadiusOptions.NasIdentifier)] ?? new RadiusOptions().NasIdentifier;
        services.AddHostedService<TelemetryWatch>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear().AddTelemetrySdk().AddService("nacgateway", serviceVersion: Version(), autoGenerateServiceInstanceId: false, serviceInstanceId: gateway))
            .WithTracing(tracing => tracing
                .AddSource(Own)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceSampleRatio)))
                .AddOtlpExporter(exporter => Send(exporter, options.OtlpProtocol, endpoint, "v1/traces", headers)))
            .WithMetrics(metrics => metrics
                .AddMeter(Own)
                .AddOtlpExporter(exporter => Send(exporter, options.OtlpProtocol, endpoint, "v1/metrics", headers)));
        return services;
    }

    /// <summary>The release, without the build's own mark behind a plus.</summary>
    public static string Version() =>
        typeof(TelemetryServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static void Send(OtlpExporterOptions exporter, OtlpProtocol protocol, Uri endpoint, string signal, string headers)
    {
        exporter.Protocol = protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;

        // A URL that is set by program is taken as it stands; the path of a signal is ours to add.
        exporter.Endpoint = protocol == OtlpProtocol.Grpc ? endpoint : new Uri(new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/"), signal);
        exporter.Headers = headers;
        exporter.TimeoutMilliseconds = Patience;
        exporter.BatchExportProcessorOptions.ExporterTimeoutMilliseconds = Patience;
    }
}
