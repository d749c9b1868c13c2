using System.ComponentModel.DataAnnotations;

namespace NacGateway.Web.Api.Frame;

/// <summary>Settings of the REST API and of the live feeds.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>Requests a minute of one API key or administrator, in the long run; past them the answer is 429 with Retry-After. Default 1,200: twenty a second.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 1200;

    /// <summary>Requests at once of one API key or administrator, before the pace of RequestsPerMinute counts. Default 200.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 200;
}
