using System.Diagnostics.Metrics;
using System.Net;
using NacGateway.Web.Gate.Forwarding;
using NacGateway.Web.Portal.Forms;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>Counts the forms that are not accepted, by verdict, and logs them: a line a second at most, since any client can send thousands.</summary>
internal sealed partial class FormRefusals(TimeProvider time, IMeterFactory meters, ILogger<FormRefusals> log)
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "NacGateway.Portal";

    private readonly LineLimit _lines = new(time);
    private readonly Counter<long> _refused = meters.Create(MeterName).CreateCounter<long>("nacgateway.portal.refused", "{form}", "Forms that were not accepted, by form and verdict.");

    public void Note(FormPurpose form, IPAddress client, FormTokenVerdict verdict)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("form", Name(form)), new KeyValuePair<string, object?>("verdict", Name(verdict)));
        if (_lines.TryTake(out var unlogged))
        {
            Log.Refused(log, form, client, verdict, unlogged);
        }
    }

    private static string Name(FormPurpose form) => form switch
    {
        FormPurpose.SignIn => "sign-in",
        FormPurpose.Challenge => "challenge",
        _ => "log-off",
    };

    private static string Name(FormTokenVerdict verdict) => verdict switch
    {
        FormTokenVerdict.Missing => "missing",
        FormTokenVerdict.Forged => "forged",
        FormTokenVerdict.Expired => "expired",
        FormTokenVerdict.ForeignSite => "foreign-site",
        _ => "other-session",
    };

    private static partial class Log
    {
        [LoggerMessage(7004, LogLevel.Information, "The {Form} form from {Client} was not accepted: {Verdict}; {Unlogged} more since the last such line")]
        public static partial void Refused(ILogger logger, FormPurpose form, IPAddress client, FormTokenVerdict verdict, long unlogged);
    }
}
