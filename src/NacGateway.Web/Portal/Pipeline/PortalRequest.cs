using System.Net;
using NacGateway.Web.Portal.Pages;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>One request to the portal, as the handlers see it.</summary>
/// <param name="Http">The request itself.</param>
/// <param name="Client">The client's address.</param>
/// <param name="Page">What every page shows.</param>
internal sealed record PortalRequest(HttpContext Http, IPAddress Client, PageContext Page)
{
    /// <summary>Sentence by its key.</summary>
    public string T(string key) => Page.Language.Texts[key];
}
