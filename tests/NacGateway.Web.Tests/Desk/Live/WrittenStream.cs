using System.Text;

namespace NacGateway.Web.Tests.Desk.Live;

/// <summary>Keeps what is written to it as text, and tells when something has been.</summary>
internal sealed class WrittenStream : Stream
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(string Text, TaskCompletionSource Found)> _awaited = [];

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public Task UntilAsync(string text, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_text.ToString().Contains(text, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, found));
            return found.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        lock (_lock)
        {
            _text.Append(Encoding.UTF8.GetString(buffer, offset, count));
            var all = _text.ToString();
            _awaited.Where(one => all.Contains(one.Text, StringComparison.Ordinal)).ToList().ForEach(one => one.Found.TrySetResult());
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
