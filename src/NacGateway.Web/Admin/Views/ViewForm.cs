using System.Globalization;
using NacGateway.Web.Desk.Access;
using NacGateway.Web.Desk.Views;

namespace NacGateway.Web.Admin.Views;

/// <summary>What a form about a saved view says; what it leaves out stays as it is.</summary>
internal sealed class ViewForm(IFormCollection form, IQueryCollection query)
{
    private const string Home = "/me";

    public string Page => form["page"].ToString();

    public string? Name => form["name"].FirstOrDefault();

    /// <summary>The list, without the place in it.</summary>
    public string? Query => form["query"].FirstOrDefault() is { } text ? ViewQuery.Plain(text) : null;

    public bool? Shared => form["shared"].FirstOrDefault() switch { "yes" => true, "no" => false, _ => null };

    /// <summary>Which view; in the address too, for a way back that is an address alone.</summary>
    public long? Id => long.TryParse(form["id"].FirstOrDefault() ?? query["id"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Where it was sent from: a page of the desk.</summary>
    public string Back => ReturnPath.Of(form["back"].FirstOrDefault()) is { Length: > 1 } back && back.All(c => c is > ' ' and <= '~') ? back : Home;

    public static async Task<ViewForm> ReadAsync(HttpContext context) => new(
        context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty,
        context.Request.Query);
}
