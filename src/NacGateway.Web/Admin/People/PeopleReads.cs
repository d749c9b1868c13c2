using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.People;
using NacGateway.Core.Insight.Search;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.People;

namespace NacGateway.Web.Admin.People;

/// <summary>Shows people and devices, and who had an address.</summary>
internal sealed class PeopleReads(PeopleSearch search, PeopleFiles files, AddressHistory history, LoginLocks locks, DeskViews views, TimeProvider time)
{
    public const int LongestName = 253;

    public async Task FindAsync(HttpContext context)
    {
        var typed = context.Request.Query["q"].ToString().Trim();
        if (AddressQuestion.ReadSentence(typed, time.GetUtcNow(), ViewerZone.Of(context.DeskUser())) is { Address: { } address } question)
        {
            context.Response.Redirect(PeopleLinks.Address(address.ToString(), question.At));
            return;
        }

        var text = typed.Length <= LongestName ? typed : typed[..LongestName];
        await views.WriteAsync(context, new DeskView
        {
            Title = "People and devices",
            Keeps = "/people",
            Page = typeof(PeoplePage),
            Model = new PeopleModel
            {
                Link = PageLink.Of(context.Request),
                Text = text.Length == 0 ? null : text,
                Found = text.Length == 0 ? new FoundPeople(await search.LatestAsync(context.RequestAborted), [], [], IsMore: false) : await search.FindAsync(text, context.RequestAborted),
                Notices = text.Length < typed.Length ? [$"The search is longer than {LongestName} characters; the rest was left out."] : [],
            },
            Regions = new Dictionary<string, Type>(StringComparer.Ordinal) { ["people"] = typeof(PeopleRegion) },
        });
    }

    public async Task PersonAsync(HttpContext context)
    {
        var user = context.Request.Query["user"].ToString();
        if (user.Trim().Length is 0 or > LongestName)
        {
            await RefuseAsync(context, "A person is named by 'user', 1 to 253 characters; none was.");
            return;
        }

        var file = await files.OfUserAsync(user, context.RequestAborted);
        await views.WriteAsync(context, new DeskView { Title = ForeignText.Visible(file.Name, 64), Page = typeof(PersonPage), Model = new PersonModel { Asked = user, File = file, Lock = await locks.OfUserAsync(user, context.RequestAborted) } });
    }

    public async Task DeviceAsync(HttpContext context)
    {
        var typed = context.Request.Query["mac"].ToString().Trim();
        if (!StationText.TryRead(typed, out var station, out var isWhole) || !isWhole)
        {
            await RefuseAsync(context, $"'{(typed.Length <= 60 ? typed : typed[..60])}' is no whole MAC address; write a2:37:d4:84:7e:4d.");
            return;
        }

        var file = await files.OfDeviceAsync(station, context.RequestAborted);
        await views.WriteAsync(context, new DeskView { Title = station, Page = typeof(DevicePage), Model = new PersonModel { Asked = station, File = file, IsRandomised = StationText.IsRandomised(station) } });
    }

    public async Task AddressAsync(HttpContext context)
    {
        var typed = context.Request.Query["ip"].ToString();
        var question = AddressQuestion.Read(typed, context.Request.Query["at"].ToString(), time.GetUtcNow(), ViewerZone.Of(context.DeskUser()));
        var model = new AddressModel { Asked = typed.Length <= LongestName ? typed : typed[..LongestName], At = question.At, Notices = question.Notices };
        if (question.Address is { } address)
        {
            model = model with { Asked = address.ToString(), Answer = await history.FindAsync(address, question.At, context.RequestAborted), Lock = await locks.OfClientAsync(address.ToAddress(), context.RequestAborted) };
        }

        await views.WriteAsync(context, new DeskView { Title = "Who had an address", Page = typeof(AddressPage), Model = model });
    }

    /// <summary>The search with what is wrong: from there one goes on.</summary>
    private async Task RefuseAsync(HttpContext context, string notice) => await views.WriteAsync(context, new DeskView
    {
        Title = "People and devices",
        Page = typeof(PeoplePage),
        Status = StatusCodes.Status400BadRequest,
        Model = new PeopleModel { Link = PageLink.To("/people"), Found = new FoundPeople(await search.LatestAsync(context.RequestAborted), [], [], IsMore: false), Notices = [notice] },
    });
}
