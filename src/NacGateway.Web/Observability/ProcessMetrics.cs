using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace NacGateway.Web.Observability;

/// <summary>Which build this is, since when it runs, and what it costs; the names of the process are those that collectors know from others.</summary>
internal sealed class ProcessMetrics
{
    public const string MeterName = "NacGateway.Process";

    public ProcessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        var build = new Measurement<long>(1, new("version", TelemetryServices.Version()), new("runtime", RuntimeInformation.FrameworkDescription));
        using var own = Process.GetCurrentProcess();
        var started = (double)new DateTimeOffset(own.StartTime.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeMilliseconds() / 1000;
        meter.CreateObservableGauge("nacgateway.build.info", () => build, unit: null, "Always 1; the labels say which build runs.");
        meter.CreateObservableGauge("process.start_time", () => started, "s", "Start of the process, in seconds since 1970 (UTC).");
        meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time of the process, user and system.");
        meter.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Memory of the process that is in RAM.");
        meter.CreateObservableGauge("nacgateway.process.managed_memory", () => GC.GetTotalMemory(forceFullCollection: false), "By", "Managed memory, garbage that is not yet collected included.");
    }
}
