using System.Globalization;
using NacGateway.Aaa.Tracing;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.Aaa.Scenarios.Faults;

namespace NacGateway.Aaa.Scenarios;

/// <summary>
/// Applies a scenario to the requests of all ports. What befalls a request follows from the seed, from whose request it is, and from how
/// often that one has asked: so it does not depend on who else asks meanwhile. Safe for concurrent use.
/// </summary>
internal sealed class FaultDirector
{
    private readonly Scenario _scenario;
    private readonly ulong _seed;
    private readonly TimeProvider _time;
    private readonly TraceWriter? _trace;
    private readonly Action<FaultEvent>? _told;
    private readonly Lock _lock = new();
    private readonly long[] _numbers = new long[Enum.GetValues<ScenarioPort>().Length];
    private readonly Occurrences _asked = new();
    private readonly long[] _fitting;
    private readonly Occurrences[] _fittingByUser;
    private readonly long _began;
    private long _started;
    private bool _isDown;

    public FaultDirector(Scenario scenario, ulong seed, TimeProvider time, TraceWriter? trace, Action<FaultEvent>? told)
    {
        (_scenario, _seed, _time, _trace, _told) = (scenario, seed, time, trace, told);
        _fitting = new long[scenario.Steps.Count];
        _fittingByUser = [.. scenario.Steps.Select(_ => new Occurrences())];
        _began = _started = time.GetTimestamp();
        trace?.Name(seed, scenario.Name);
    }

    /// <summary>Told for how long the server is to be gone.</summary>
    public Action<TimeSpan>? Crashing { get; set; }

    public IServerWire At(ScenarioPort port) => new FaultyWire(this, port);

    /// <summary>The server is back.</summary>
    public void Restarted()
    {
        lock (_lock)
        {
            _started = _time.GetTimestamp();
            _isDown = false;
        }
    }

    private FaultRoute? Take(ScenarioPort port, RadiusPacket request, ReadOnlySpan<byte> octets, NasEntry nas)
    {
        List<FaultEvent> events = [];
        FaultRoute? route;
        TimeSpan? crash = null;
        lock (_lock)
        {
            if (_isDown)
            {
                return null;
            }

            var number = ++_numbers[(int)port];
            var user = request.UserName ?? string.Empty;
            var key = $"{PortName.Of(port)}|{(byte)request.Code}|{user}|{request.AcctSessionId}";
            var nth = _asked.Next(key);
            var kept = octets.ToArray();
            List<(IFault, FaultInput)> faults = [];
            for (var index = 0; index < _scenario.Steps.Count; index++)
            {
                if (Applies(index, port, request.Code, user, key, nth))
                {
                    var applied = Inputs(index, port, key, nth, kept, nas);
                    faults.AddRange(applied);
                    events.Add(new FaultEvent(port, number, user, _scenario.Steps[index].Name, [.. applied.Select(fault => fault.Fault.Name)]));
                }
            }

            crash = faults.Select(fault => (fault.Item1 as CrashFault)?.Away).FirstOrDefault(away => away is not null);
            _isDown = crash is not null;
            var isLost = faults.Any(fault => fault.Item1.LosesRequest(fault.Item2));
            _trace?.Arrived(port, number, kept, isLost);
            route = isLost ? null : new FaultRoute(port, number, faults, _trace);
            if (crash is { } away)
            {
                _trace?.Crashed(port, number, away);
            }
        }

        foreach (var applied in events)
        {
            _told?.Invoke(applied);
        }

        if (crash is { } gone)
        {
            Crashing?.Invoke(gone);
        }

        return route;
    }

    private bool Applies(int index, ScenarioPort port, RadiusCode code, string user, string key, long nth)
    {
        var when = _scenario.Steps[index].When;
        if (!when.Fits(port, code, user, _time.GetElapsedTime(_began)))
        {
            return false;
        }

        var number = when.PerUser ? _fittingByUser[index].Next(user) : ++_fitting[index];
        return when.Counts(number) && (when.Probability >= 1 || Draw.Of(_seed, Purpose("when", index, key), nth).Unit() < when.Probability);
    }

    private List<(IFault Fault, FaultInput Input)> Inputs(int index, ScenarioPort port, string key, long nth, byte[] octets, NasEntry nas) =>
    [
        .. _scenario.Steps[index].Faults.Index()
            .Where(fault => port != ScenarioPort.Tls || fault.Item.WorksOverTls)
            .Select(fault => (fault.Item, new FaultInput(octets, nas.Secret, Draw.Of(_seed, Purpose(fault.Item.Name, (index * 100) + fault.Index, key), nth), _time.GetElapsedTime(_started)))),
    ];

    private static string Purpose(string what, int index, string key) => string.Create(CultureInfo.InvariantCulture, $"{what}|{index}|{key}");

    /// <summary>One port's side of the director.</summary>
    private sealed class FaultyWire(FaultDirector director, ScenarioPort port) : IServerWire
    {
        public IReplyRoute? Take(RadiusPacket request, ReadOnlySpan<byte> octets, NasEntry nas) => director.Take(port, request, octets, nas);

        public void Refuse(ReadOnlySpan<byte> octets, NasEntry nas, RadiusDropReason reason) => director._trace?.Refused(port, octets, reason);
    }
}
