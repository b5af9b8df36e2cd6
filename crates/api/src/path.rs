//! The paths of the API, so that server, client and documentation cannot differ.

/// Accounts: list, create.
pub const ACCOUNTS: &str = "/v1/accounts";
/// One account.
pub const ACCOUNT: &str = "/v1/accounts/{account}";
/// Keys of an account: list, create.
pub const KEYS: &str = "/v1/accounts/{account}/keys";
/// One key of an account: change, revoke.
pub const KEY: &str = "/v1/accounts/{account}/keys/{key}";
/// Members of an account: list.
pub const MEMBERS: &str = "/v1/accounts/{account}/members";
/// One member of an account: change, remove.
pub const MEMBER: &str = "/v1/accounts/{account}/members/{member}";
/// A member: make a link to a new password.
pub const MEMBER_RESET_LINK: &str = "/v1/accounts/{account}/members/{member}/reset_link";
/// A member: end all sessions.
pub const MEMBER_SESSIONS: &str = "/v1/accounts/{account}/members/{member}/sessions";
/// A member: take the second factor away.
pub const MEMBER_SECOND_FACTOR: &str = "/v1/accounts/{account}/members/{member}/second_factor";
/// Invitations into an account: list, create.
pub const INVITATIONS: &str = "/v1/accounts/{account}/invitations";
/// One invitation: take back.
pub const INVITATION: &str = "/v1/accounts/{account}/invitations/{invitation}";
/// Roles of an account: list, create.
pub const ROLES: &str = "/v1/accounts/{account}/roles";
/// One role of an account: change, delete.
pub const ROLE: &str = "/v1/accounts/{account}/roles/{role}";
/// Replaces a key of an account by another with the same rights.
pub const KEY_ROTATE: &str = "/v1/accounts/{account}/keys/{key}/rotate";
/// Keys of the whole instance: list, create.
pub const INSTANCE_KEYS: &str = "/v1/keys";
/// One key of the whole instance: change, revoke.
pub const INSTANCE_KEY: &str = "/v1/keys/{key}";
/// Replaces a key of the whole instance by another with the same rights.
pub const INSTANCE_KEY_ROTATE: &str = "/v1/keys/{key}/rotate";
/// Viewer tokens of an account: list, create.
pub const VIEWER_TOKENS: &str = "/v1/accounts/{account}/viewer_tokens";
/// One viewer token, or the session of a portal link: revoke.
pub const VIEWER_TOKEN: &str = "/v1/accounts/{account}/viewer_tokens/{token}";
/// Portal links of an account: create.
pub const PORTAL_LINKS: &str = "/v1/accounts/{account}/portal_links";
/// The settings of an account: read, change.
pub const SETTINGS: &str = "/v1/accounts/{account}/settings";
/// What the signed-in person prefers in an account: read, replace.
pub const PREFERENCES: &str = "/v1/accounts/{account}/preferences";
/// Saved views of an account: list, create.
pub const VIEWS: &str = "/v1/accounts/{account}/views";
/// One saved view: change, delete.
pub const VIEW: &str = "/v1/accounts/{account}/views/{id}";
/// What the secrets firewall took out of the events of an account.
pub const FIREWALL: &str = "/v1/accounts/{account}/firewall";
/// What the events of an account mean.
pub const CATALOG: &str = "/v1/accounts/{account}/catalog";
/// One action of the catalogue: declare, remove.
pub const CATALOG_EVENT: &str = "/v1/accounts/{account}/catalog/events/{action}";
/// That an action should no longer be sent.
pub const CATALOG_DEPRECATE: &str = "/v1/accounts/{account}/catalog/events/{action}/deprecate";
/// That it may be sent again.
pub const CATALOG_RESTORE: &str = "/v1/accounts/{account}/catalog/events/{action}/restore";
/// What was decided about an action, version by version.
pub const CATALOG_VERSIONS: &str = "/v1/accounts/{account}/catalog/events/{action}/versions";
/// Another name of an action: set, remove.
pub const CATALOG_ALIAS: &str = "/v1/accounts/{account}/catalog/aliases/{alias}";
/// What is declared against what is recorded.
pub const CATALOG_COVERAGE: &str = "/v1/accounts/{account}/catalog/coverage";
/// Events of an account: append (POST), list (GET).
pub const EVENTS: &str = "/v1/accounts/{account}/events";
/// One event.
pub const EVENT: &str = "/v1/accounts/{account}/events/{event}";
/// The list, with its parameters as JSON.
pub const EVENTS_SEARCH: &str = "/v1/accounts/{account}/events/search";
/// What comes into the log, in log order.
pub const EVENTS_TAIL: &str = "/v1/accounts/{account}/events/tail";
/// Counts of the values of columns.
pub const EVENTS_FACETS: &str = "/v1/accounts/{account}/events/facets";
/// Counts over time.
pub const EVENTS_HISTOGRAM: &str = "/v1/accounts/{account}/events/histogram";
/// The values of a column.
pub const VALUES: &str = "/v1/accounts/{account}/values";
/// The kinds of resources.
pub const RESOURCES: &str = "/v1/accounts/{account}/resources";
/// The resources of a kind.
pub const RESOURCES_OF_TYPE: &str = "/v1/accounts/{account}/resources/{type}";
/// The log of one resource.
pub const RESOURCE_EVENTS: &str = "/v1/accounts/{account}/resources/{type}/{id}/events";
/// The session of a signed-in person: read, sign in, sign out.
pub const SESSION: &str = "/v1/session";
/// The password of the signed-in person: change.
pub const PASSWORD: &str = "/v1/session/password";
/// The second factor of the signed-in person: read, offer, remove.
pub const SECOND_FACTOR: &str = "/v1/session/second_factor";
/// The offered second factor: turn on.
pub const SECOND_FACTOR_CONFIRM: &str = "/v1/session/second_factor/confirm";
/// The recovery codes of the signed-in person: replace.
pub const RECOVERY_CODES: &str = "/v1/session/second_factor/recovery_codes";
/// All sessions of the signed-in person: list, end the others.
pub const SESSIONS: &str = "/v1/sessions";
/// One session of the signed-in person: end.
pub const ONE_SESSION: &str = "/v1/sessions/{session}";
/// The link of an invitation: what it is about.
pub const INVITATIONS_READ: &str = "/v1/invitations/read";
/// The link of an invitation: accept it.
pub const INVITATIONS_ACCEPT: &str = "/v1/invitations/accept";
/// A link to a new password: what it is for.
pub const PASSWORD_RESETS_READ: &str = "/v1/password_resets/read";
/// A link to a new password: set it.
pub const PASSWORD_RESETS_ACCEPT: &str = "/v1/password_resets/accept";
/// How the person with an address may sign in.
pub const SESSION_PROVIDERS: &str = "/v1/session/providers";
/// Where a sign-in with a provider begins.
pub const SESSION_OIDC_START: &str = "/v1/session/oidc/{provider}/start";
/// Where a provider sends the browser back to: each to a place of its own.
pub const SESSION_OIDC_CALLBACK: &str = "/v1/session/oidc/{provider}/callback";
/// Begins the session of a portal link.
pub const SESSION_PORTAL: &str = "/v1/session/portal";
/// The first owner of the instance: whether there is none yet, and making one.
pub const SETUP: &str = "/v1/setup";
/// Who the bearer of the token is.
pub const INTROSPECT: &str = "/v1/auth/introspect";
/// Whether the process lives.
pub const HEALTHZ: &str = "/healthz";
/// Whether the server takes requests.
pub const READYZ: &str = "/readyz";
/// Metrics in the OpenMetrics text format.
pub const METRICS: &str = "/metrics";
/// The OpenAPI 3.1 document.
pub const OPENAPI: &str = "/openapi.json";
/// The same document for people.
pub const DOCS: &str = "/docs";

