//! Customer service: inboxes, teams, bots and automation rules.
//!
//! None of these events carries a description: the catalogue's sentence tells what happened.

use super::super::spec::Before::{Edited, Fresh, Gone};
use super::super::spec::Cast::{Admin, Support, System};
use super::super::spec::Fill::{Id, Name};
use super::super::spec::Kind::{
    AssistBot, AutomationRule, Inbox, InboxCollaborator, InboxWebhook, Team,
};
use super::super::spec::Often::{Begins, Ends, Everyday, Yearly};
use super::super::spec::{Cast, Fields, Kind, Often, Spec, failure, spec};

const INBOX: Fields = &[("inbox_id", Id(Inbox)), ("inbox_name", Name(Inbox))];

const fn change(action: &'static str, often: Often, cast: Cast, kind: Kind) -> Spec {
    let change = spec(action, often, cast).on(kind).with(&[INBOX]);
    let change = match often {
        Begins => change.before(Fresh),
        Ends => change.before(Gone),
        _ => change.before(Edited),
    };
    if matches!(kind, Inbox) {
        change
    } else {
        change.also(&[Inbox])
    }
}

pub(super) const SPECS: &[Spec] = &[
    change("inbox.create", Begins, System, Inbox),
    change("inbox.update", Everyday(8), Support, Inbox),
    change("inbox.delete", Ends, Admin, Inbox),
    change("assist_bot.create", Begins, Support, AssistBot),
    change("assist_bot.update", Everyday(12), Support, AssistBot),
    change("assist_bot.delete", Ends, Support, AssistBot),
    change("automation_rule.create", Begins, Support, AutomationRule),
    change(
        "automation_rule.update",
        Everyday(14),
        Support,
        AutomationRule,
    )
    .fails(
        30,
        &[failure(
            "failure",
            "invalid_condition",
            "the condition names a field that does not exist",
        )],
    ),
    change("automation_rule.delete", Ends, Support, AutomationRule),
    change(
        "inbox_collaborator.create",
        Begins,
        Support,
        InboxCollaborator,
    ),
    change(
        "inbox_collaborator.update",
        Yearly(15),
        Support,
        InboxCollaborator,
    ),
    change(
        "inbox_collaborator.delete",
        Ends,
        Support,
        InboxCollaborator,
    ),
    change("inbox_webhook.create", Begins, Support, InboxWebhook),
    change("inbox_webhook.update", Yearly(9), Support, InboxWebhook),
    change("inbox_webhook.delete", Ends, Support, InboxWebhook),
    change("team.create", Begins, Support, Team),
    change("team.update", Yearly(21), Support, Team),
    change("team.delete", Ends, Admin, Team),
];
