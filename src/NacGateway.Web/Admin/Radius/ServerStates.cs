using NacGateway.Radius.Client;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Admin.Radius;

/// <summary>The words of the desk for how a server does.</summary>
internal static class ServerStates
{
    private static readonly DeskState s_suspect = new("Suspect", Look.Warn, "The last request found no answer. It is still asked in its turn.");
    private static readonly DeskState s_comingBack = new("Coming back", Look.Info, "Answers again, and must go on doing so before it is trusted.");

    public static DeskState Of(ServerHealth health) => Of(DeskServer.StandingOf(health));

    public static DeskState Of(ServerStanding standing) => standing switch
    {
        ServerStanding.Up => DeskState.Up,
        ServerStanding.Slow => DeskState.Slow,
        ServerStanding.Suspect => s_suspect,
        ServerStanding.Down => DeskState.Down,
        ServerStanding.ComingBack => s_comingBack,
        _ => DeskState.Unknown,
    };

    /// <summary>The client's own word for a state, in a list of changes.</summary>
    public static string Word(ServerState state) => state switch
    {
        ServerState.Alive => "up",
        ServerState.Suspect => "suspect",
        ServerState.Dead => "down",
        _ => "coming back",
    };

    public static TimelineKind Mark(ServerState state) => state switch
    {
        ServerState.Alive => TimelineKind.Good,
        ServerState.Suspect => TimelineKind.Warn,
        ServerState.Dead => TimelineKind.Bad,
        _ => TimelineKind.Info,
    };
}
