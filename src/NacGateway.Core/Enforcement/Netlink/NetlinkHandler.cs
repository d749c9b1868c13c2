namespace NacGateway.Core.Enforcement.Netlink;

/// <summary>Takes one message; it is valid during the call only.</summary>
internal delegate void NetlinkHandler(NetlinkMessage message);
