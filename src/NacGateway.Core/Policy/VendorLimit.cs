using System.Collections.Frozen;
using NacGateway.Radius.Attributes;

namespace NacGateway.Core.Policy;

/// <summary>What a vendor's attribute means here. Vendors and types that are not in this table have no effect (RFC 2865 section 5.26).</summary>
/// <param name="Name">Its name in the dictionary.</param>
/// <param name="Form">How its value is to be read.</param>
/// <param name="Kind">What it limits; of no meaning for a role and a filter.</param>
/// <param name="Factor">Of a rate: bits per second in one of its units.</param>
internal sealed record VendorLimit(string Name, VendorForm Form, LimitKind Kind = default, long Factor = 1)
{
    private static readonly FrozenDictionary<(uint Vendor, byte Type), VendorLimit> s_all = new Dictionary<(uint Vendor, byte Type), VendorLimit>
    {
        // WISPr counts bits per second, ChilliSpot and HP thousands of them.
        [(VendorId.Wispr, WisprAttributeType.BandwidthMaxUp)] = new("WISPr-Bandwidth-Max-Up", VendorForm.Rate, LimitKind.UploadRate),
        [(VendorId.Wispr, WisprAttributeType.BandwidthMaxDown)] = new("WISPr-Bandwidth-Max-Down", VendorForm.Rate, LimitKind.DownloadRate),
        [(VendorId.Wispr, WisprAttributeType.SessionTerminateTime)] = new("WISPr-Session-Terminate-Time", VendorForm.EndTime, LimitKind.SessionTimeout),
        [(VendorId.ChilliSpot, 1)] = new("ChilliSpot-Max-Input-Octets", VendorForm.Octets, LimitKind.InputQuota),
        [(VendorId.ChilliSpot, 2)] = new("ChilliSpot-Max-Output-Octets", VendorForm.Octets, LimitKind.OutputQuota),
        [(VendorId.ChilliSpot, 3)] = new("ChilliSpot-Max-Total-Octets", VendorForm.Octets, LimitKind.TotalQuota),
        [(VendorId.ChilliSpot, 4)] = new("ChilliSpot-Bandwidth-Max-Up", VendorForm.Rate, LimitKind.UploadRate, 1000),
        [(VendorId.ChilliSpot, 5)] = new("ChilliSpot-Bandwidth-Max-Down", VendorForm.Rate, LimitKind.DownloadRate, 1000),
        [(VendorId.ChilliSpot, 21)] = new("ChilliSpot-Max-Input-Gigawords", VendorForm.Gigawords, LimitKind.InputQuota),
        [(VendorId.ChilliSpot, 22)] = new("ChilliSpot-Max-Output-Gigawords", VendorForm.Gigawords, LimitKind.OutputQuota),
        [(VendorId.ChilliSpot, 23)] = new("ChilliSpot-Max-Total-Gigawords", VendorForm.Gigawords, LimitKind.TotalQuota),
        [(VendorId.Mikrotik, 1)] = new("Mikrotik-Recv-Limit", VendorForm.Octets, LimitKind.InputQuota),
        [(VendorId.Mikrotik, 2)] = new("Mikrotik-Xmit-Limit", VendorForm.Octets, LimitKind.OutputQuota),
        [(VendorId.Mikrotik, 8)] = new("Mikrotik-Rate-Limit", VendorForm.RatePair),
        [(VendorId.Mikrotik, 14)] = new("Mikrotik-Recv-Limit-Gigawords", VendorForm.Gigawords, LimitKind.InputQuota),
        [(VendorId.Mikrotik, 15)] = new("Mikrotik-Xmit-Limit-Gigawords", VendorForm.Gigawords, LimitKind.OutputQuota),
        [(VendorId.Mikrotik, 17)] = new("Mikrotik-Total-Limit", VendorForm.Octets, LimitKind.TotalQuota),
        [(VendorId.Mikrotik, 18)] = new("Mikrotik-Total-Limit-Gigawords", VendorForm.Gigawords, LimitKind.TotalQuota),
        [(VendorId.Hp, 25)] = new("HP-User-Role", VendorForm.Role),
        [(VendorId.Hp, 46)] = new("HP-Bandwidth-Max-Ingress", VendorForm.Rate, LimitKind.UploadRate, 1000),
        [(VendorId.Hp, 48)] = new("HP-Bandwidth-Max-Egress", VendorForm.Rate, LimitKind.DownloadRate, 1000),
        [(VendorId.Hp, 61)] = new("HP-Ip-Filter-Raw", VendorForm.Filter),
        [(VendorId.Aruba, 1)] = new("Aruba-User-Role", VendorForm.Role),
        [(VendorId.Aruba, 51)] = new("Aruba-NAS-Filter-Rule", VendorForm.Filter),
    }.ToFrozenDictionary();

    public static VendorLimit? Find(uint vendor, byte type) => s_all.GetValueOrDefault((vendor, type));
}
