namespace NacGateway.Web.Tests.Observability;

/// <summary>A metric as it was sent.</summary>
internal sealed record OtlpMetric(string Source, string Name, string Unit, bool IsHistogram);
