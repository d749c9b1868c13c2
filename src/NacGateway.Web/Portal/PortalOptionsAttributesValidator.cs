using Microsoft.Extensions.Options;

namespace NacGateway.Web.Portal;

/// <summary>Checks the attributes of <see cref="PortalOptions"/>; the source generator writes the body.</summary>
[OptionsValidator]
internal sealed partial class PortalOptionsAttributesValidator : IValidateOptions<PortalOptions>;
