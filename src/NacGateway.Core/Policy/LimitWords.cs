using System.Globalization;

namespace NacGateway.Core.Policy;

/// <summary>Limits in words, with where each comes from.</summary>
internal static class LimitWords
{
    /// <summary>One limit as part of a sentence.</summary>
    public static string Of(LimitKind kind, long value, string source) => $"{Of(kind, value)} ({source})";

    /// <summary>One limit by itself.</summary>
    public static string Of(LimitKind kind, long value) => kind switch
    {
        LimitKind.SessionTimeout => "Session-Timeout " + Duration(value),
        LimitKind.IdleTimeout => "Idle-Timeout " + Duration(value),
        LimitKind.InterimInterval => "reports every " + Duration(value),
        LimitKind.UploadRate => $"upload {Number(value)} bit/s",
        LimitKind.DownloadRate => $"download {Number(value)} bit/s",
        LimitKind.InputQuota => $"at most {Number(value)} octets from the client",
        LimitKind.OutputQuota => $"at most {Number(value)} octets to the client",
        LimitKind.ThrottleRate => $"{Number(value)} bit/s each way once a quota is reached, instead of the end",
        _ => $"at most {Number(value)} octets both ways",
    };

    /// <summary>How many devices at once.</summary>
    public static string Of(DeviceRule devices) => devices.Most == 0
        ? "any number of devices at once"
        : string.Create(CultureInfo.InvariantCulture, $"{devices.Most} {(devices.Most == 1 ? "device" : "devices")} at once, {(devices.EndOldest ? "the oldest ends for one more" : "one more is refused")}");

    private static string Duration(long seconds) => TimeSpan.FromSeconds(seconds).ToString("c", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
