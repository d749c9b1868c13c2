namespace NacGateway.Web.Portal.Forms;

/// <summary>What was found out about a submitted token. People see one sentence for all the bad ones; the log names the case.</summary>
internal enum FormTokenVerdict
{
    Good,
    Missing,
    Forged,
    Expired,
    ForeignSite,
}
