using System.Globalization;

namespace NacGateway.Web.Hosting.Commands;

/// <summary>Says every few seconds how far a long walk is, so that nobody takes it for stuck. Called by one at a time.</summary>
internal sealed class VerifyProgress(TextWriter output, TimeProvider time) : IProgress<long>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private long _said = time.GetTimestamp();

    public void Report(long value)
    {
        if (time.GetElapsedTime(_said) < s_interval)
        {
            return;
        }

        _said = time.GetTimestamp();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value} lines so far are whole."));
    }
}
