using System.Text.Json.Serialization;

namespace NacGateway.Aaa.Tracing;

/// <summary>The lines of a trace.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TraceLine))]
internal sealed partial class TraceJson : JsonSerializerContext;
