using System.Globalization;
using System.Text;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Accounting;

/// <summary>
/// Appends each record to a file as FreeRADIUS' detail module does: a line of time, <c>Name = value</c> lines behind a tab, an empty line.
/// What is secret is hidden, and text from the network is escaped. A record is answered only when it stands there (RFC 2866 section 2),
/// so each is written through to the operating system. Safe for concurrent use.
/// </summary>
public sealed class AccountingFile : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;

    /// <summary>Opens a file, or makes it; what it holds is kept.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public AccountingFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            // Who was online when is nobody else's business on this machine.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, options);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Writes a record.</summary>
    /// <exception cref="IOException">It could not be stored; the request must not be answered then.</exception>
    internal void Append(RadiusRequestContext context, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)).Append('\n');
        foreach (var line in PacketPrinter.Lines(context.Request.Attributes, AttributeDictionary.Default))
        {
            text.Append('\t').Append(line).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"\tPacket-Src-IP-Address = {context.Source.Address}\n\tTimestamp = {now.ToUnixTimeSeconds()}\n\n");
        lock (_lock)
        {
            _file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        }
    }
}
