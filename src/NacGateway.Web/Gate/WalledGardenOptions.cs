namespace NacGateway.Web.Gate;

/// <summary>Destinations that are open before sign-in.</summary>
internal sealed class WalledGardenOptions
{
    public const string Section = "WalledGarden";

    /// <summary>
    /// Host names (<c>pay.example</c>), names below a name (<c>*.pay.example</c>, which leaves out <c>pay.example</c> itself), addresses
    /// and prefixes. A name is compared label by label, an address only with a request that names an address. Default: none.
    /// </summary>
    public IList<string> Hosts { get; init; } = [];
}
