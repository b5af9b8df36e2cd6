//! Every reason for which a request is refused, with its status: one list for server, client and documentation.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! error_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $status:literal, $title:literal;)+) => {
        /// Why a request was refused, as a word that programs may compare.
        ///
        /// Written in `snake_case`; new codes may appear, so a client falls back on the status.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode {
            $($(#[doc = $doc])+ $name,)+
        }

        impl ErrorCode {
            /// All codes, in alphabetical order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as it is written.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The HTTP status it travels with.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }

            /// A short sentence that is the same for every occurrence.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

            /// What it means, in a sentence or two.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+),)+ }
            }
        }
    };
}

error_codes! {
    /// Another account has this id, or one that differs by case only.
    AccountConflict = "account_conflict", 409, "The account id is taken";
    /// No account with this id is visible to the caller.
    AccountNotFound = "account_not_found", 404, "No such account";
    /// The account belongs to the instance itself and cannot be used this way.
    AccountReserved = "account_reserved", 403, "The account is reserved";
    /// The catalogue of the account declares no such action.
    ActionNotFound = "action_not_found", 404, "No such action";
    /// The name belongs to what the audit log records about itself.
    ActionReserved = "action_reserved", 409, "The name is reserved";
    /// Events of the action were recorded, so its declaration stays; it can be deprecated.
    ActionSeen = "action_seen", 409, "Events of the action were recorded";
    /// The action or other name has a meaning in the catalogue already.
    ActionTaken = "action_taken", 409, "The name has a meaning already";
    /// The key works from other networks only.
    AddressRefused = "address_refused", 401, "The address is not allowed";
    /// The account gave no action this other name.
    AliasNotFound = "alias_not_found", 404, "No such other name";
    /// The code of the second factor is wrong, was used already, or is over.
    CodeWrong = "code_wrong", 403, "The code is wrong";
    /// The filter, sort or search names a column whose facet is hidden from the caller.
    ColumnHidden = "column_hidden", 403, "The column is hidden";
    /// The body is compressed in a way that is damaged or cut off.
    CompressionInvalid = "compression_invalid", 400, "The compressed body is damaged";
    /// A write with a session came without its `X-Annals-CSRF`, or from another site.
    CsrfRefused = "csrf_refused", 403, "The request may come from another site";
    /// The cursor is damaged, or belongs to other parameters.
    CursorInvalid = "cursor_invalid", 400, "The cursor does not fit";
    /// The provider does not speak for the domain of the e-mail address, or another person has the address.
    EmailForeign = "email_foreign", 403, "The e-mail address is not the provider's";
    /// The provider names no e-mail address of the person, or one that it has not verified.
    EmailUnverified = "email_unverified", 403, "The e-mail address is not verified";
    /// The content coding of the body is not one of `gzip`, `zstd` and `identity`.
    EncodingUnsupported = "encoding_unsupported", 415, "The content coding is not supported";
    /// The id belonged to an event whose contents were erased; it stays refused.
    Erased = "erased", 409, "The event was erased";
    /// At least one event breaks a rule; every problem is listed with its pointer.
    EventInvalid = "event_invalid", 422, "An event is not valid";
    /// No event with this id is visible to the caller.
    EventNotFound = "event_not_found", 404, "No such event";
    /// The declaration changes what recorded events mean; every member is listed.
    EvolutionRefused = "evolution_refused", 409, "The declaration cannot change so";
    /// The provider does not tell in which groups the person is, so that no rule can be applied.
    GroupsUnknown = "groups_unknown", 403, "The groups are not known";
    /// Another event has this id.
    IdConflict = "id_conflict", 409, "The id belongs to another event";
    /// The answer of the provider is not believed: its token is damaged, expired, of another issuer or for another client.
    IdentityInvalid = "identity_invalid", 401, "The identity is not believed";
    /// The server met a state that it cannot explain; the request id finds it in the log.
    Internal = "internal", 500, "Internal error";
    /// The body is not JSON, or has a member that is unknown, missing or of the wrong type.
    InvalidBody = "invalid_body", 400, "The body is not valid";
    /// A parameter of the path or query is unknown, given twice or not valid.
    InvalidParameter = "invalid_parameter", 400, "A parameter is not valid";
    /// The account has no such invitation, or it was accepted, taken back or has expired.
    InvitationNotFound = "invitation_not_found", 404, "No such invitation";
    /// The key is revoked or expired, and nothing can be changed about it.
    KeyEnded = "key_ended", 409, "The key has ended";
    /// No key with this id is visible to the caller.
    KeyNotFound = "key_not_found", 404, "No such key";
    /// The key was replaced by another one.
    KeyReplaced = "key_replaced", 409, "The key was replaced";
    /// The account must keep an owner whose membership does not end and is not confined.
    LastOwner = "last_owner", 409, "The last owner stays";
    /// The link is unknown, was used or revoked, or has expired; which of them is not told.
    LinkInvalid = "link_invalid", 404, "The link does not work";
    /// Whoever is invited is a member of the account already.
    MemberExists = "member_exists", 409, "The person is a member";
    /// The account has no such member.
    MemberNotFound = "member_not_found", 404, "No such member";
    /// The path exists, but not with this method.
    MethodNotAllowed = "method_not_allowed", 405, "The method is not allowed";
    /// Something else has this name.
    NameTaken = "name_taken", 409, "The name is taken";
    /// The person is known to the provider, but is a member of no account.
    NoAccount = "no_account", 403, "No account is open to the person";
    /// No answer in a form that the `Accept` header allows.
    NotAcceptable = "not_acceptable", 406, "No acceptable form";
    /// The parameter is part of the contract, but this server cannot do it.
    NotAvailable = "not_available", 400, "Not available";
    /// Nothing is served at this path.
    NotFound = "not_found", 404, "Not found";
    /// The server is starting or stopping.
    NotReady = "not_ready", 503, "Not ready";
    /// The server has as much work as it takes.
    Overloaded = "overloaded", 503, "Overloaded";
    /// The password of the signed-in person is another one.
    PasswordWrong = "password_wrong", 403, "The password is wrong";
    /// The token is valid, but lacks the permission that the answer names.
    PermissionMissing = "permission_missing", 403, "A permission is missing";
    /// People sign in over HTTPS, on the machine itself, or where the operator allowed plain HTTP.
    PlainHttpRefused = "plain_http_refused", 403, "Plain HTTP is refused";
    /// A provider speaks for the e-mail address: the person signs in there, and not with a password.
    ProviderNeeded = "provider_needed", 409, "Sign in with the provider";
    /// No provider with this id is configured.
    ProviderNotFound = "provider_not_found", 404, "No such provider";
    /// The provider, or the person at the provider, refused the sign-in.
    ProviderRefused = "provider_refused", 403, "The provider refused";
    /// The provider gave no answer in time; nothing was changed.
    ProviderUnavailable = "provider_unavailable", 503, "The provider does not answer";
    /// The caller asked more often than the announced policy allows.
    RateLimited = "rate_limited", 429, "Too many requests";
    /// The client sent its request too slowly.
    RequestTimeout = "request_timeout", 408, "The request came too slowly";
    /// The role or membership reaches further than the caller, who can neither give nor take it.
    RoleAbove = "role_above", 403, "The role is above the caller";
    /// Members, invitations or settings name the role.
    RoleInUse = "role_in_use", 409, "The role is in use";
    /// The account has no such role.
    RoleNotFound = "role_not_found", 404, "No such role";
    /// The password is right, and the code of the second factor is needed besides.
    SecondFactorNeeded = "second_factor_needed", 401, "The second factor is needed";
    /// There is no second factor that could be confirmed or turned off.
    SecondFactorOff = "second_factor_off", 409, "There is no second factor";
    /// The second factor is on already.
    SecondFactorOn = "second_factor_on", 409, "The second factor is on";
    /// The operation is for a signed-in person, not for a key.
    SessionNeeded = "session_needed", 403, "A session is needed";
    /// The person has no session with this id.
    SessionNotFound = "session_not_found", 404, "No such session";
    /// The setup code is not the one that the server printed at its start.
    SetupCodeWrong = "setup_code_wrong", 403, "The setup code is wrong";
    /// The instance has its first owner; further people are added by those who may.
    SetupDone = "setup_done", 409, "The instance is set up";
    /// The e-mail or the password is wrong; which of them is not told.
    SignInFailed = "sign_in_failed", 401, "The sign-in failed";
    /// The link is for a person who is known here: sign in as that person first.
    SignInFirst = "sign_in_first", 409, "Sign in first";
    /// The sign-in was not begun in this browser, took too long, or was used before.
    SignInLost = "sign_in_lost", 400, "The sign-in is not known";
    /// A person is signed in with this browser; `replace` ends that session.
    SignedIn = "signed_in", 409, "Somebody is signed in";
    /// The data directory has no room; nothing was stored.
    StorageFull = "storage_full", 503, "No room to store";
    /// The answer took longer than the server allows; whether it took effect is not known.
    Timeout = "timeout", 503, "The answer took too long";
    /// The body is larger than a request may be, measured after decompression, or has too many events.
    TooLarge = "too_large", 413, "The request is too large";
    /// The list has as many items as it may have.
    TooMany = "too_many", 409, "There are too many";
    /// There is no token and no session, or it is unknown, mistyped, expired, ended or revoked.
    Unauthenticated = "unauthenticated", 401, "A valid token is required";
    /// The `Content-Type` is not one that this operation reads.
    UnsupportedMediaType = "unsupported_media_type", 415, "The media type is not supported";
    /// The body can be read, but a value in it names what does not exist or may not be.
    ValueInvalid = "value_invalid", 422, "A value is not valid";
    /// Somebody else changed it since the version that the request names.
    VersionConflict = "version_conflict", 409, "There is a newer version";
    /// No saved view with this id is visible to the caller.
    ViewNotFound = "view_not_found", 404, "No such view";
    /// Viewers read; this operation is not for them.
    ViewerRefused = "viewer_refused", 403, "Not for viewers";
    /// No viewer token with this id is visible to the caller.
    ViewerTokenNotFound = "viewer_token_not_found", 404, "No such viewer token";
}

impl ErrorCode {
    /// Whether the same request may succeed a little later, after `Retry-After`.
    ///
    /// An append is safe to repeat only with ids of the client's own.
    pub const fn is_retryable(self) -> bool {
        matches!(self.status(), 408 | 429 | 503)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_alphabetical_order_and_written_as_serde_writes_them() {
        let texts: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        assert!(texts.windows(2).all(|pair| pair[0] < pair[1]), "{texts:?}");
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
            assert!((400..600).contains(&code.status()));
            assert!(code.meaning().ends_with('.'), "{}", code.meaning());
        }
    }
}
