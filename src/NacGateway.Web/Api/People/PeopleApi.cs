using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.People;
using NacGateway.Core.Insight.Search;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.People;

namespace NacGateway.Web.Api.People;

/// <summary>People and devices, and who had an address.</summary>
internal static class PeopleApi
{
    private const string Tag = "People";
    private const int LongestName = 253;

    public static void AddServices(IServiceCollection services)
    {
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/people", FindAsync).RequireRight(DeskRight.Read).Describe("findPeople", Tag, "People, devices and addresses that begin like a text; without one, whose sessions began last.");
        api.MapGet("/people/person", PersonAsync).RequireRight(DeskRight.Read).Describe("getPerson", Tag, "What is kept of an account: devices, sessions, tries to sign in, and whether it is locked.").MayMiss();
        api.MapGet("/devices/{mac}", DeviceAsync).RequireRight(DeskRight.Read).Describe("getDevice", Tag, "What is kept of a device: people, sessions, tries to sign in.");
        api.MapGet("/addresses/{ip}", AddressAsync).RequireRight(DeskRight.Read).Describe("whoHadAddress", Tag, "Who had an address at a moment, and who before and after.");
        api.MapPost("/people/unlock", UnlockAsync).RequireRight(DeskRight.ActOnSessions).Describe("unlockPerson", Tag, "Forgets the failed tries of an account, or from an address: the next sign-in is tried. Answers how it stood before.");
    }

    private static async Task<Results<Ok<PeopleResult>, ApiProblem>> FindAsync(HttpContext context, [FromQuery, Description("Beginning of a user name, MAC address or address."), MaxLength(LongestName)] string? q, PeopleSearch search)
    {
        if (q?.Length > LongestName)
        {
            return ApiProblem.Invalid("q", "A search has 253 characters at most.");
        }

        return TypedResults.Ok(PeopleResult.Of(string.IsNullOrWhiteSpace(q)
            ? new FoundPeople(await search.LatestAsync(context.RequestAborted), [], [], IsMore: false)
            : await search.FindAsync(q, context.RequestAborted)));
    }

    private static async Task<Results<Ok<PersonDetails>, ApiProblem>> PersonAsync(HttpContext context, [FromQuery, Description("User-Name, however it is spelled.")] string? user, PeopleFiles files, LoginLocks locks)
    {
        if (user?.Trim().Length is not (> 0 and <= LongestName))
        {
            return ApiProblem.Invalid("user", "Name a person, by 1 to 253 characters.");
        }

        var state = await locks.OfUserAsync(user, context.RequestAborted);
        var file = await files.OfUserAsync(user, context.RequestAborted);
        return file.IsKnown || state.Matters ? TypedResults.Ok(PersonDetails.Of(file, state)) : ApiProblem.NotFound("Nothing is kept of this name.");
    }

    private static async Task<Results<Ok<DeviceDetails>, ApiProblem>> DeviceAsync(HttpContext context, [Description("The MAC address, in any usual spelling.")] string mac, PeopleFiles files)
    {
        if (!StationText.TryRead(mac, out var station, out var isWhole) || !isWhole)
        {
            return ApiProblem.Invalid("mac", "Write a whole MAC address, such as a2:37:d4:84:7e:4d.");
        }

        var file = await files.OfDeviceAsync(station, context.RequestAborted);
        return file.IsKnown ? TypedResults.Ok(DeviceDetails.Of(file, StationText.IsRandomised(station))) : ApiProblem.NotFound("Nothing is kept of this device.");
    }

    private static async Task<Results<Ok<AddressDetails>, ApiProblem>> AddressAsync(
        HttpContext context,
        [Description("IPv4 or IPv6 address; an IPv4-mapped one is the IPv4 address.")] string ip,
        [FromQuery, Description("The moment, RFC 3339; UTC where no zone is named. Now when left out.")] string? at,
        AddressHistory history,
        LoginLocks locks,
        TimeProvider time)
    {
        var moment = time.GetUtcNow();
        if (!string.IsNullOrEmpty(at) && !UtcText.TryParse(at, out moment))
        {
            return ApiProblem.Invalid("at", "Write a moment such as 2026-11-24T14:03:00Z.");
        }

        if (!AddressQuestion.TryAddress(ip, out var address))
        {
            return ApiProblem.Invalid("ip", "Write a whole IPv4 or IPv6 address.");
        }

        return TypedResults.Ok(AddressDetails.Of(await history.FindAsync(Core.Sessions.ClientKey.From(address), moment, context.RequestAborted), await locks.OfClientAsync(address, context.RequestAborted)));
    }

    private static async Task<Results<Ok<LockItem>, ApiProblem>> UnlockAsync(HttpContext context, UnlockOrder order, PersonUnlock unlock)
    {
        if (order.User?.Trim().Length is > 0 and <= LongestName && order.Address is null)
        {
            return TypedResults.Ok(LockItem.Of(await unlock.UserAsync(context.DeskUser(), order.User)));
        }

        return order.User is null && AddressQuestion.TryAddress(order.Address, out var address)
            ? TypedResults.Ok(LockItem.Of(await unlock.ClientAsync(context.DeskUser(), address)))
            : ApiProblem.Invalid("user", "Name either an account by user, 1 to 253 characters, or a whole address by address.");
    }
}
