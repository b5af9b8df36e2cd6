//! What the audit log records about itself.

use super::super::spec::Before::{Edited, Fresh};
use super::super::spec::Cast::{Admin, Anyone, Compliance, Program, System};
use super::super::spec::Fill::{Hundredths, Whole, Word, Words};
use super::super::spec::Kind::{
    AccessRole, Account, Alert, Export, Hold, Invitation, Key, Member, PortalLink, Redaction,
    SavedView, Stream, ViewerToken,
};
use super::super::spec::Often::{Begins, Ends, Everyday, First, Yearly};
use super::super::spec::{Fields, Spec, failure, spec};

const READ: Fields = &[
    (
        "query",
        Word(&[
            "range=last_30_days",
            "result:failure",
            "category:Roles",
            "user:usr_1018",
            "ip:192.0.2.66",
        ]),
    ),
    ("results", Whole(0, 900)),
    ("count", Whole(1, 9)),
];
const FORMAT: Fields = &[("format", Word(&["csv", "jsonl", "parquet"]))];
const PERMISSIONS: Fields = &[(
    "permissions",
    Words(&["audit:read", "audit:export", "audit:verify", "events:write"]),
)];
const ROLE: Fields = &[("role_name", Word(&["Auditor", "Compliance", "Developer"]))];
const DESTINATION: Fields = &[(
    "destination",
    Word(&["siem.acme-robotics.example:6514", "s3://acme-audit"]),
)];
const REASON: Fields = &[(
    "reason",
    Word(&["claim in court", "request of the person", "external review"]),
)];
const EXPIRES: Fields = &[("expires_at", Word(&["in 300 s"]))];
const TREE: Fields = &[("tree_size", Whole(9_000, 21_000))];
const SESSION: Fields = &[(
    "session",
    Word(&["ses_k2m4p6r8t3v5x7z2", "ses_b3d5f7h2j4l6n3p5"]),
)];
const COUNT: Fields = &[("count", Whole(10, 4_000))];
const REFUSED: &[&str] = &[
    "events.list",
    "exports.create",
    "keys.create",
    "members.list",
];

