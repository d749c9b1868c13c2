using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Admin.Access;

/// <summary>The page of one's own second factor. An account that is kept elsewhere has none here.</summary>
internal sealed class MeSecondFactor(OwnSecondFactor factor, DeskViews views, DeskRefusals refusals)
{
    private const string Page = "/me/second-factor";

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(Page, (HttpContext context, MeSecondFactor pages) => pages.WriteAsync(context, offer: null, problem: null)).RequireSignIn().ExcludeFromDescription();
        desk.MapPost(Page, (HttpContext context, MeSecondFactor pages) => pages.OfferAsync(context)).RequireSignIn().ExcludeFromDescription();
        desk.MapPost("/me/second-factor/confirm", (HttpContext context, MeSecondFactor pages) => pages.ConfirmAsync(context)).RequireSignIn().ExcludeFromDescription();
        desk.MapPost("/me/second-factor/remove", (HttpContext context, MeSecondFactor pages) => pages.RemoveAsync(context)).RequireSignIn().ExcludeFromDescription();
    }

    private async Task OfferAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (offer, problem) = await factor.OfferAsync(context.DeskUser(), form["present"].ToString(), form["code"].ToString(), context.RequestAborted);
        await WriteAsync(context, offer, problem);
    }

    private async Task ConfirmAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await factor.ReadAsync(context.DeskUser(), form["offer"].ToString(), context.RequestAborted) is not { } offer)
        {
            await WriteAsync(context, offer: null, $"The key was shown more than {OwnSecondFactor.Lasting.TotalMinutes:0} minutes ago, or to another sign-in. Begin again, and take the old one out of the authenticator.");
            return;
        }

        await SayAsync(context, await factor.ConfirmAsync(context.DeskUser(), offer, form["code"].ToString(), context.RequestAborted), offer, "From now on your sign-in asks for a code, too.");
    }

    private async Task RemoveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await SayAsync(context, await factor.RemoveAsync(context.DeskUser(), form["present"].ToString(), form["code"].ToString(), context.RequestAborted), offer: null, "The second factor is removed.");
    }

    private async Task SayAsync(HttpContext context, string? problem, SecondFactorOffer? offer, string done)
    {
        if (problem is not null)
        {
            await WriteAsync(context, offer, problem);
            return;
        }

        DeskFlash.Redirect(context, Page, done);
    }

    private async Task WriteAsync(HttpContext context, SecondFactorOffer? offer, string? problem)
    {
        if (await factor.FindAsync(context.DeskUser(), context.RequestAborted) is not { } account)
        {
            await refusals.NotFoundAsync(context);
            return;
        }

        await views.WriteAsync(context, new DeskView
        {
            Title = "Second factor",
            Page = typeof(SecondFactorPage),
            Model = new SecondFactorModel { IsSet = account.TotpSecret is not null, Offer = offer is null ? null : (offer.Sealed, offer.Key, offer.Link), Problem = problem },
            Status = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        });
    }
}
