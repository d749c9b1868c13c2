using System.Text.Json.Serialization;

namespace NacGateway.Harness.Output;

/// <summary>What one check of a packet found.</summary>
internal enum CheckOutcome
{
    /// <summary>It is there and right.</summary>
    [JsonStringEnumMemberName("right")]
    Right = 0,

    /// <summary>It is there and wrong, or must be there and is not.</summary>
    [JsonStringEnumMemberName("wrong")]
    Wrong,

    /// <summary>It is not there.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>It could not be checked.</summary>
    [JsonStringEnumMemberName("unchecked")]
    Unchecked,
}
