//! Every limit of the server and why it is what it is.

/// The largest request body after decompression: 10,000 events of 1.6 KiB, and small enough to hold in memory.
pub(crate) const BODY_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Bodies held at one time: sixteen of the largest, whatever the number of requests.
pub(crate) const BODIES_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Requests worked on at one time: enough to keep the sequencer's pool full, few enough to answer all in time.
pub(crate) const REQUESTS_MAX: u64 = 1_024;

/// Results of listings that are streamed at one time: each reads a hundred events ahead, 8 MiB at the worst.
pub(crate) const LISTINGS_MAX: usize = 32;

/// Events of such a result that are read at one time; whether the reader may go on is asked before each lot.
pub(crate) const LISTED_AT_ONCE: usize = 100;

/// Tails that are followed by server-sent events at one time: each is woken when an event is indexed.
pub(crate) const TAILS_MAX: usize = 512;

/// Open connections: below the usual limit of 65,536 file descriptors, with room for segments and blobs.
pub(crate) const CONNECTIONS_MAX: u64 = 16_384;

/// A head of a few hundred bytes needs one round trip; ten seconds forgive a bad network and starve a slow attacker.
pub(crate) const HEADER_TIMEOUT_S: u64 = 10;

/// 16 MiB in 30 seconds are 4.5 Mbit/s.
pub(crate) const BODY_TIMEOUT_S: u64 = 30;

/// Longer than any wait the API offers (10 s for `?wait=`) and than any query may take.
pub(crate) const REQUEST_TIMEOUT_S: u64 = 60;

/// Within the 30 seconds that container platforms wait before they kill.
pub(crate) const DRAIN_TIMEOUT_S: u64 = 20;

/// The largest JSON body of the control plane; a key with every permission is under 1 KiB.
pub(crate) const CONTROL_BODY_BYTES_MAX: usize = 64 * 1024;

/// How many requests of visitors are worked on at one time: strangers reach them before they have proved anything.
pub(crate) const VISITORS_MAX: usize = 64;

/// How many seconds a request of a visitor may take, its body included.
pub(crate) const VISITOR_TIMEOUT_S: u64 = 15;

/// The longest account, key or display name in bytes, as for names in events.
pub(crate) const NAME_BYTES_MAX: usize = 256;

/// The longest `X-Request-Id` that is taken over from a client.
pub(crate) const REQUEST_ID_BYTES_MAX: usize = 128;

/// Bytes of all request headers together; cookies and tokens stay far below.
pub(crate) const HEADER_BYTES_MAX: usize = 32 * 1024;

/// Requests of one HTTP/2 connection at one time.
pub(crate) const STREAMS_PER_CONNECTION_MAX: u32 = 256;

/// The window a zstd body may ask for, as a power of two: 8 MiB, what RFC 9659 allows for the web.
pub(crate) const ZSTD_WINDOW_LOG_MAX: u32 = 23;

/// Items of a page when the caller does not say.
pub(crate) const PAGE_DEFAULT: usize = 100;

/// Items of a page at most.
pub(crate) const PAGE_MAX: usize = 1_000;

/// Notices waiting for the self-audit recorder; refusals beyond it are counted, changes wait.
pub(crate) const NOTICES_MAX: usize = 4_096;

/// How often the last use of keys is written down: often enough to find a forgotten key, rare enough to cost nothing.
pub(crate) const LAST_USED_EVERY_S: u64 = 60;

/// The longest configuration file.
pub(crate) const CONFIG_BYTES_MAX: u64 = 1024 * 1024;

/// Passwords hashed at one time: each takes 19 MiB and a core for tens of milliseconds.
pub(crate) const HASHINGS_MAX: usize = 2;

/// Passwords being hashed or waiting for it: the last of them waits about a second.
pub(crate) const HASHINGS_WAITING_MAX: usize = 32;

/// The shortest password in characters: with waits between attempts, nobody guesses one over the network.
pub(crate) const PASSWORD_CHARS_MIN: usize = 12;

/// The longest password in bytes.
pub(crate) const PASSWORD_BYTES_MAX: usize = 256;

/// Providers and issuers that may be configured: a sign-in page that can still be read.
pub(crate) const PROVIDERS_MAX: usize = 64;

/// Rules of one provider or issuer; every one is looked at in each sign-in.
pub(crate) const FOREIGN_RULES_MAX: usize = 10_000;

/// The longest token of an issuer in bytes: some carry hundreds of groups, and more than that is no token.
pub(crate) const FOREIGN_TOKEN_BYTES_MAX: usize = 64 * 1024;

/// Keys of an issuer that are looked at; large providers publish fewer than ten.
pub(crate) const FOREIGN_KEYS_MAX: usize = 100;

/// The longest answer of an issuer in bytes: documents and key sets are a few KiB, tokens are limited above.
pub(crate) const FOREIGN_ANSWER_BYTES_MAX: usize = 512 * 1024;

/// How many seconds issuers are given in one sign-in, however many requests it takes: less than a visitor has.
pub(crate) const FOREIGN_ANSWER_TIMEOUT_S: u64 = 10;

/// How long an issuer is not asked again after it was, whether it answered or not; an unknown key may be new, and
/// strangers can make up as many as they like.
pub(crate) const FOREIGN_RETRY_MS: u64 = 30_000;

