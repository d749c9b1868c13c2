namespace NacGateway.Web.Portal.Pages;

/// <summary>State of the sign-in form. The password is never part of it.</summary>
public sealed record SignInModel
{
    /// <summary>Hidden field; null leaves the form out, when trying now would be useless.</summary>
    public string? Token { get; init; }

    /// <summary>What the person typed as user name.</summary>
    public string UserName { get; init; } = "";

    /// <summary>Whether the box was ticked.</summary>
    public bool TermsAccepted { get; init; }

    /// <summary>What went wrong before.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Which fields are to be corrected.</summary>
    public FieldErrors Fields { get; init; } = FieldErrors.None;

    /// <summary>Whether the button says "Try again": nothing was wrong with the entries.</summary>
    public bool Again { get; init; }
}
