using Microsoft.Extensions.Options;

namespace NacGateway.Core.Insight;

/// <summary>Checks the range that the options promise.</summary>
internal sealed class InsightOptionsValidator : IValidateOptions<InsightOptions>
{
    public ValidateOptionsResult Validate(string? name, InsightOptions options) =>
        options.SamplesKeptFor < TimeSpan.FromHours(1) || options.SamplesKeptFor > TimeSpan.FromDays(366)
            ? ValidateOptionsResult.Fail($"Insight:SamplesKeptFor is {options.SamplesKeptFor}. Write a time from 01:00:00 to 366.00:00:00.")
            : ValidateOptionsResult.Success;
}
