using System.Text.Json.Serialization;
using NacGateway.Harness.Decoding;
using NacGateway.Harness.Loading;
using NacGateway.Harness.Playing;
using NacGateway.Harness.Probing;
using NacGateway.Harness.Sending;
using NacGateway.Harness.Serving;

namespace NacGateway.Harness.Output;

/// <summary>What --json prints. Letters beyond ASCII are escaped, so that nothing from the network reaches a terminal raw.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DecodeReport))]
[JsonSerializable(typeof(SendReport))]
[JsonSerializable(typeof(SendSummary))]
[JsonSerializable(typeof(ProbeReport))]
[JsonSerializable(typeof(ListeningLine))]
[JsonSerializable(typeof(AnswerLine))]
[JsonSerializable(typeof(AccountedLine))]
[JsonSerializable(typeof(FaultLine))]
[JsonSerializable(typeof(SummaryLine))]
[JsonSerializable(typeof(LoadSecond))]
[JsonSerializable(typeof(LoadSummary))]
[JsonSerializable(typeof(NasEvent))]
[JsonSerializable(typeof(NasSummary))]
internal sealed partial class HarnessJson : JsonSerializerContext;
