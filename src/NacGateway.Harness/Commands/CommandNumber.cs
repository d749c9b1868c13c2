using System.Globalization;

namespace NacGateway.Harness.Commands;

/// <summary>Numbers of the command line, each within its bounds.</summary>
internal static class CommandNumber
{
    /// <exception cref="UsageException">It is no number, or out of bounds.</exception>
    public static int Whole(string option, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option} takes a whole number from {least} to {most}."));

    /// <exception cref="UsageException">It is no number of seconds from 0.1 to 30.</exception>
    public static TimeSpan Seconds(string option, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 30
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{option} takes 0.1 to 30 seconds, such as 2.5.");
}
