namespace NacGateway.Radius.Client;

/// <summary>A delay knows whole milliseconds only and leaves off the rest. Rounded down it is over too early, and whoever looks at the clock then waits again, and again.</summary>
internal static class WholeMilliseconds
{
    /// <summary>The least whole number that is not less.</summary>
    public static TimeSpan Up(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
