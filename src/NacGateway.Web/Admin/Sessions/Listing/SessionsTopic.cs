using NacGateway.Core.Insight.Search;
using NacGateway.Core.Sessions;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>The list of sessions as it changes, at <c>/live/sessions</c> with the query of the page.</summary>
internal sealed class SessionsTopic(SessionSearch search, SessionTable table, SessionFeed feed, TimeProvider time) : ILiveTopic
{
    private int _lists;

    public string Name => "sessions";

    public DeskRight Right => DeskRight.Read;

    public ILiveView Open(LiveQuery query)
    {
        var asked = SessionQueryReader.Read(query.Parameters.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")));
        var columns = query.Parameters.TryGetValue(SessionLinks.Columns, out var names) ? string.Join(',', names.AsEnumerable()) : null;
        var news = new SessionNews(asked, feed.Subscribe(SessionNews.MostWaiting)) { Left = () => Interlocked.Decrement(ref _lists) };
        Interlocked.Increment(ref _lists);
        return new SessionsLiveView(asked, SessionColumn.Read(columns, asked, []), search, table, news, new SearchPace(time, () => Volatile.Read(ref _lists)));
    }
}
