namespace NacGateway.Web.Api.Frame;

/// <summary>What the API is, and where its parts are.</summary>
/// <param name="Name">Name of the program.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="User">Who asks.</param>
/// <param name="Role">As what.</param>
/// <param name="Links">Addresses by name: the lists, the document, the explanations of problems.</param>
public sealed record ApiIndex(string Name, string Version, string User, string Role, IReadOnlyDictionary<string, string> Links);
