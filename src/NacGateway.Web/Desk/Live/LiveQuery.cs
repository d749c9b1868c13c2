using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Live;

/// <summary>What is watched: the page's own query, and as what.</summary>
/// <param name="Text">The query with its question mark; empty for none.</param>
/// <param name="Role">Role of those who watch.</param>
internal sealed record LiveQuery(string Text, DeskRole Role)
{
    /// <summary>The parameters by name.</summary>
    public IReadOnlyDictionary<string, StringValues> Parameters => QueryHelpers.ParseQuery(Text);
}
