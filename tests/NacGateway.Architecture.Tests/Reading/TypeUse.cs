namespace NacGateway.Architecture.Tests.Reading;

/// <summary>One type's use of another, read from IL, signatures or attributes.</summary>
/// <param name="From">Full name of the outermost type that uses.</param>
/// <param name="FromNamespace">Its namespace.</param>
/// <param name="To">Full name of the outermost type that is used.</param>
/// <param name="ToNamespace">Its namespace.</param>
/// <param name="ToAssembly">Assembly that declares the used type.</param>
/// <param name="Member">Name of the used member; empty when only the type is named.</param>
internal sealed record TypeUse(string From, string FromNamespace, string To, string ToNamespace, string ToAssembly, string Member);
