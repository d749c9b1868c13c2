using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Desk.Access;

/// <summary>Passwords of local accounts, by the framework's hasher. Safe for concurrent use.</summary>
internal sealed class DeskPasswords(IOptions<AdminOptions> options) : IDisposable
{
    public const int Shortest = 12;
    public const int Longest = 256;

    /// <summary>Hashes at once: each takes a core for some ten milliseconds, and whoever floods the sign-in must not take them all.</summary>
    private readonly SemaphoreSlim _turns = new(2);

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));

    /// <summary>What a name without an account is compared with, so that it takes as long as one with.</summary>
    private readonly Lazy<string> _nobody = new(() => new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations })).HashPassword(new object(), RandomNumberGenerator.GetHexString(32)));

    private long _comparisons;

    /// <summary>Comparisons so far.</summary>
    public long Comparisons => Volatile.Read(ref _comparisons);

    /// <summary>What is wrong with a new password, and the remedy; null for nothing. Length is what counts (NIST SP 800-63B section 3.1.1.2).</summary>
    public static string? Problem(string password, string name) =>
        password.Length < Shortest ? $"Use at least {Shortest} characters; several words are easier to remember than signs."
        : password.Length > Longest ? $"Use at most {Longest} characters."
        : password.Contains(name, StringComparison.OrdinalIgnoreCase) && password.Length < name.Length + Shortest ? "Do not build the password from the name."
        : password.Distinct().Count() < 5 ? "Use more different characters."
        : null;

    public void Dispose() => _turns.Dispose();

    public string Hash(string password) => _hasher.HashPassword(new object(), password);

    /// <summary>Compares; null stands for an account that is not there, and takes as long.</summary>
    public async Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            Interlocked.Increment(ref _comparisons);
            var result = password.Length > Longest ? PasswordVerificationResult.Failed : _hasher.VerifyHashedPassword(new object(), hash ?? _nobody.Value, password);
            return hash is null ? PasswordVerificationResult.Failed : result;
        }
        finally
        {
            _turns.Release();
        }
    }
}
