using System.ComponentModel.DataAnnotations;

namespace NacGateway.Web.Desk.Live;

/// <summary>Settings of what is sent to pages and programs as it happens.</summary>
internal sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>Streams of one administrator or API key at once; past them the answer is 429. Default 16: a page has one while it is in front.</summary>
    [Range(1, 1000)]
    public int StreamsPerUser { get; set; } = 16;

    /// <summary>Streams of all together; each holds a connection. Default 200.</summary>
    [Range(1, 10_000)]
    public int Streams { get; set; } = 200;
}
