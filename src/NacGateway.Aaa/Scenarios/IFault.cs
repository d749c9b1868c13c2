using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios;

/// <summary>One thing that goes wrong: a function of what would leave, of the request, and of drawn numbers. Immutable.</summary>
internal interface IFault
{
    /// <summary>As a scenario file names it.</summary>
    string Name { get; }

    /// <summary>Whether it makes sense inside TLS, where no digest of the packet counts and datagrams have no port.</summary>
    bool WorksOverTls { get; }

    /// <summary>Whether the request does not arrive at all.</summary>
    bool LosesRequest(FaultInput input) => false;

    /// <summary>What leaves in place of <paramref name="planned"/>.</summary>
    IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input);
}
