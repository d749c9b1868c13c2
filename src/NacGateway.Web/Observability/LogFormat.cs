namespace NacGateway.Web.Observability;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    /// <summary>One line of text for each event.</summary>
    Plain = 0,

    /// <summary>One JSON object for each event.</summary>
    Json,
}
