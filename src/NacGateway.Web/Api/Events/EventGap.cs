namespace NacGateway.Web.Api.Events;

/// <summary>Says that events are missing here: read the lists again, for they know what happened.</summary>
/// <param name="Missed">How many; null where that is not known, as after a restart of the gateway.</param>
public sealed record EventGap(long? Missed);
