using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace NacGateway.Web.Observability;

/// <summary>Settings of what is sent to an OpenTelemetry collector. The metrics page needs none of them.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>URL of the collector, such as <c>https://otel.example.org:4317</c>. Empty, the default: nothing is collected for it and nothing is sent.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>
    /// <see cref="Observability.OtlpProtocol.Grpc"/> (default, as in the OTLP specification's examples) or <see cref="Observability.OtlpProtocol.HttpProtobuf"/>,
    /// which then posts to <c>v1/traces</c> and <c>v1/metrics</c> below the URL.
    /// </summary>
    public OtlpProtocol OtlpProtocol { get; set; } = OtlpProtocol.Grpc;

    /// <summary>Header fields of each request, <c>name=value,name=value</c>, values percent-encoded: a collector's token. Secret; either this or <see cref="OtlpHeadersFile"/>. Default: none.</summary>
    [PasswordPropertyText(true)]
    public string? OtlpHeaders { get; set; }

    /// <summary>File with the header fields in the same form, one or several a line. Default: none.</summary>
    public string? OtlpHeadersFile { get; set; }

    /// <summary>Part of the traces that is sent, 0 to 1. Default 0.05: a busy gateway has thousands of exchanges a second, and one in twenty shows what they are like.</summary>
    [Range(0.0, 1.0)]
    public double TraceSampleRatio { get; set; } = 0.05;
}
