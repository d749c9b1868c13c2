using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;

namespace NacGateway.Web.Desk.Radius;

/// <summary>Says what happens when no server answers.</summary>
internal sealed class OutageWords(PolicyBook policies, AccountingHealth accounting)
{
    public IReadOnlyList<string> Read() =>
    [
        policies.Current.HasOutageRule
            ? "New sign-ins: whom a server accepted at the same device lately is let in for a while, as the policies say, once every server is taken for dead. No password is checked then, and the record of each says so. Everybody else is refused and asked to try again."
            : "New sign-ins are refused, and people are asked to try again. The policies let nobody in without an answer.",
        "Open sessions stay, with the limits that they have.",
        accounting.IsEnabled ? "Accounting waits in the database and is sent, in its order, when a server acknowledges again." : "Accounting is switched off.",
    ];
}
