//! How an event of each action is made: who does it, to what, and what it carries.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::repertoire;

/// The kinds of things that events are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    AccessRole,
    Account,
    Agent,
    Alert,
    AssistBot,
    AutomationRule,
    Component,
    Customer,
    Dataset,
    Document,
    Experiment,
    Export,
    Guardrail,
    Hold,
    Inbox,
    InboxCollaborator,
    InboxWebhook,
    Integration,
    Key,
    Member,
    Mode,
    Model,
    Organization,
    PortalLink,
    Redaction,
    Report,
    Role,
    SavedView,
    Invitation,
    Setting,
    Stream,
    Team,
    Token,
    User,
    ViewerToken,
}

impl Kind {
    /// The type of such a target.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::AccessRole => "access_role",
            Self::Account => "account",
            Self::Agent => "agent",
            Self::Alert => "alert",
            Self::AssistBot => "assist_bot",
            Self::AutomationRule => "automation_rule",
            Self::Component => "component",
            Self::Customer => "customer",
            Self::Dataset => "dataset",
            Self::Document => "document",
            Self::Experiment => "experiment",
            Self::Export => "export",
            Self::Guardrail => "guardrail",
            Self::Hold => "hold",
            Self::Inbox => "inbox",
            Self::InboxCollaborator => "inbox_collaborator",
            Self::InboxWebhook => "inbox_webhook",
            Self::Integration => "integration",
            Self::Key => "key",
            Self::Member => "member",
            Self::Mode => "mode",
            Self::Model => "model",
            Self::Organization => "organization",
            Self::PortalLink => "portal_link",
            Self::Redaction => "redaction",
            Self::Report => "report",
            Self::Role => "role",
            Self::SavedView => "saved_view",
            Self::Invitation => "invitation",
            Self::Setting => "setting",
            Self::Stream => "stream",
            Self::Team => "team",
            Self::Token => "token",
            Self::User => "user",
            Self::ViewerToken => "viewer_token",
        }
    }
}

/// Who usually does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cast {
    Anyone,
    Admin,
    Engineer,
    Support,
    Analyst,
    Compliance,
    Program,
    System,
    /// The person or agent whom the event is about.
    Themselves,
}

/// How often it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Often {
    /// Part of everyday work, with this weight.
    Everyday(u32),
    /// So many times a year.
    Yearly(u64),
    /// Once, at the beginning of the year.
    First,
    /// When its target comes into being.
    Begins,
    /// When its target goes.
    Ends,
    /// When its target gets another name.
    Renames,
}

/// What fills a metadata field.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fill {
    Id(Kind),
    Name(Kind),
    Sort(Kind),
    /// A list with the id of the thing.
    Ids(Kind),
    /// The e-mail address of the person the event is about, else of who acts.
    Email,
    Whole(u64, u64),
    Hundredths(u64, u64),
    Word(&'static [&'static str]),
    /// A list of one or two of them.
    Words(&'static [&'static str]),
    /// What the changed list has gained.
    Gained,
    /// What the changed list has lost.
    Lost,
}

/// What the event says about values before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    Silent,
    /// Old and new of some members.
    Edited,
    /// Old and new of this member.
    EditedAt(&'static str),
    /// Only new.
    Fresh,
    /// Only old.
    Gone,
    /// Another role than the one named beside.
    OtherRole,
    /// The name that was given up.
    OtherName,
}

/// How an attempt can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) result: &'static str,
    pub(super) code: &'static str,
    pub(super) reason: &'static str,
}

pub(super) const fn failure(
    result: &'static str,
    code: &'static str,
    reason: &'static str,
) -> Failure {
    Failure {
        result,
        code,
        reason,
    }
}

/// Named metadata fields and what fills them.
pub(super) type Fields = &'static [(&'static str, Fill)];

/// How an event of one action is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spec {
    pub(super) action: &'static str,
    /// Event and category as the producer labels them, for actions no catalogue declares.
    pub(super) label: Option<(&'static str, &'static str)>,
    pub(super) often: Often,
    pub(super) cast: Cast,
    pub(super) on: Option<Kind>,
    pub(super) also: &'static [Kind],
    pub(super) fields: &'static [Fields],
    /// The description, with `{target}` and `{<metadata key>}` to fill in; empty for none.
    pub(super) says: &'static str,
    pub(super) before: Before,
    /// In so many of 1,000 cases one of the failures.
    pub(super) fails: (u64, &'static [Failure]),
}

pub(super) const fn spec(action: &'static str, often: Often, cast: Cast) -> Spec {
    Spec {
        action,
        label: None,
        often,
        cast,
        on: None,
        also: &[],
        fields: &[],
        says: "",
        before: Before::Silent,
        fails: (0, &[]),
    }
}

impl Spec {
    pub(super) const fn on(self, kind: Kind) -> Self {
        Self {
            on: Some(kind),
            ..self
        }
    }

    pub(super) const fn also(self, kinds: &'static [Kind]) -> Self {
        Self {
            also: kinds,
            ..self
        }
    }

    pub(super) const fn with(self, fields: &'static [Fields]) -> Self {
        Self { fields, ..self }
    }

    pub(super) const fn says(self, says: &'static str) -> Self {
        Self { says, ..self }
    }

    pub(super) const fn before(self, before: Before) -> Self {
        Self { before, ..self }
    }

    pub(super) const fn fails(self, in_thousand: u64, how: &'static [Failure]) -> Self {
        Self {
            fails: (in_thousand, how),
            ..self
        }
    }

    pub(super) const fn labelled(self, event: &'static str, category: &'static str) -> Self {
        Self {
            label: Some((event, category)),
            ..self
        }
    }
}

/// Every specification.
pub(super) fn all() -> impl Iterator<Item = &'static Spec> {
    repertoire::ALL.iter().copied().flatten()
}

static NAMED: LazyLock<BTreeMap<&'static str, &'static Spec>> =
    LazyLock::new(|| all().map(|spec| (spec.action, spec)).collect());

/// The specification of this action.
pub(super) fn named(action: &str) -> Option<&'static Spec> {
    NAMED.get(action).copied()
}

/// Everyday work with the sum of the weights up to and with each.
pub(super) fn routine() -> Vec<(u32, &'static Spec)> {
    let weighted = all().filter_map(|spec| match spec.often {
        Often::Everyday(weight) => Some((weight, spec)),
        _ => None,
    });
    let sums = weighted.scan(0, |sum, (weight, spec)| {
        *sum += weight;
        Some((*sum, spec))
    });
    sums.collect()
}