pub(super) const SPECS: &[Spec] = &[
    spec("audit_log.view", Everyday(14), Compliance).with(&[READ]),
    spec("audit_log.search", Everyday(12), Compliance).with(&[READ]),
    spec("audit_log.tail", Yearly(12), Admin).with(&[READ]),
    spec("audit_log.export", Yearly(40), Compliance)
        .on(Export)
        .with(&[FORMAT, &[("rows", Whole(200, 20_000))]])
        .fails(
            50,
            &[failure(
                "failure",
                "too_large",
                "the selection has more rows than the limit",
            )],
        ),
    spec("audit_log.download", Yearly(25), Compliance)
        .on(Export)
        .with(&[FORMAT]),
    spec("audit_log.export_delete", Ends, Compliance).on(Export),
    spec("audit_log.verify", Yearly(52), Compliance).with(&[TREE]),
    spec("audit_log.redact", Yearly(3), Compliance)
        .with(&[&[("facets", Words(&["names", "text"]))], REASON]),
    spec("audit_log.prune", Yearly(4), System).with(&[COUNT]),
    spec("audit_log.import", Yearly(2), Admin).with(&[COUNT]),
    spec("audit_log.secret_removed", Yearly(6), Program).with(&[&[
        (
            "rule",
            Word(&["name:password", "token:github_pat", "entropy"]),
        ),
        ("place", Word(&["/metadata/note", "/changes/0/new"])),
        ("count", Whole(2, 40)),
    ]]),
    spec("access.denied", Everyday(5), Anyone)
        .with(&[&[
            ("operation", Word(REFUSED)),
            (
                "permission",
                Word(&["audit:read", "audit:export", "keys:write"]),
            ),
            ("count", Whole(1, 6)),
        ]])
        .fails(
            1_000,
            &[failure(
                "denied",
                "forbidden",
                "the role Member may not do this",
            )],
        ),
    spec("audit_log.sign_in", Everyday(9), Compliance)
        .with(&[&[("login_method", Word(&["password", "OIDC"]))], SESSION])
        .fails(
            60,
            &[failure("failure", "bad_password", "the password was wrong")],
        ),
    spec("audit_log.sign_out", Everyday(5), Compliance).with(&[SESSION]),
    spec("audit_log.setup", First, Admin),
    spec("audit_log.member_add", Begins, Admin)
        .on(Member)
        .with(&[ROLE]),
    spec("audit_log.member_update", Yearly(6), Admin)
        .on(Member)
        .with(&[ROLE]),
    spec("audit_log.identity_link", Yearly(3), Admin)
        .on(Member)
        .with(&[&[("provider", Word(&["Okta"]))], ROLE]),
    spec("audit_log.member_remove", Ends, Admin)
        .on(Member)
        .with(&[ROLE]),
    spec("audit_log.operator_add", Yearly(1), Admin).on(Member),
    spec("audit_log.operator_remove", Yearly(1), Admin).on(Member),
    spec("audit_log.invitation_create", Yearly(4), Admin)
        .on(Invitation)
        .with(&[ROLE, EXPIRES]),
    spec("audit_log.invitation_accept", Yearly(3), Anyone)
        .on(Invitation)
        .with(&[ROLE, &[("invited_by", Word(&["Lily Ari"]))]]),
    spec("audit_log.invitation_revoke", Yearly(1), Admin)
        .on(Invitation)
        .with(&[ROLE]),
    spec("audit_log.second_factor_ask", Yearly(30), Compliance)
        .with(&[&[("login_method", Word(&["password"]))]]),
    spec("audit_log.second_factor_on", Yearly(4), Compliance).on(Member),
    spec("audit_log.second_factor_off", Yearly(1), Compliance).on(Member),
    spec("audit_log.recovery_code_use", Yearly(2), Compliance)
        .on(Member)
        .with(&[&[("codes_left", Whole(4, 9))]]),
    spec("audit_log.recovery_codes_renew", Yearly(1), Compliance).on(Member),
    spec("audit_log.password_change", Yearly(4), Compliance).on(Member),
    spec("audit_log.password_reset", Yearly(2), Anyone).on(Member),
    spec("audit_log.reset_link_create", Yearly(2), Admin)
        .on(Member)
        .with(&[EXPIRES]),
    spec("audit_log.session_end", Yearly(5), Compliance)
        .on(Member)
        .with(&[&[
            ("count", Whole(1, 4)),
            ("session", Word(&["ses_k2m4p6r8t3v5x7z2"])),
        ]]),
    spec("system.last_owner_kept", Yearly(1), System)
        .on(Member)
        .with(&[&[("provider", Word(&["Okta"]))], ROLE]),
    spec("audit_log.role_create", Begins, Admin)
        .on(AccessRole)
        .with(&[PERMISSIONS])
        .before(Fresh),
    spec("audit_log.role_update", Yearly(5), Admin)
        .on(AccessRole)
        .with(&[PERMISSIONS])
        .before(Edited),
    spec("audit_log.role_delete", Ends, Admin).on(AccessRole),
    spec("audit_log.catalog_update", Yearly(3), Admin)
        .on(Account)
        .with(&[&[
            ("action", Word(&["invoice.approve", "invoice.reject"])),
            ("change", Word(&["declared", "changed"])),
            ("version", Whole(1, 5)),
            ("packs_on", Words(&["gale", "kilo"])),
            ("packs_off", Words(&["live_agent"])),
        ]]),
    spec("audit_log.preferences_update", Yearly(14), Compliance),
    spec("audit_log.settings_update", Yearly(8), Admin)
        .on(Account)
        .before(Edited),
    spec("account.create", First, Admin).on(Account),
    spec("account.update", Yearly(3), Admin)
        .on(Account)
        .before(Edited),
    spec("key.create", Begins, Admin)
        .on(Key)
        .with(&[PERMISSIONS, EXPIRES]),
    spec("key.update", Yearly(6), Admin)
        .on(Key)
        .with(&[PERMISSIONS, EXPIRES])
        .before(Edited),
    spec("key.rotate", Yearly(8), Admin).on(Key).with(&[
        PERMISSIONS,
        EXPIRES,
        &[("replaced_by", Word(&["key_wq7p2c4m5n6d7e3f"]))],
    ]),
    spec("key.revoke", Ends, Admin).on(Key),
    spec("viewer_token.create", Begins, Program)
        .on(ViewerToken)
        .with(&[EXPIRES, &[("resource", Word(&["agent:ag_claims"]))]]),
    spec("viewer_token.revoke", Ends, Admin).on(ViewerToken),
    spec("portal_link.create", Begins, Compliance)
        .on(PortalLink)
        .with(&[EXPIRES]),
    spec("portal_link.open", Yearly(4), Compliance)
        .on(PortalLink)
        .fails(
            300,
            &[failure("denied", "used", "the link was used before")],
        ),
    spec("saved_view.create", Begins, Compliance).on(SavedView),
    spec("saved_view.update", Yearly(7), Compliance)
        .on(SavedView)
        .before(Edited),
    spec("saved_view.delete", Ends, Compliance).on(SavedView),
    spec("stream.create", Begins, Admin)
        .on(Stream)
        .with(&[DESTINATION]),
    spec("stream.update", Yearly(5), Admin)
        .on(Stream)
        .with(&[DESTINATION])
        .before(Edited),
    spec("stream.delete", Ends, Admin)
        .on(Stream)
        .with(&[DESTINATION]),
    spec("stream.test", Yearly(6), Admin).on(Stream).fails(
        300,
        &[failure(
            "error",
            "E_TLS",
            "the certificate of the destination has expired",
        )],
    ),
    spec("stream.replay", Yearly(2), Admin).on(Stream),
    spec("alert.create", Begins, Compliance).on(Alert),
    spec("alert.update", Yearly(4), Compliance)
        .on(Alert)
        .before(Edited),
    spec("alert.delete", Ends, Compliance).on(Alert),
    spec("retention.update", Yearly(2), Compliance)
        .on(Account)
        .with(&[&[("keep_days", Word(&["730", "1095"]))]])
        .before(Edited),
    spec("hold.create", Begins, Compliance)
        .on(Hold)
        .with(&[REASON]),
    spec("hold.release", Ends, Compliance)
        .on(Hold)
        .with(&[REASON]),
    spec("redaction.request", Begins, Compliance)
        .on(Redaction)
        .with(&[REASON]),
    spec("redaction.approve", Yearly(2), Admin).on(Redaction),
    spec("redaction.reject", Yearly(1), Admin).on(Redaction),
    spec("system.stream_failed", Yearly(5), System)
        .on(Stream)
        .with(&[DESTINATION])
        .fails(
            1_000,
            &[failure(
                "error",
                "E_CONNECT",
                "the destination refused the connection",
            )],
        ),
    spec("system.disk_low", Yearly(2), System)
        .with(&[&[("free_bytes", Whole(800_000_000, 4_000_000_000))]])
        .fails(
            1_000,
            &[failure(
                "error",
                "E_DISK",
                "less than 5 % of the disk are free",
            )],
        ),
    spec("system.clock_skew", Yearly(3), System)
        .with(&[&[("skew_seconds", Hundredths(31_000, 90_000))]])
        .fails(
            1_000,
            &[failure(
                "error",
                "E_CLOCK",
                "a sender's clock is more than five minutes ahead",
            )],
        ),
    spec("system.verification_failed", Yearly(1), System)
        .with(&[TREE])
        .fails(
            1_000,
            &[failure(
                "error",
                "E_MISMATCH",
                "a restored backup was older than the log",
            )],
        ),
];
