using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace NacGateway.Core.Storage;

/// <summary>
/// A file beside that of the database, which one process holds. The system lets go of it when the process ends, however that comes;
/// the file itself stays, for one that is removed may be held by somebody who sees another file there.
/// </summary>
internal static class FileLease
{
    /// <summary>Takes it; null where the database is no file, and so nobody else's.</summary>
    /// <exception cref="GatewayRunsException">Somebody has it.</exception>
    public static IDisposable? Take(GatewayDbContext database)
    {
        if (PathOf(database) is not { } file)
        {
            return null;
        }

        try
        {
            return Open(file + ".lock");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GatewayRunsException(
                $"Another gateway seems to run on {file}: {exception.Message} Stop that one first, or give this one a database of its own in Storage:ConnectionString.", exception);
        }
    }

    /// <summary>The file of the database, by whatever link it is reached, for one database is one lock; null where it is none.</summary>
    public static string? PathOf(GatewayDbContext database)
    {
        var connection = new DbConnectionStringBuilder { ConnectionString = database.Database.GetConnectionString() };
        var file = database.Database.GetDbConnection().DataSource;
        return file.Length == 0 || file.StartsWith(':') || file.StartsWith("file:", StringComparison.Ordinal)
            || (connection.TryGetValue("Mode", out var mode) && string.Equals(mode as string, "Memory", StringComparison.OrdinalIgnoreCase))
            ? null
            : File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
    }

    /// <summary>Opens a file that nobody else has open so.</summary>
    public static FileStream Open(string name)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return File.Open(name, options);
    }
}
