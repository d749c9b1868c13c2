namespace NacGateway.Radius.Attributes;

/// <summary>Attribute types of vendor 14122. Bandwidths are bit/s; up is from the client, down to it.</summary>
public static class WisprAttributeType
{
    /// <summary>WISPr-Location-ID, text.</summary>
    public const byte LocationId = 1;

    /// <summary>WISPr-Location-Name, text.</summary>
    public const byte LocationName = 2;

    /// <summary>WISPr-Logoff-URL, text.</summary>
    public const byte LogoffUrl = 3;

    /// <summary>WISPr-Redirection-URL, text: the page after sign-in.</summary>
    public const byte RedirectionUrl = 4;

    /// <summary>WISPr-Bandwidth-Min-Up, integer in bit/s.</summary>
    public const byte BandwidthMinUp = 5;

    /// <summary>WISPr-Bandwidth-Min-Down, integer in bit/s.</summary>
    public const byte BandwidthMinDown = 6;

    /// <summary>WISPr-Bandwidth-Max-Up, integer in bit/s.</summary>
    public const byte BandwidthMaxUp = 7;

    /// <summary>WISPr-Bandwidth-Max-Down, integer in bit/s.</summary>
    public const byte BandwidthMaxDown = 8;

    /// <summary>WISPr-Session-Terminate-Time, text: YYYY-MM-DDThh:mm:ss and a zone.</summary>
    public const byte SessionTerminateTime = 9;

    /// <summary>WISPr-Session-Terminate-End-Of-Day, text.</summary>
    public const byte SessionTerminateEndOfDay = 10;

    /// <summary>WISPr-Billing-Class-Of-Service, text.</summary>
    public const byte BillingClassOfService = 11;
}
