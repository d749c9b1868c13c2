using System.Data.Common;
using Microsoft.Extensions.Options;

namespace NacGateway.Core.Storage;

/// <summary>Checks what the provider would else complain about only at the first query.</summary>
public sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        if (!Enum.IsDefined(options.Provider))
        {
            errors.Add("Storage:Provider is no provider; use Sqlite or PostgreSql.");
        }

        if (options.EffectiveConnectionString.Length == 0)
        {
            errors.Add("Storage:ConnectionString is missing; PostgreSql needs one, such as Host=db.example.org;Database=nacgateway;Username=nacgateway.");
        }
        else if (!IsConnectionString(options.EffectiveConnectionString))
        {
            // The value is not repeated: it may hold a password.
            errors.Add("Storage:ConnectionString is not a list of KEY=VALUE pairs separated by semicolons.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text }.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
