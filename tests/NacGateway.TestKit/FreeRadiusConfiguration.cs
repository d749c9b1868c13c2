using System.Globalization;

namespace NacGateway.TestKit;

/// <summary>Writes radiusd.conf: PAP, CHAP, MS-CHAPv2, a users file and a challenge; nothing of the machine's own configuration.</summary>
internal static class FreeRadiusConfiguration
{
    /// <summary>Text of radiusd.conf for a server in <paramref name="folder"/>.</summary>
    public static string Write(string folder, int port, int accountingPort, int coaPort, int tlsPort, FreeRadiusOptions options)
    {
        var sign = options.SignsReplies ? "update reply {\n\t\t\t&Message-Authenticator := 0x00\n\t\t}" : "ok";
        var accounting = options.DoesAccounting ? Accounting(accountingPort, coaPort) : "";
        var (gateway, of, disconnect) = options.Disconnects is { } disconnects ? (Gateway(disconnects.Port, disconnects.Secret), "coa_server = gateway", Disconnect) : ("", "", "");
        var tls = options.Tls is { } files ? Tls(tlsPort, files) : "";
        return $$"""
            {{Server(folder)}}
            {{gateway}}
            client tests {
            	ipaddr = 127.0.0.1
            	secret = "{{options.Secret}}"
            	{{of}}
            }
            clients radsec {
            	client tls {
            		ipaddr = 127.0.0.1
            		proto = tls
            		secret = radsec
            	}
            }
            server default {
            	listen {
            		type = auth
            		ipaddr = 127.0.0.1
            		port = {{port.ToString(CultureInfo.InvariantCulture)}}
            	}
            	{{Sections}}
            	{{accounting}}
            	{{tls}}
            	post-auth {
            		{{disconnect}}
            		{{sign}}
            		Post-Auth-Type REJECT {
            		{{sign}}
            		}
            		Post-Auth-Type Challenge {
            		{{sign}}
            		}
            	}
            }

            """;
    }

    private const string Disconnect = """
        update disconnect {
        			&User-Name := "%{User-Name}"
        			&NAS-Identifier := "nacgateway"
        			&Event-Timestamp := "%l"
        		}
        """;

    /// <summary>The NAS that it sends Disconnect-Requests to; it begins with a proxy section, without which it sends nothing.</summary>
    private static string Gateway(int port, string secret) => $$"""
        proxy server {
        	default_fallback = no
        }
        home_server gateway {
        	type = coa
        	ipaddr = 127.0.0.1
        	port = {{port.ToString(CultureInfo.InvariantCulture)}}
        	secret = "{{secret}}"
        	coa {
        		irt = 2
        		mrt = 16
        		mrc = 5
        		mrd = 30
        	}
        }
        """;

    /// <summary>RadSec for authentication and accounting. Of the client it wants a certificate of the authority.</summary>
    private static string Tls(int port, FreeRadiusTls files) => $$"""
        listen {
        		type = auth+acct
        		ipaddr = 127.0.0.1
        		port = {{port.ToString(CultureInfo.InvariantCulture)}}
        		proto = tcp
        		clients = radsec
        		limit {
        			max_connections = 16
        			lifetime = 0
        			idle_timeout = 60
        		}
        		tls {
        			certificate_file = "{{files.Certificate}}"
        			private_key_file = "{{files.Key}}"
        			ca_file = "{{files.Authority}}"
        			require_client_cert = yes
        			tls_min_version = "1.2"
        			tls_max_version = "1.3"
        			fragment_size = 8192
        			cipher_list = "DEFAULT"
        			ecdh_curve = ""
        		}
        	}
        """;

    private static string Accounting(int accountingPort, int coaPort) => $$"""
        listen {
        		type = acct
        		ipaddr = 127.0.0.1
        		port = {{accountingPort.ToString(CultureInfo.InvariantCulture)}}
        	}
        	listen {
        		type = coa
        		ipaddr = 127.0.0.1
        		port = {{coaPort.ToString(CultureInfo.InvariantCulture)}}
        	}
        	accounting {
        		detail
        	}
        	recv-coa {
        		if (&User-Name == "{{FreeRadiusOptions.Unconnected}}") {
        			update reply {
        				&Error-Cause := Session-Context-Not-Found
        			}
        			reject
        		}
        		ok
        	}
        """;

    // reject_delay 0: the tests wait for rejects. status_server: the gateway's health checks ask for it.
    private static string Server(string folder) => $$"""
        name = freeradius
        prefix = /usr
        libdir = /usr/lib/freeradius
        raddbdir = "{{folder}}"
        confdir = "{{folder}}"
        logdir = "{{folder}}"
        run_dir = "{{folder}}"
        db_dir = "{{folder}}"
        max_request_time = 30
        max_requests = 4096
        hostname_lookups = no
        log {
        	destination = stdout
        	auth = yes
        	auth_badpass = no
        	auth_goodpass = no
        }
        security {
        	max_attributes = 200
        	reject_delay = 0
        	status_server = yes
        	allow_core_dumps = no
        }
        thread pool {
        	start_servers = 1
        	max_servers = 8
        	min_spare_servers = 1
        	max_spare_servers = 8
        }
        modules {
        	pap {
        	}
        	chap {
        	}
        	mschap {
        	}
        	files {
        		usersfile = ${confdir}/users
        	}
        	detail {
        		filename = ${confdir}/detail
        	}
        	always ok {
        		rcode = ok
        	}
        	always handled {
        		rcode = handled
        	}
        	always reject {
        		rcode = reject
        	}
        }
        """;

    // Tmp-String-0 in the users file makes a user one who is challenged; it is the code that answers.
    private const string Sections = $$"""
        authorize {
        		chap
        		mschap
        		files
        		if (&State) {
        			if (&State != {{FreeRadiusOptions.ChallengeState}}) {
        				reject
        			}
        			update control {
        				&Cleartext-Password := "%{control:Tmp-String-0}"
        			}
        		}
        		pap
        	}
        	authenticate {
        		Auth-Type PAP {
        			pap
        			if (ok && &control:Tmp-String-0 && !&State) {
        				update reply {
        					&Reply-Message := "Enter the code that your token shows"
        					&Prompt := No-Echo
        					&State := {{FreeRadiusOptions.ChallengeState}}
        				}
        				update control {
        					&Response-Packet-Type := Access-Challenge
        				}
        				handled
        			}
        		}
        		Auth-Type CHAP {
        			chap
        		}
        		Auth-Type MS-CHAP {
        			mschap
        		}
        	}
        """;
}
