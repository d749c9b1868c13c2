namespace NacGateway.Web.Portal.Forms;

/// <summary>The content of a good token.</summary>
/// <param name="Nonce">Unique to one rendering of one form; single use hangs on it.</param>
/// <param name="Subject">What the form is about: a challenge id, an Acct-Session-Id, or nothing.</param>
internal readonly record struct FormToken(UInt128 Nonce, string Subject);
