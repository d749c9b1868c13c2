using System.Diagnostics.Metrics;

namespace NacGateway.Core.Enforcement;

/// <summary>Figures of what the kernel was told and what it had to be told again.</summary>
internal sealed class EnforcementMetrics
{
    public const string MeterName = "NacGateway.Enforcement";

    private readonly Counter<long> _changes;
    private readonly Counter<long> _repairs;
    private readonly Counter<long> _cut;

    public EnforcementMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _changes = meter.CreateCounter<long>("nacgateway.enforcement.changes", "{session}", "Sessions of which the kernel was told something new.");
        _repairs = meter.CreateCounter<long>("nacgateway.enforcement.repairs", "{repair}", "Times that the table in the kernel was made anew because it was not as it should be.");
        _cut = meter.CreateCounter<long>("nacgateway.enforcement.connections.cut", "{connection}", "Connections of ended sessions that were cut.");
    }

    public void Changed(int sessions) => _changes.Add(sessions);

    public void Repaired() => _repairs.Add(1);

    public void Cut(int connections) => _cut.Add(connections);
}
