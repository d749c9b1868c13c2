namespace NacGateway.Web.Api.Radius;

/// <summary>Something that went wrong with a server.</summary>
/// <param name="At">When last.</param>
/// <param name="What">What, in words.</param>
/// <param name="Count">How often in a row.</param>
public sealed record ServerErrorItem(DateTimeOffset At, string What, int Count);
