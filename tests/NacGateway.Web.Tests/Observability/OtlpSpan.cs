namespace NacGateway.Web.Tests.Observability;

/// <summary>A span as it was sent.</summary>
internal sealed record OtlpSpan(string Source, string Name, string TraceId, string SpanId, string ParentSpanId, IReadOnlyDictionary<string, string> Attributes);