/// Keys over the administration socket: list, create; an account or the whole instance stands in the body.
pub const ADMIN_KEYS: &str = "/admin/keys";
/// One key over the administration socket: change, revoke.
pub const ADMIN_KEY: &str = "/admin/keys/{key}";
/// Replaces a key over the administration socket.
pub const ADMIN_KEY_ROTATE: &str = "/admin/keys/{key}/rotate";
/// Accounts over the administration socket: list, create.
pub const ADMIN_ACCOUNTS: &str = "/admin/accounts";
/// People over the administration socket: list, add; their account stands in the query or body.
pub const ADMIN_MEMBERS: &str = "/admin/members";
/// A person over the administration socket: make a link to a new password.
pub const ADMIN_RESET_LINK: &str = "/admin/people/{email}/reset_link";
/// A person over the administration socket: end all sessions.
pub const ADMIN_PERSON_SESSIONS: &str = "/admin/people/{email}/sessions";
/// A person over the administration socket: remove the second factor.
pub const ADMIN_PERSON_SECOND_FACTOR: &str = "/admin/people/{email}/second_factor";
/// One person's membership over the administration socket: change, remove.
pub const ADMIN_MEMBER: &str = "/admin/members/{account}/{email}";
/// A person of the instance over the administration socket: make it an operator (PUT), or no longer one (DELETE).
pub const ADMIN_OPERATOR: &str = "/admin/operators/{email}";
/// Roles of an account over the administration socket: list, create.
pub const ADMIN_ROLES: &str = "/admin/roles/{account}";
/// One role of an account over the administration socket: delete.
pub const ADMIN_ROLE: &str = "/admin/roles/{account}/{role}";
