namespace NacGateway.Web.Desk;

/// <summary>Tells requests of the desk's own pages from those that another site makes a browser send.</summary>
internal static class DeskOrigin
{
    /// <summary>Field of a form, and header of a script.</summary>
    public const string Field = "csrf";
    public const string Header = "X-CSRF";

    /// <summary>Whether a request that changes something comes from a page of the desk. Reads, and programs with a key, always pass.</summary>
    public static async Task<bool> IsOwnAsync(HttpContext context, DeskUser user)
    {
        var request = context.Request;
        if (user.IsKey || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return true;
        }

        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            return false;
        }

        var given = request.Headers[Header].ToString();
        if (given.Length == 0 && request.HasFormContentType)
        {
            given = (await request.ReadFormAsync(context.RequestAborted))[Field].ToString();
        }

        return FormMask.IsOf(given, user.FormToken);
    }
}
