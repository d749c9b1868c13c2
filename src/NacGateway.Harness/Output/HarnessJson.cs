using System.Text.Json.Serialization;
using NacGateway.Harness.Decoding;
using NacGateway.Harness.Sending;

namespace NacGateway.Harness.Output;

/// <summary>What --json prints. Letters beyond ASCII are escaped, so that nothing from the network reaches a terminal raw.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DecodeReport))]
[JsonSerializable(typeof(SendReport))]
internal sealed partial class HarnessJson : JsonSerializerContext;
