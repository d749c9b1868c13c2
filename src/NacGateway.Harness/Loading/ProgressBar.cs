using System.Globalization;

namespace NacGateway.Harness.Loading;

/// <summary>One line that is drawn over itself, on a terminal only. Other lines are written between <see cref="Clear"/> and the next drawing.</summary>
internal sealed class ProgressBar(TextWriter? terminal, LoadPlan plan)
{
    private const int Width = 30;
    private bool _isDrawn;

    public void Draw(LoadProgress progress)
    {
        if (terminal is null)
        {
            return;
        }

        var byTime = progress.Elapsed / plan.Duration;
        var byCount = plan.Count == long.MaxValue ? 0 : (double)(progress.Answered + progress.Lost) / plan.Count;
        var share = Math.Clamp(Math.Max(byTime, byCount), 0, 1);
        var filled = (int)Math.Round(share * Width);
        terminal.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {share * 100,3:0} %  {progress.Elapsed.TotalSeconds:0.0} s  {progress.Sent:N0} sent, {progress.Answered:N0} answered, {progress.Lost:N0} lost\e[K"));
        terminal.Flush();
        _isDrawn = true;
    }

    public void Clear()
    {
        if (_isDrawn)
        {
            terminal!.Write("\r\e[K");
            terminal.Flush();
            _isDrawn = false;
        }
    }
}
