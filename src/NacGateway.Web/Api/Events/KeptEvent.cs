using System.Globalization;
using System.Text;
using System.Text.Json;
using NacGateway.Core.Sessions;
using NacGateway.Web.Api.Frame;

namespace NacGateway.Web.Api.Events;

/// <summary>An event with its number. As text it is made once, by the first who is sent it, for all who are.</summary>
internal sealed class KeptEvent(string run, long number, SessionNotice notice)
{
    private byte[]? _written;

    public long Number => number;

    public SessionNotice Notice => notice;

    /// <summary>As it is sent. Two who come at the same moment make the same octets.</summary>
    public ReadOnlyMemory<byte> Written => _written ??= Write("session", Id(run, number), SessionEventItem.Of(notice));

    /// <summary>How an event of a run is named.</summary>
    public static string Id(string run, long number) => string.Create(CultureInfo.InvariantCulture, $"{run}-{number}");

    /// <summary>Any event, as it is sent.</summary>
    public static byte[] Write<T>(string name, string id, T data) =>
        Encoding.UTF8.GetBytes($"event: {name}\nid: {id}\ndata: {JsonSerializer.Serialize(data, ApiJson.Options)}\n\n");
}
