//! What Acme Robotics has: the things its events are about.

use super::spec::Kind;

/// Something with an identity, and what becomes of it during the year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Thing {
    pub(super) kind: Kind,
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// What sort of its kind it is: the type of a model, the product behind an integration.
    pub(super) sort: &'static str,
    /// Made so many days before now, unless before the year began.
    pub(super) since: Option<u64>,
    /// Gone so many days before now.
    pub(super) until: Option<u64>,
    /// Called otherwise since so many days before now.
    pub(super) renamed: Option<(u64, &'static str)>,
}

const fn thing(kind: Kind, id: &'static str, name: &'static str) -> Thing {
    Thing {
        kind,
        id,
        name,
        sort: "",
        since: None,
        until: None,
        renamed: None,
    }
}

impl Thing {
    const fn sort(self, sort: &'static str) -> Self {
        Self { sort, ..self }
    }

    const fn since(self, days_ago: u64) -> Self {
        Self {
            since: Some(days_ago),
            ..self
        }
    }

    const fn until(self, days_ago: u64) -> Self {
        Self {
            until: Some(days_ago),
            ..self
        }
    }

    const fn renamed(self, days_ago: u64, name: &'static str) -> Self {
        Self {
            renamed: Some((days_ago, name)),
            ..self
        }
    }
}

use Kind::{
    AccessRole, Account, Agent, Alert, AssistBot, AutomationRule, Component, Customer, Dataset,
    Document, Experiment, Export, Guardrail, Hold, Inbox, InboxCollaborator, InboxWebhook,
    Integration, Invitation, Key, Member, Mode, Model, Organization, PortalLink, Redaction, Report,
    Role, SavedView, Setting, Stream, Team, Token, ViewerToken,
};

