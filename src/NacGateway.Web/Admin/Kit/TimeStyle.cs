namespace NacGateway.Web.Admin.Kit;

/// <summary>How the script writes an instant in the viewer's zone; without script each is written in full, in UTC.</summary>
public enum TimeStyle
{
    /// <summary>"12 s ago" up to one hour, then the clock, with the day where it is another.</summary>
    Relative,

    /// <summary>Clock with seconds, with the day where it is another: for histories and timelines.</summary>
    Seconds,

    /// <summary>Day and clock with seconds, always.</summary>
    Full,

    /// <summary>Time from now on, such as "in 3h 12m".</summary>
    Until,
}
