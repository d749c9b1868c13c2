namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>A server that sends and takes as much as it is asked to: GET /N, POST, upgrade to "load", or in a tunnel a line "N".</summary>
internal static class LoadOrigin
{
    public static RawOrigin Start() => new(static async (connection, token) =>
    {
        while (await connection.ReadHeadAsync(token) is { } head)
        {
            if (head.StartsWith("GET /", StringComparison.Ordinal))
            {
                var size = int.Parse(head.AsSpan(5, head.IndexOf(' ', 5) - 5), System.Globalization.CultureInfo.InvariantCulture);
                if (RawResponse.Field(head, "Upgrade") is not null)
                {
                    await connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: load\r\n\r\n" + new string('d', size), token);
                    await connection.ReadToEndAsync(token);
                    return;
                }

                await connection.WriteAsync($"HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\nContent-Length: {size}\r\n\r\n{new string('d', size)}", token);
            }
            else
            {
                await connection.ReadBodyAsync(head, token);
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n", token);
            }
        }
    });
}
