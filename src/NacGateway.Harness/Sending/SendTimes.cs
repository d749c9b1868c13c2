using System.Text.Json.Serialization;

namespace NacGateway.Harness.Sending;

/// <summary>Times in milliseconds.</summary>
internal sealed record SendTimes(double Min, double Median, [property: JsonPropertyName("p95")] double P95, double Max)
{
    /// <summary>Figures of a list; null of an empty one.</summary>
    public static SendTimes? Of(List<double> milliseconds)
    {
        if (milliseconds.Count == 0)
        {
            return null;
        }

        milliseconds.Sort();
        return new SendTimes(At(milliseconds, 0), At(milliseconds, 0.5), At(milliseconds, 0.95), At(milliseconds, 1));
    }

    /// <summary>The nearest rank: a time that there was, not one between two.</summary>
    private static double At(List<double> sorted, double share) => Math.Round(sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)], 3);
}