/// Everything with a name that the stories and the everyday work are about, without people.
pub(super) const THINGS: &[Thing] = &[
    thing(Agent, "ag_support", "Support Copilot"),
    thing(Agent, "ag_claims", "Claims Triage")
        .since(212)
        .renamed(141, "Claims Copilot"),
    thing(Agent, "ag_warehouse", "Warehouse Planner"),
    thing(Agent, "ag_invoice", "Invoice Reader").since(301),
    thing(Agent, "ag_hr", "HR Concierge").since(176).until(54),
    thing(Agent, "ag_quality", "Quality Inspector").since(92),
    thing(Agent, "ag_travel", "Travel Desk").until(133),
    thing(Agent, "ag_field", "Field Service Guide").since(31),
    thing(Model, "mdl_atlas7", "Atlas 7B Instruct").sort("open-source"),
    thing(Model, "mdl_atlas70", "Atlas 70B")
        .sort("open-source")
        .since(159),
    thing(Model, "mdl_kestrel", "Kestrel 13B (claims)")
        .sort("fine-tuned")
        .since(208),
    thing(Model, "mdl_northwind", "Northwind Large").sort("external"),
    thing(Model, "mdl_harbor", "Harbor Mini")
        .sort("external")
        .since(270)
        .until(84),
    thing(Model, "mdl_embed", "Acme Embeddings v2").sort("open-source"),
    thing(Role, "role_3", "Developer"),
    thing(Role, "role_4", "Support Lead"),
    thing(Role, "role_7", "Auditor (EU)").since(246),
    thing(Role, "role_9", "Prompt Engineer").since(188),
    thing(Role, "role_11", "Contractor").since(206).until(90),
    thing(Integration, "int_12", "Customer records").sort("CRM"),
    thing(Integration, "int_15", "Ticket desk")
        .sort("Helpdesk")
        .since(254),
    thing(Integration, "int_18", "Team chat").sort("Chat"),
    thing(Integration, "int_21", "Old fax gateway")
        .sort("Telephony")
        .until(199),
    thing(Integration, "int_24", "Parts catalogue")
        .sort("ERP")
        .since(73),
    thing(Dataset, "ds_claims24", "claims-2024.parquet")
        .sort("parquet")
        .since(214),
    thing(Dataset, "ds_claims_test", "claims-holdout.jsonl")
        .sort("jsonl")
        .since(213),
    thing(Dataset, "ds_tickets", "tickets-anonymised.csv")
        .sort("csv")
        .since(149),
    thing(Dataset, "ds_manuals", "field-manuals.pdf")
        .sort("pdf")
        .since(33),
    thing(Guardrail, "grd_pii", "Personal data filter")
        .sort("cpu-small")
        .since(262),
    thing(Guardrail, "grd_tone", "Tone of voice")
        .sort("cpu-small")
        .since(181)
        .until(60),
    thing(Guardrail, "grd_claims", "No legal advice")
        .sort("gpu-l4")
        .since(139),
    thing(Organization, "org_acme", "Acme Robotics"),
    thing(Mode, "mode_review", "Code review").since(224),
    thing(Mode, "mode_docs", "Documentation").since(157),
    thing(Mode, "mode_legacy", "Legacy migration")
        .since(198)
        .until(105),
    thing(Token, "tok_ci", "CI token"),
    thing(Inbox, "24725", "Orders"),
    thing(Inbox, "24731", "Repairs"),
    thing(Inbox, "24816", "Claims").since(207),
    thing(Inbox, "24902", "Trade fair 2026").since(48).until(12),
    thing(AssistBot, "88", "Greeter"),
    thing(AssistBot, "91", "Return labels").since(171),
    thing(AssistBot, "95", "Fair booth bot").since(47).until(13),
    thing(AutomationRule, "352", "Tag urgent repairs"),
    thing(AutomationRule, "376", "Auto-close after 30 days").until(27),
    thing(AutomationRule, "381", "Route claims by region").since(203),
    thing(AutomationRule, "398", "Escalate unanswered orders").since(59),
    thing(InboxCollaborator, "5101", "Sofia in Orders"),
    thing(InboxCollaborator, "5117", "Kofi in Repairs")
        .since(290)
        .until(111),
    thing(InboxCollaborator, "5133", "Oskar in Claims").since(118),
    thing(InboxWebhook, "702", "Orders to CRM"),
    thing(InboxWebhook, "709", "Repairs to ERP").since(168),
    thing(InboxWebhook, "711", "Claims mirror")
        .since(150)
        .until(71),
    thing(Team, "14", "Order desk"),
    thing(Team, "17", "Night shift").since(226).until(80),
    thing(Team, "19", "Claims").since(202),
    thing(Setting, "session_lifetime", "Session lifetime").sort("Security"),
    thing(Setting, "password_policy", "Password policy").sort("Security"),
    thing(Setting, "allowed_networks", "Allowed networks").sort("Security"),
    thing(Setting, "data_residency", "Data residency").sort("Privacy"),
    thing(Setting, "notification_channels", "Notification channels").sort("Notifications"),
    thing(Setting, "feature_flags", "Feature flags").sort("Features"),
    thing(Component, "inference-gateway", "Inference gateway"),
    thing(Component, "vector-store", "Vector store"),
    thing(Component, "ticket-sync", "Ticket sync"),
    thing(Component, "billing", "Billing"),
    thing(Component, "search", "Search"),
    thing(Customer, "cus_2041", "Brightwater Mills"),
    thing(Customer, "cus_2044", "Hollander Logistics"),
    thing(Customer, "cus_2057", "Café Zentral"),
    thing(Customer, "cus_2063", "Sunny Ridge Clinics"),
    thing(Customer, "cus_2070", "Northgate Foods"),
    thing(Customer, "cus_2088", "Vega Instruments"),
    thing(Customer, "cus_2093", "Maple & Sons"),
    thing(Customer, "cus_2101", "Kraftwerk Süd"),
    thing(Customer, "cus_2116", "Blue Heron Rail"),
    thing(Customer, "cus_2120", "Orchard Insurance"),
    thing(Document, "doc_311", "Service contract Brightwater"),
    thing(Document, "doc_324", "Safety assessment arm R4"),
    thing(Document, "doc_339", "Price list 2026"),
    thing(Document, "doc_352", "Incident review gateway outage"),
    thing(Document, "doc_367", "Onboarding guide"),
    thing(Report, "rep_monthly", "Monthly claims report"),
    thing(Report, "rep_usage", "Model usage by team"),
    thing(Report, "rep_payroll", "Payroll summary"),
    thing(Account, "acme", "Acme Robotics"),
    thing(Key, "key_9f2c", "Warehouse loader"),
    thing(Key, "key_41d7", "Billing export").since(220),
    thing(Key, "key_77aa", "Contractor import")
        .since(204)
        .until(95),
    thing(ViewerToken, "vt_310", "Claims partner portal")
        .since(152)
        .until(122),
    thing(PortalLink, "pl_88", "Link for Orchard Insurance").since(151),
    thing(Member, "mem_ruth", "Ruth Abelson").since(279),
    thing(Member, "mem_walter", "Walter Kim")
        .since(204)
        .until(96),
    thing(AccessRole, "ar_eu", "EU auditors").since(245),
    thing(AccessRole, "ar_temp", "External review")
        .since(155)
        .until(121),
    thing(Invitation, "inv_auditor", "nadia.petrova@auditors.example").since(120),
    thing(
        Invitation,
        "inv_support",
        "sofia.lindqvist@acme-robotics.example",
    )
    .since(200),
    thing(SavedView, "sv_failed", "Failed sign-ins this week").since(240),
    thing(SavedView, "sv_claims", "Everything about claims")
        .since(160)
        .until(44),
    thing(Export, "exp_q1", "First quarter")
        .since(232)
        .until(140),
    thing(Stream, "str_siem", "SIEM").since(218),
    thing(Stream, "str_archive", "Archive bucket")
        .since(190)
        .until(64),
    thing(Alert, "alr_burst", "Many failed sign-ins").since(210),
    thing(Alert, "alr_export", "Large exports")
        .since(187)
        .until(62),
    thing(Hold, "hold_3", "Claim 2025-118").since(130).until(41),
    thing(Redaction, "red_5", "Former applicant").since(88),
];

/// Names of experiments, of which there is a new one every few days.
pub(super) const EXPERIMENTS: [&str; 12] = [
    "Shorter answers",
    "Refund tone",
    "Claim summaries",
    "Tool use with parts catalogue",
    "Portuguese greeting",
    "Cheaper routing",
    "Long manuals",
    "Chain of checks",
    "Invoice line items",
    "Hand-over to people",
    "Safety wording",
    "Photo descriptions",
];

/// How long experiments live, and how far apart they begin.
pub(super) const EXPERIMENT_EVERY_DAYS: u64 = 4;
pub(super) const EXPERIMENT_LASTS_DAYS: u64 = 9;
/// The kind of generated experiments.
pub(super) const EXPERIMENT: Kind = Experiment;
