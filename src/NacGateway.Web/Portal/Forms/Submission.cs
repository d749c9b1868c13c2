using NacGateway.Core.Authentication;

namespace NacGateway.Web.Portal.Forms;

/// <summary>The first use of a form: what was submitted, as a keyed digest, and what comes of it.</summary>
internal sealed record Submission(UInt128 Fingerprint, Lazy<Task<LoginOutcome>> Outcome);
