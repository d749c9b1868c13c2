namespace NacGateway.TestKit;

/// <summary>How a FreeRADIUS of a test behaves.</summary>
public sealed record FreeRadiusOptions
{
    /// <summary>The octets of the State of a challenge: not text, with a zero, so that whoever treats it as text breaks it.</summary>
    public const string ChallengeState = "0x00ff6e65787400";

    /// <summary>
    /// The people: alice signs in by any method and gets limits; bob is asked for a code after his password; eve is rejected with a
    /// Reply-Message, mallory without; olga's password has expired (told by MS-CHAP error 648).
    /// </summary>
    public const string People = """
        alice	Cleartext-Password := "wonderland"
        	Session-Timeout = 3600,
        	Idle-Timeout = 600,
        	Class = 0x00c1a5500ff0,
        	Reply-Message = "Welcome to the building"

        bob	Cleartext-Password := "builder", Tmp-String-0 := "123456"

        eve	Auth-Type := Reject
        	Reply-Message = "Ask Mia at desk 4 about <your> account"

        olga	Cleartext-Password := "yesterday", SMB-Account-Ctrl-Text := "[Ue]"

        mallory	Auth-Type := Reject

        """;

    /// <summary>Shared secret of the one client, 127.0.0.1.</summary>
    public string Secret { get; init; } = "testing-secret-0123456789";

    /// <summary>Whether replies carry Message-Authenticator. Debian's 3.2.1 adds none to replies other than EAP unless it is configured to.</summary>
    public bool SignsReplies { get; init; } = true;

    /// <summary>Whether it does accounting, and CoA and Disconnect as a NAS does, each on a port of its own.</summary>
    public bool DoesAccounting { get; init; }

    /// <summary>The port of a gateway on this machine, and the secret, by which each user whom it accepts is disconnected there; null for none.</summary>
    public (int Port, string Secret)? Disconnects { get; init; }

    /// <summary>Who is refused by CoA and Disconnect, with Error-Cause Session-Context-Not-Found; everybody else is acknowledged.</summary>
    public const string Unconnected = "nobody";

    /// <summary>Its files for RadSec, for which it then listens as well; null for none.</summary>
    public FreeRadiusTls? Tls { get; init; }

    /// <summary>Users file.</summary>
    public string Users { get; init; } = People;
}
