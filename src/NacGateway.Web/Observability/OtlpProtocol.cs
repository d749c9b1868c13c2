namespace NacGateway.Web.Observability;

/// <summary>How telemetry goes to its collector.</summary>
internal enum OtlpProtocol
{
    /// <summary>gRPC, by convention on port 4317.</summary>
    Grpc = 0,

    /// <summary>Protobuf in HTTP POST requests, by convention on port 4318.</summary>
    HttpProtobuf,
}
