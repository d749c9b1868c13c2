namespace NacGateway.Web.Desk.Live;

/// <summary>What those see who watch one topic with one query. Called by one caller at a time; dropped when nobody watches any more.</summary>
internal interface ILiveView
{
    /// <summary>
    /// What has changed since the call before, once a second; the first call finds out what there is, and what it returns is not sent. An
    /// exception ends the streams of those who watch: their pages say that there is no live data, and try again.
    /// </summary>
    ValueTask<IReadOnlyList<LiveEvent>> TickAsync(CancellationToken cancellationToken);

    /// <summary>Everything as of the last tick, for who begins to watch, or missed something.</summary>
    IReadOnlyList<LiveEvent> Snapshot();
}
