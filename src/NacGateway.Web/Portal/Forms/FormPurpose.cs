namespace NacGateway.Web.Portal.Forms;

/// <summary>Which form a token was made for; one form's token is worthless in another.</summary>
internal enum FormPurpose : byte
{
    SignIn = 1,
    Challenge = 2,
    LogOff = 3,
    Notice = 4,
}
