using Microsoft.Extensions.Options;

namespace NacGateway.Core.Accounting;

/// <summary>Names every error of the section at once, each with its key and what to do.</summary>
internal sealed class AccountingOptionsValidator : IValidateOptions<AccountingOptions>
{
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_mostPatience = TimeSpan.FromSeconds(10);

    public ValidateOptionsResult Validate(string? name, AccountingOptions options)
    {
        List<string> errors = [];
        if (options.LongestPause < s_shortestPause || options.LongestPause > s_longestPause)
        {
            errors.Add($"Accounting:LongestPause is {options.LongestPause}; use 00:00:10 to 01:00:00.");
        }

        if (options.StopPatience < TimeSpan.Zero || options.StopPatience > s_mostPatience)
        {
            errors.Add($"Accounting:StopPatience is {options.StopPatience}; use 00:00:00 to 00:00:10, for the whole stop has twelve seconds.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
