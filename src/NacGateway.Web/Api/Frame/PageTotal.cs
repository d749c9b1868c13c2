namespace NacGateway.Web.Api.Frame;

/// <summary>How many items a list has.</summary>
/// <param name="Count">The number.</param>
/// <param name="IsExact">Whether it was counted to the end; otherwise there are at least so many.</param>
public sealed record PageTotal(long Count, bool IsExact);
