namespace NacGateway.Core.Policy;

/// <summary>How many devices one user may have online at once, and what becomes of one more.</summary>
/// <param name="Most">Devices at once; 0 is no limit.</param>
/// <param name="EndOldest">True: the one online for longest gives way. False: the new one is refused.</param>
public readonly record struct DeviceRule(int Most, bool EndOldest);
