namespace NacGateway.Harness.Loading;

/// <summary>What kind of request is sent.</summary>
internal enum LoadKind
{
    /// <summary>Access-Request with User-Password.</summary>
    Pap = 0,

    /// <summary>Access-Request with CHAP-Password.</summary>
    Chap,

    /// <summary>Access-Request with MS-CHAP2-Response.</summary>
    MsChapV2,

    /// <summary>Accounting-Request: Start and Stop of made-up sessions in turn.</summary>
    Accounting,
}
