using System.Text.Json.Serialization;

namespace NacGateway.Harness.Probing;

/// <summary>How a server stands one question.</summary>
internal enum ProbeGrade
{
    /// <summary>Nothing was found out, because it was not asked or an earlier question was not answered.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown = 0,

    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("good")]
    Good,

    /// <summary>It works, and is less than the RFCs advise.</summary>
    [JsonStringEnumMemberName("weak")]
    Weak,

    /// <summary>A rule is broken that a server must keep.</summary>
    [JsonStringEnumMemberName("bad")]
    Bad,
}
