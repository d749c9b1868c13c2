namespace NacGateway.Web.Desk.Live;

/// <summary>What pages can watch, at <c>/live/NAME</c>; registered by its section as a singleton of this type.</summary>
internal interface ILiveTopic
{
    /// <summary>Last part of the path.</summary>
    string Name { get; }

    /// <summary>What watching takes.</summary>
    DeskRight Right { get; }

    /// <summary>A view of it for one query. All who watch the same with the same role share one, and its ticks.</summary>
    ILiveView Open(LiveQuery query);
}