/// After what time an issuer is asked for its keys again: so long a key that it has withdrawn may still be believed.
pub(crate) const FOREIGN_KEYS_FRESH_MS: u64 = 60 * 60 * 1_000;

/// How long the keys of an issuer that cannot be reached are good for: an outage of a night locks nobody out.
pub(crate) const FOREIGN_KEYS_STALE_MS: u64 = 24 * 60 * 60 * 1_000;

/// Requests that wait for the answer of one issuer at a time; the rest is answered at once that it is busy.
pub(crate) const FOREIGN_WAITING_MAX: usize = 64;

/// Sign-ins of one provider whose code is exchanged at one time: each may last as long as the provider is given,
/// whether its browser waits or not.
pub(crate) const FOREIGN_SIGN_INS_MAX: usize = 32;

/// Sign-ins that have begun at providers and are remembered.
pub(crate) const PENDING_MAX: usize = 10_000;

/// The same of one network, so that nobody pushes out the sign-ins of others.
pub(crate) const PENDING_PER_NETWORK_MAX: usize = 200;

/// How long a person may take at the provider.
pub(crate) const PENDING_MS: u64 = 10 * 60 * 1_000;

/// Sessions of one person: more devices than anybody has; the one that was not used for longest is ended.
pub(crate) const SESSIONS_PER_PERSON_MAX: usize = 100;

/// What is kept of a browser's `User-Agent` in bytes: enough to tell one's own devices apart.
pub(crate) const USER_AGENT_BYTES_MAX: usize = 256;

/// Recovery codes of a person: a sheet of paper.
pub(crate) const RECOVERY_CODES: usize = 10;

/// How long a link to a new password works: long enough to hand it over, short enough to be forgotten in a chat.
pub(crate) const RESET_LINK_MS: u64 = 60 * 60 * 1_000;

/// How long an invitation can be accepted: over a week-end, and not for ever.
pub(crate) const INVITATION_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

/// Invitations of an account that were not accepted: more than anybody sends in a week, and few enough to list at once.
pub(crate) const INVITATIONS_MAX: i64 = 1_000;

/// Logs in which one sign-in is recorded; a person with more accounts signs in to the instance.
pub(crate) const SIGN_IN_LOGS_MAX: usize = 16;

/// Saved views of one person in an account, and shared views of an account: a menu that can still be read.
pub(crate) const VIEWS_MAX: usize = 200;

/// The longest name of a saved view in bytes: one line of a menu.
pub(crate) const VIEW_NAME_BYTES_MAX: usize = 120;

/// The longest question of a saved view as JSON: its event holds the old and the new one.
pub(crate) const VIEW_QUERY_BYTES_MAX: usize = 8 * 1024;

/// Working keys of one account, or of the instance: more than any product has programs, and found in no time.
pub(crate) const KEYS_PER_ACCOUNT_MAX: usize = 1_000;

/// Keys of one account, or of the instance, that are still told after they ended: who used them stands in the log.
pub(crate) const ENDED_KEYS_KEPT: usize = 1_000;

/// Networks from which one key works.
pub(crate) const KEY_NETWORKS_MAX: usize = 32;

/// How long a key may work beside the one that replaces it: a week.
pub(crate) const KEY_OVERLAP_MINUTES_MAX: u64 = 7 * 24 * 60;

/// How long it does when nobody says: a day is time for every program to learn the new token.
pub(crate) const KEY_OVERLAP_MINUTES: u64 = 24 * 60;

/// Viewer tokens and links of one account that have not expired: as many people looking at once, each with a token of
/// 15 minutes; a few KiB of memory each at most.
pub(crate) const VIEWER_TOKENS_PER_ACCOUNT_MAX: usize = 10_000;

/// How long a viewer token works: the page that shows the log renews it, and what was stolen is soon worth nothing.
pub(crate) const VIEWER_TOKEN_TTL_S_MAX: u64 = 900;

/// How long a portal link can be opened: it is made when somebody clicks.
pub(crate) const PORTAL_LINK_TTL_S_MAX: u64 = 300;

/// How long the session of a portal link lasts at most: there is no way to renew it, and none to find it again.
pub(crate) const PORTAL_SESSION_MINUTES_MAX: u64 = 60;

/// How long it lasts when nobody says.
pub(crate) const PORTAL_SESSION_MINUTES: u64 = 30;

/// The longest language tag in bytes (RFC 5646, section 4.4.1).
pub(crate) const LOCALE_BYTES_MAX: usize = 35;

/// Columns of a list: more than fit on any screen.
pub(crate) const COLUMNS_MAX: usize = 40;

/// The longest name of a column in bytes: `metadata.` and a key.
pub(crate) const COLUMN_BYTES_MAX: usize = 80;

/// Versions of an action in the catalogue that are kept: a year of a change every other day; the log has all of them.
pub(crate) const CATALOGUE_VERSIONS_MAX: u64 = 200;

/// Actions about which an account has ever decided something: what was taken back keeps its versions.
pub(crate) const CATALOGUE_ACTIONS_MAX: usize = 5_000;

/// Roles of an account's own: more than anybody can tell apart.
pub(crate) const ROLES_MAX: usize = 50;

/// Resources to which one membership is confined: each is a criterion of every search.
pub(crate) const MEMBER_RESOURCES_MAX: usize = 100;

/// The longest list of such resources as JSON: the event of a change holds the old and the new one.
pub(crate) const MEMBER_RESOURCES_BYTES_MAX: usize = 8 * 1024;
