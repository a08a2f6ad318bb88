"""How an agent is reached, as a workload writes it: proofs of who asks, patience, limits, and where it calls back."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Positive = Annotated[float, Meta(gt=0, le=604_800)]


class Wanted(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of everything an author writes: unknown keys are mistakes, defaults stay unwritten."""


class OAuth2(Wanted, frozen=True, kw_only=True):
    """Client credentials (RFC 6749, 4.4): a token is fetched once for all, and again shortly before it runs out."""

    token_url: Annotated[str, Meta(description="Where tokens are given. Loopback, unless under `allow_hosts`.")]
    client_id: str
    scope: str = ""
    audience: str = ""


class Hmac(Wanted, frozen=True, kw_only=True):
    """A keyed hash over each request's body, in a header."""

    header: Annotated[str, Meta(description="Header that carries the signature.")] = "X-Signature"
    algorithm: Literal["sha1", "sha256", "sha512"] = "sha256"
    encoding: Literal["hex", "base64"] = "hex"
    prefix: Annotated[str, Meta(description="Text before the signature, such as `sha256=`.")] = ""
    over: Annotated[str, Meta(description="What is signed: `$body` and `$timestamp`, with text between.")] = "$body"
    timestamp_header: Annotated[str | None, Meta(description="Header that carries the time stamp, in seconds.")] = None


class SigV4(Wanted, frozen=True, kw_only=True):
    """AWS Signature Version 4 over each request, as Amazon Lex asks for; the secret is the secret access key."""

    region: Annotated[str, Meta(min_length=1, description="The region, such as eu-west-1.")]
    service: Annotated[str, Meta(min_length=1, description="The service's signing name.")] = "lex"
    access_key_env: Annotated[str, Meta(description="Environment variable that holds the access key's id.")] = (
        "AWS_ACCESS_KEY_ID"
    )
    session_token_env: Annotated[
        str | None, Meta(description="Environment variable that holds a session token, for keys that run out.")
    ] = None


class Auth(Wanted, frozen=True, kw_only=True):
    """How requests prove who they are. Secrets are named here and read from elsewhere, never written.

    One secret, and at most one way to use it; without a way it is a bearer token.
    """

    bearer_env: Annotated[str | None, Meta(description="Environment variable that holds a bearer token.")] = None
    bearer_file: Annotated[str | None, Meta(description="File that holds a bearer token.")] = None
    secret_env: Annotated[str | None, Meta(description="Environment variable that holds the secret.")] = None
    secret_file: Annotated[str | None, Meta(description="File that holds the secret.")] = None
    header: Annotated[str | None, Meta(description="Header to send the secret in, instead of Authorization.")] = None
    query: Annotated[str | None, Meta(description="Query parameter to send the secret in.")] = None
    basic_user: Annotated[str | None, Meta(description="User name; the secret is the password (RFC 7617).")] = None
    oauth2: Annotated[OAuth2 | None, Meta(description="Fetch tokens; the secret is the client's.")] = None
    hmac: Annotated[Hmac | None, Meta(description="Sign each body; the secret is the key.")] = None
    sigv4: Annotated[SigV4 | None, Meta(description="Sign each request as AWS asks for.")] = None


class Busy(Wanted, frozen=True, kw_only=True):
    """What to do when the agent answers 429 or 503."""

    policy: Annotated[
        Literal["count", "retry", "back_off"],
        Meta(description="count: the customer sees a failure; retry: send again; back_off: and all others wait too."),
    ] = "count"
    attempts: Annotated[int, Meta(ge=1, le=10, description="Sends of one turn, the first included.")] = 3
    base_s: Annotated[Positive, Meta(description="First wait, doubled each time, where the agent names none.")] = 0.5
    longest_wait_s: Annotated[Positive, Meta(description="A longer wait is not waited: the turn fails.")] = 10.0


class Inbound(Wanted, frozen=True, kw_only=True):
    """Where agents call back, for connectors that play a messaging platform. One server for each process."""

    host: Annotated[str, Meta(min_length=1, description="Address to listen on. Loopback keeps others out.")] = (
        "127.0.0.1"
    )
    port: Annotated[
        int, Meta(ge=0, le=65535, description="Port to listen on; process w of several takes port + w. 0: a free one.")
    ] = 0
    public_url: Annotated[
        str | None, Meta(description="The same place as the agent reaches it, where that is not http://host:port.")
    ] = None


class Timeouts(Wanted, frozen=True, kw_only=True):
    """Limits on one exchange, in seconds."""

    connect_s: Positive = 5.0
    first_text_s: Positive = 20.0
    gap_s: Annotated[Positive, Meta(description="Longest silence between two chunks of one reply.")] = 15.0
    turn_s: Positive = 60.0
