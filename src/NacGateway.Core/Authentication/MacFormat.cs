namespace NacGateway.Core.Authentication;

/// <summary>How a MAC address is written as a User-Name: servers look it up as text, and each site has its own way.</summary>
public enum MacFormat
{
    /// <summary><c>02005e000001</c></summary>
    Plain = 0,

    /// <summary><c>02:00:5e:00:00:01</c></summary>
    Colons = 1,

    /// <summary><c>02-00-5e-00-00-01</c></summary>
    Hyphens = 2,

    /// <summary><c>02005E000001</c></summary>
    PlainUpper = 3,

    /// <summary><c>02:00:5E:00:00:01</c></summary>
    ColonsUpper = 4,

    /// <summary><c>02-00-5E-00-00-01</c></summary>
    HyphensUpper = 5,
}
