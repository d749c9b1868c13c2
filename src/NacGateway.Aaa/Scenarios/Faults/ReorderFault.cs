using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>The reply lets the next one go first; where none comes, it leaves after a second.</summary>
internal sealed record ReorderFault : IFault
{
    public string Name => "reorder";

    public bool WorksOverTls => true;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) => [.. planned.Select(departure => departure with { AfterNext = true })];
}
