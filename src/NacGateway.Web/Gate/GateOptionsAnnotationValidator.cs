using Microsoft.Extensions.Options;

namespace NacGateway.Web.Gate;

/// <summary>Checks the annotations of <see cref="GateOptions"/> without reflection.</summary>
[OptionsValidator]
internal sealed partial class GateOptionsAnnotationValidator : IValidateOptions<GateOptions>;
