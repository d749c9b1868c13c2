using System.Diagnostics.Metrics;
using NacGateway.Core.Audit;

namespace NacGateway.Web.Observability;

/// <summary>Lines of the audit trail by what was done and what came of it: both are words of the gateway's own, of which there are some dozens.</summary>
internal sealed class AuditMetrics
{
    public const string MeterName = "NacGateway.Audit";

    public AuditMetrics(IMeterFactory meters, AuditLog log)
    {
        var records = meters.Create(MeterName).CreateCounter<long>("nacgateway.audit.records", "{line}", "Lines of the audit trail, by action and outcome.");
        log.Recorded += (_, recorded) => records.Add(1, new("action", recorded.Line.Action), new("outcome", recorded.Line.Outcome));
    }
}
