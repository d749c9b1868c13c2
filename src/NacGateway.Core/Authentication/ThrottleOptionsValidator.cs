using Microsoft.Extensions.Options;

namespace NacGateway.Core.Authentication;

/// <summary>Checks the ranges that the options promise.</summary>
internal sealed class ThrottleOptionsValidator : IValidateOptions<ThrottleOptions>
{
    public ValidateOptionsResult Validate(string? name, ThrottleOptions options)
    {
        List<string> errors = [];
        CheckCount(options.UserFailures, 1000, "Throttle:UserFailures", errors);
        CheckCount(options.ClientFailures, 10_000, "Throttle:ClientFailures", errors);
        CheckTime(options.Window, "Throttle:Window", errors);
        CheckTime(options.Delay, "Throttle:Delay", errors);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void CheckCount(int count, int most, string key, List<string> errors)
    {
        if (count < 1 || count > most)
        {
            errors.Add($"{key} is {count}. Write a number from 1 to {most}.");
        }
    }

    private static void CheckTime(TimeSpan time, string key, List<string> errors)
    {
        if (time < TimeSpan.FromSeconds(1) || time > TimeSpan.FromDays(1))
        {
            errors.Add($"{key} is {time}. Write a time from 00:00:01 to 1.00:00:00.");
        }
    }
}
