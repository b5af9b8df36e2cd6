//! The organization: members, invitations, credits, single sign-on, modes.

use super::super::spec::Before::{Edited, EditedAt, Fresh, Gone};
use super::super::spec::Cast::{Admin, Anyone, Engineer, System, Themselves};
use super::super::spec::Fill::{Email, Gained, Lost, Name, Whole, Word, Words};
use super::super::spec::Kind::{Mode, Organization, Token, User};
use super::super::spec::Often::{Begins, Ends, Everyday, First, Yearly};
use super::super::spec::{Fields, Spec, failure, spec};
use super::SIGN_IN_FAILURES;

const EMAIL: Fields = &[("email_id", Email)];
const ROLES: &[&str] = &["member", "billing manager", "admin", "owner"];
const DOMAIN: Fields = &[(
    "domain",
    Word(&["acme-robotics.example", "login.acme-robotics.example"]),
)];
const PROVIDERS: &[&str] = &["Northwind", "Harbor", "self-hosted"];

pub(super) const SPECS: &[Spec] = &[
    spec("organization.user.login", Everyday(55), Anyone)
        .with(&[EMAIL])
        .fails(25, SIGN_IN_FAILURES),
    spec("organization.user.logout", Everyday(30), Anyone).with(&[EMAIL]),
    spec("organization.user.send_invite", Yearly(14), Admin)
        .on(User)
        .with(&[EMAIL, &[("role_name", Word(ROLES))]])
        .says("Invited {email_id} as {role_name}"),
    spec("organization.user.accept_invite", Yearly(11), Anyone)
        .with(&[EMAIL, &[("role_name", Word(ROLES))]]),
    spec("organization.user.revoke_invite", Yearly(4), Admin)
        .on(User)
        .with(&[EMAIL])
        .says("Revoked the invitation of {email_id}"),
    spec("organization.settings.change", Yearly(30), Admin)
        .on(Organization)
        .with(&[&[
            ("models_added", Gained),
            ("models_removed", Lost),
            ("providers_added", Words(PROVIDERS)),
            ("providers_removed", Words(&[])),
        ]])
        .says("Models added: {models_added}; models removed: {models_removed}")
        .before(EditedAt("/allowed_models")),
    spec("organization.settings.auto_change", Yearly(9), System)
        .on(Organization)
        .with(&[&[("models_added", Gained), ("models_removed", Lost)]])
        .says("Models that the provider withdrew were replaced")
        .before(EditedAt("/allowed_models")),
    spec("organization.purchase_credits", Yearly(26), Admin)
        .on(Organization)
        .with(&[&[("credits", Whole(50, 2_000)), ("currency", Word(&["EUR"]))]])
        .says("Purchased {credits} credits")
        .fails(
            90,
            &[failure("failure", "card_declined", "the card was declined")],
        ),
    spec("organization.promo_credit_granted", Yearly(3), System)
        .on(Organization)
        .with(&[&[
            ("credits", Whole(20, 100)),
            ("campaign", Word(&["spring", "anniversary"])),
        ]]),
    spec("organization.member.remove", Yearly(5), Admin)
        .on(User)
        .with(&[EMAIL])
        .says("Removed {email_id}"),
    spec("organization.member.change_role", Yearly(16), Admin)
        .on(User)
        .with(&[&[
            ("old_role", Word(&["member"])),
            ("new_role", Word(&["billing manager", "admin"])),
        ]])
        .says("Changed the role of {target} from {old_role} to {new_role}"),
    spec("organization.member.admin_add", Yearly(2), Admin)
        .on(User)
        .with(&[&[("role_name", Word(ROLES))]]),
    spec("organization.member.auto_join", Yearly(4), Themselves)
        .on(User)
        .with(&[DOMAIN]),
    spec("organization.sso.auto_provision", Yearly(6), System)
        .on(User)
        .with(&[DOMAIN]),
    spec("organization.sso.set_domain", Yearly(3), Admin)
        .on(Organization)
        .with(&[DOMAIN])
        .says("Set the domain {domain}")
        .before(EditedAt("/sso/domain")),
    spec("organization.sso.remove_domain", Yearly(2), Admin)
        .on(Organization)
        .with(&[DOMAIN])
        .says("Removed the domain {domain}"),
    spec("organization.mode.create", Begins, Engineer)
        .on(Mode)
        .with(&[&[("mode_name", Name(Mode))]])
        .says("Created the mode {target}")
        .before(Fresh),
    spec("organization.mode.update", Yearly(18), Engineer)
        .on(Mode)
        .with(&[&[("mode_name", Name(Mode))]])
        .says("Updated the mode {target}")
        .before(Edited),
    spec("organization.mode.delete", Ends, Engineer)
        .on(Mode)
        .with(&[&[("mode_name", Name(Mode))]])
        .says("Deleted the mode {target}")
        .before(Gone),
    spec("organization.created", First, Admin).on(Organization),
    spec("organization.token.generate", Yearly(8), Engineer)
        .on(Token)
        .with(&[&[("token_name", Name(Token))]]),
];
