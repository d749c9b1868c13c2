using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>The request is lost before it is handled, or the reply after it was: for accounting that is a difference.</summary>
internal sealed record LossFault(string Name, bool OfRequest) : IFault
{
    public bool WorksOverTls => true;

    public bool LosesRequest(FaultInput input) => OfRequest;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) => [];
}
