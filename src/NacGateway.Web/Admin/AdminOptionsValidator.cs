using Microsoft.Extensions.Options;
using NacGateway.Web.Gate;

namespace NacGateway.Web.Admin;

/// <summary>Checks what attributes cannot: the form of the address.</summary>
internal sealed class AdminOptionsValidator : IValidateOptions<AdminOptions>
{
    public ValidateOptionsResult Validate(string? name, AdminOptions options) =>
        ListenAddress.IsValid(options.Listen)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Admin:Listen '{options.Listen}' is not ADDRESS:PORT. Write for example 127.0.0.1:8082 or [::1]:8082.");
}
