using NacGateway.Aaa.Scenarios;
using NacGateway.Aaa.Tracing;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>What stands between the ports of a server and its clients, in its scenario or in a replay.</summary>
internal sealed class AaaWires
{
    private readonly Func<ScenarioPort, IServerWire> _at;
    private readonly Action<ListenerLife> _follow;

    private AaaWires(Func<ScenarioPort, IServerWire> at, Action<ListenerLife> follow) => (_at, _follow) = (at, follow);

    public static AaaWires Of(FaultDirector director) => new(director.At, life =>
    {
        director.Crashing += life.Crash;
        life.Restarting += director.Restarted;
    });

    public static AaaWires Of(ReplayDirector director) => new(director.At, life =>
    {
        director.Crashing += life.Crash;
        life.Restarting += director.Restarted;
    });

    public IServerWire At(ScenarioPort port) => _at(port);

    /// <summary>Crashes and starts pass between the scenario and the sockets.</summary>
    public void Follow(ListenerLife life) => _follow(life);
}
