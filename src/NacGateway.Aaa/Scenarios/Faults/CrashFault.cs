using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>The server dies when the request comes: its sockets close, it forgets its challenges and answers, and later it is back.</summary>
internal sealed record CrashFault(TimeSpan Away) : IFault
{
    public string Name => "crash";

    public bool WorksOverTls => true;

    public bool LosesRequest(FaultInput input) => true;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) => [];
}
