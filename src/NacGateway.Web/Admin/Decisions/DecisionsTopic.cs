using NacGateway.Core.Insight.Decisions;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>The list of decisions as it grows, at <c>/live/decisions</c> with the query of the page.</summary>
internal sealed class DecisionsTopic(DecisionSearch search, NewestDecision newest, TimeProvider time) : ILiveTopic
{
    /// <summary>Last part of its path.</summary>
    public const string Path = "decisions";

    private int _lists;

    public string Name => Path;

    public DeskRight Right => DeskRight.Read;

    public ILiveView Open(LiveQuery query)
    {
        var asked = DecisionQueryReader.Read(query.Parameters.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")));
        Interlocked.Increment(ref _lists);
        return new DecisionsLiveView(asked, search, newest, new SearchPace(time, () => Volatile.Read(ref _lists))) { Left = () => Interlocked.Decrement(ref _lists) };
    }
}
