using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Views;

namespace NacGateway.Web.Admin.Frame;

/// <summary>What every component of the desk knows about the request.</summary>
public sealed class DeskContext
{
    internal DeskUser? User { get; init; }

    /// <summary>Path of the page.</summary>
    public required string Path { get; init; }

    /// <summary>Query of the page, with its question mark; empty for none.</summary>
    public required string Query { get; init; }

    /// <summary>The gateway's clock at the time of the request.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The saved views of a page that shows a list; null on others, and where the database did not answer.</summary>
    public ViewShelf? Views { get; init; }

    /// <summary>What every form must carry; on no two pages it reads the same.</summary>
    public string FormToken => field ??= FormMask.Mask(User?.FormToken ?? "");

    /// <summary>Who is signed in; empty for nobody.</summary>
    public string UserName => User?.Name ?? "";

    /// <summary>Seconds until the sign-in ends unless another page is asked for; null where nobody is signed in.</summary>
    public long? SecondsLeft => User?.EndsAt is { } ends ? Math.Max(0, (long)(ends - Now).TotalSeconds) : null;

    /// <summary>A preference of the administrator.</summary>
    public string Preference(string name, string otherwise) => User?.Preferences.GetValueOrDefault(name) ?? otherwise;

    internal bool May(DeskRight right) => User?.May(right) == true;
}
