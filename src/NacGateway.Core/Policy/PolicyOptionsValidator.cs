using Microsoft.Extensions.Options;

namespace NacGateway.Core.Policy;

/// <summary>Names every error of the section, those in the file of rules among them.</summary>
internal sealed class PolicyOptionsValidator : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        List<string> errors = [];
        if (options.DecisionsKept is < 1_000 or > 10_000_000)
        {
            errors.Add($"Policy:DecisionsKept is {options.DecisionsKept}. Write a number from 1000 to 10000000.");
        }

        if (options.DecisionsKeptFor < TimeSpan.FromHours(1) || options.DecisionsKeptFor > TimeSpan.FromDays(366))
        {
            errors.Add($"Policy:DecisionsKeptFor is {options.DecisionsKeptFor}. Write a time from 01:00:00 to 366.00:00:00.");
        }

        // Without a file, and none beside the program, there are no rules: the server and the settings alone decide.
        if (options.File.Length > 0 || File.Exists(options.EffectiveFile))
        {
            PolicyFile.TryRead(options.EffectiveFile, out _, out var problems);
            errors.AddRange(problems.Select(problem => $"Policy:File {problem}"));
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
