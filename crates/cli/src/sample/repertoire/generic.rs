//! Signing in, data, access, settings and messages of the system.

use super::super::spec::Before::{Edited, Fresh, Gone};
use super::super::spec::Cast::{Admin, Analyst, Anyone, Program, Support, System, Themselves};
use super::super::spec::Fill::{Name, Sort, Whole, Word};
use super::super::spec::Kind::{Component, Customer, Document, Report, Setting, User};
use super::super::spec::Often::{Everyday, Yearly};
use super::super::spec::{Fields, Spec, failure, spec};
use super::{DATA_FAILURES, SIGN_IN_FAILURES};

const METHOD: Fields = &[(
    "login_method",
    Word(&["password", "single sign-on", "passkey"]),
)];
const FACTOR: Fields = &[("factor", Word(&["authenticator app", "security key"]))];
const CUSTOMER: Fields = &[("record_type", Word(&["customer"]))];
const DOCUMENT: Fields = &[("record_type", Word(&["document"]))];
const REPORT: Fields = &[("record_type", Word(&["report"]))];
const FILE: Fields = &[
    ("format", Word(&["csv", "xlsx", "pdf"])),
    ("rows", Whole(40, 48_000)),
];
const SECTION: Fields = &[("section", Sort(Setting))];
const COMPONENT: Fields = &[("component", Name(Component))];
const PERMISSION: Fields = &[("permission", Word(&["read", "write", "export"]))];

pub(super) const SPECS: &[Spec] = &[
    spec("auth.login", Everyday(90), Anyone)
        .with(&[METHOD])
        .fails(50, SIGN_IN_FAILURES),
    spec("auth.logout", Everyday(50), Anyone),
    spec("auth.password_change", Yearly(24), Themselves).on(User),
    spec("auth.password_reset", Yearly(15), Themselves)
        .on(User)
        .with(&[&[("reset_method", Word(&["e-mail link"]))]])
        .fails(
            150,
            &[failure("failure", "link_expired", "the link had expired")],
        ),
    spec("auth.mfa_enable", Yearly(9), Themselves)
        .on(User)
        .with(&[FACTOR]),
    spec("auth.mfa_disable", Yearly(2), Admin)
        .on(User)
        .with(&[FACTOR]),
    spec("auth.mfa_challenge", Everyday(30), Anyone)
        .with(&[FACTOR])
        .fails(
            60,
            &[failure("failure", "wrong_code", "the code was wrong")],
        ),
    spec("auth.session_revoke", Yearly(7), Admin)
        .on(User)
        .says("Ended the sessions of {target}"),
    spec("data.create", Everyday(60), Support)
        .on(Customer)
        .with(&[CUSTOMER])
        .says("Added a contact to {target}")
        .before(Fresh)
        .fails(15, DATA_FAILURES),
    spec("data.update", Everyday(110), Support)
        .on(Customer)
        .with(&[CUSTOMER])
        .says("Edited the record of {target}")
        .before(Edited)
        .fails(22, DATA_FAILURES),
    spec("data.delete", Everyday(14), Support)
        .on(Document)
        .with(&[DOCUMENT])
        .says("Deleted an attachment of {target}")
        .before(Gone)
        .fails(40, DATA_FAILURES),
    spec("data.read", Everyday(150), Anyone)
        .on(Customer)
        .with(&[CUSTOMER])
        .says("Looked at the bank details of {target}")
        .fails(12, DATA_FAILURES),
    spec("data.export", Everyday(16), Analyst)
        .on(Report)
        .with(&[REPORT, FILE])
        .says("Exported {target}: {rows} rows as {format}")
        .fails(
            45,
            &[failure("denied", "forbidden", "the report is confidential")],
        ),
    spec("data.import", Everyday(22), Program)
        .on(Document)
        .with(&[DOCUMENT, FILE])
        .says("Imported {rows} rows into {target}")
        .fails(
            70,
            &[failure(
                "error",
                "E_SCHEMA",
                "row 17 has 12 columns instead of 11",
            )],
        ),
    spec("access.grant", Yearly(28), Admin)
        .on(Report)
        .also(&[User])
        .with(&[PERMISSION])
        .says("Granted {permission} access to {target}"),
    spec("access.revoke", Yearly(17), Admin)
        .on(Report)
        .also(&[User])
        .with(&[PERMISSION])
        .says("Revoked {permission} access to {target}"),
    spec("access.user_add", Yearly(8), Admin)
        .on(User)
        .with(&[&[("role_name", Word(&["Member", "Developer"]))]]),
    spec("access.user_remove", Yearly(4), Admin)
        .on(User)
        .says("Removed {target} from the order system"),
    spec("access.role_change", Yearly(13), Admin)
        .on(User)
        .with(&[&[
            ("old_role", Word(&["Member"])),
            ("new_role", Word(&["Developer", "Support Lead"])),
        ]])
        .says("{target} is now {new_role}, no longer {old_role}"),
    spec("setting.change", Everyday(10), Admin)
        .on(Setting)
        .with(&[SECTION])
        .says("Changed {target}")
        .before(Edited)
        .fails(
            40,
            &[failure(
                "denied",
                "forbidden",
                "two admins must agree to this change",
            )],
        ),
    spec("setting.reset", Yearly(6), Admin)
        .on(Setting)
        .with(&[SECTION])
        .says("Set {target} back")
        .before(Edited),
    spec("system.error", Everyday(9), System)
        .on(Component)
        .with(&[
            COMPONENT,
            &[("error_code", Word(&["E_TIMEOUT", "E_DISK", "E_UPSTREAM"]))],
        ])
        .says("{component} reported {error_code}")
        .fails(
            1_000,
            &[
                failure(
                    "error",
                    "E_TIMEOUT",
                    "no answer from the upstream within 30 s",
                ),
                failure(
                    "error",
                    "E_UPSTREAM",
                    "the upstream answered 502 Bad Gateway",
                ),
                failure("error", "E_DISK", "the volume is full to 97 %"),
            ],
        ),
    spec("system.warning", Everyday(11), System)
        .on(Component)
        .with(&[COMPONENT])
        .says("The queue of {component} is longer than usual"),
    spec("system.start", Everyday(6), Program)
        .on(Component)
        .with(&[
            COMPONENT,
            &[("version", Word(&["5.2.0", "5.2.1", "5.3.0", "5.3.4"]))],
        ])
        .says("Started {component} {version}"),
    spec("system.stop", Everyday(5), Program)
        .on(Component)
        .with(&[COMPONENT])
        .says("Stopped {component}"),
    spec("system.degraded", Yearly(7), System)
        .on(Component)
        .with(&[COMPONENT])
        .says("{component} answers slowly"),
    spec("system.recovered", Yearly(7), System)
        .on(Component)
        .with(&[COMPONENT])
        .says("{component} works again"),
];
