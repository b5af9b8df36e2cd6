//! Stories that an admin would want to find.

use super::super::calendar::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, working_time};
use super::super::network::{DATA_CENTRE, HOMES, STRANGE, TRAVEL};
use super::super::people::PEOPLE;
use super::super::random::Random;
use super::super::roster::Roster;
use super::super::spec::{Failure, Kind, failure};
use super::{By, Cue};

const WRONG: Failure = failure("failure", "bad_password", "the password was wrong");
const UNKNOWN: Failure = failure("failure", "no_such_user", "nobody has this e-mail address");
const CLOSED: Failure = failure("denied", "account_closed", "the account was closed");
const CONFIDENTIAL: Failure = failure("denied", "forbidden", "the report is confidential");

const OWNER: usize = 0;
const ANALYST: usize = 10;
const AUDITOR: usize = 11;
const SUPPORT: usize = 12;
const LEAVER: usize = 17;

/// This hour and minute of the day so many days before now, where the company is.
fn clock(days_ago: u64, hour: u64, minute: u64, now_ms: u64) -> u64 {
    let midnight = now_ms.saturating_sub(days_ago * DAY_MS) / DAY_MS * DAY_MS;
    midnight + (hour * HOUR_MS + minute * MINUTE_MS).saturating_sub(HOUR_MS)
}

/// Nine nights ago somebody guessed passwords from a strange network until one was right.
pub(super) fn break_in(roster: &Roster, now_ms: u64, random: &mut Random) -> Vec<Cue> {
    let strange = STRANGE[0];
    let mut at_ms = clock(9, 3, 41, now_ms);
    let mut cues = Vec::new();
    for guess in 0..26 {
        let about = guess % PEOPLE.len();
        cues.push(
            Cue::of("user.login", at_ms)
                .by(By::Stranger)
                .about(about)
                .fails(WRONG)
                .from(strange),
        );
        at_ms += random.between(6, 24) * SECOND_MS;
    }
    let payroll = roster.find(Kind::Report, "rep_payroll");
    let intruder = |action, minutes: u64| {
        Cue::of(action, at_ms + minutes * MINUTE_MS)
            .by(By::Person(ANALYST))
            .from(strange)
    };
    cues.push(intruder("user.login", 0).succeeds());
    cues.push(intruder("data.read", 2).succeeds());
    cues.push(intruder("data.export", 3).on(payroll).fails(CONFIDENTIAL));
    cues.push(intruder("data.export", 4).on(payroll).fails(CONFIDENTIAL));
    cues.push(
        intruder("data.export", 6)
            .on(roster.find(Kind::Report, "rep_usage"))
            .succeeds()
            .fact("rows", 31_200),
    );
    let morning = clock(9, 8, 12, now_ms);
    let answer = |action, minutes: u64| Cue::of(action, morning + minutes * MINUTE_MS).succeeds();
    let query = format!("ip:{}", strange.ip);
    cues.push(
        answer("audit_log.search", 0)
            .by(By::Person(AUDITOR))
            .fact("query", query),
    );
    cues.push(
        answer("auth.session_revoke", 9)
            .by(By::Person(OWNER))
            .on(Some(ANALYST)),
    );
    cues.push(
        answer("auth.password_reset", 14)
            .by(By::Person(ANALYST))
            .on(Some(ANALYST)),
    );
    cues.push(
        answer("auth.mfa_enable", 21)
            .by(By::Person(ANALYST))
            .on(Some(ANALYST)),
    );
    cues.push(
        answer("setting.change", 33)
            .by(By::Person(OWNER))
            .on(roster.find(Kind::Setting, "allowed_networks")),
    );
    cues.push(
        answer("audit_log.export", 48)
            .by(By::Person(AUDITOR))
            .fact("rows", 212),
    );
    cues
}

/// Earlier in the year somebody tried names that do not exist.
pub(super) fn guessing(now_ms: u64, random: &mut Random) -> Vec<Cue> {
    let mut at_ms = clock(147, 23, 5, now_ms);
    let names = [
        "admin",
        "root",
        "test",
        "info",
        "support",
        "backup",
        "guest",
        "sales",
        "dev",
        "postmaster",
        "ceo",
    ];
    let guess = |name: &&str| {
        at_ms += random.between(2, 40) * SECOND_MS;
        let email = format!("{name}@acme-robotics.example");
        Cue::of("user.login", at_ms)
            .by(By::Stranger)
            .fails(UNKNOWN)
            .from(STRANGE[1])
            .fact("email_id", email)
    };
    names.iter().map(guess).collect()
}

/// Three working days ago the inference gateway was down for forty minutes.
pub(super) fn outage(roster: &Roster, now_ms: u64, random: &mut Random) -> Vec<Cue> {
    let gateway = roster.find(Kind::Component, "inference-gateway");
    let began = working_time(3, 0, now_ms, random);
    let about = |action, at_ms: u64| {
        Cue::of(action, at_ms)
            .by(By::System)
            .on(gateway)
            .from(DATA_CENTRE)
    };
    let mut cues = vec![about("system.degraded", began)];
    for error in 0..14 {
        cues.push(about(
            "system.error",
            began + 90 * SECOND_MS + error * random.between(120, 160) * SECOND_MS,
        ));
    }
    let restart = Cue::of("system.stop", began + 37 * MINUTE_MS)
        .by(By::Program(0))
        .on(gateway)
        .succeeds();
    cues.push(restart);
    cues.push(
        Cue::of("system.start", began + 38 * MINUTE_MS)
            .by(By::Program(0))
            .on(gateway)
            .succeeds(),
    );
    cues.push(about("system.recovered", began + 41 * MINUTE_MS));
    cues.push(
        Cue::of("data.create", began + 3 * HOUR_MS)
            .by(By::Person(SUPPORT))
            .succeeds(),
    );
    cues
}

/// A contractor tries to get in after the contract has ended.
pub(super) fn leaver(now_ms: u64, random: &mut Random) -> Vec<Cue> {
    let mut at_ms = clock(94, 21, 30, now_ms);
    let mut tries = vec![];
    for action in [
        "user.login",
        "user.login",
        "access.denied",
        "access.denied",
        "user.login",
    ] {
        tries.push(
            Cue::of(action, at_ms)
                .by(By::Person(LEAVER))
                .fails(CLOSED)
                .from(HOMES[3]),
        );
        at_ms += random.between(1, 9) * MINUTE_MS;
    }
    tries
}

/// Five nights ago an unusually large export left the house while its author travelled.
pub(super) fn night_export(roster: &Roster, now_ms: u64) -> Vec<Cue> {
    let at_ms = clock(5, 2, 18, now_ms);
    let report = roster.find(Kind::Report, "rep_monthly");
    let by_night = |action, minutes: u64| {
        Cue::of(action, at_ms + minutes * MINUTE_MS)
            .by(By::Person(ANALYST - 1))
            .from(TRAVEL[2])
            .succeeds()
    };
    vec![
        by_night("user.login", 0),
        by_night("data.read", 3),
        by_night("data.export", 7)
            .on(report)
            .fact("rows", 48_211)
            .fact("format", "csv"),
        by_night("user.logout", 9),
    ]
}

/// Support works in the place of colleagues, and says so.
pub(super) fn support_access(
    roster: &Roster,
    begin_ms: u64,
    now_ms: u64,
    random: &mut Random,
) -> Vec<Cue> {
    let mut cues = Vec::new();
    for visit in 0..12 {
        let at_ms = working_time(7 + visit * 22, begin_ms, now_ms, random);
        let colleague = usize::try_from(random.between(2, 5)).unwrap_or(2);
        let on_behalf = |action, minutes: u64| {
            let cue = Cue::of(action, at_ms + minutes * MINUTE_MS)
                .by(By::Person(SUPPORT))
                .behalf(colleague);
            cue.succeeds()
                .says("Support session with consent of the colleague")
        };
        cues.push(on_behalf("data.read", 0));
        cues.push(on_behalf("agent.update", 6).on(roster.find(Kind::Agent, "ag_support")));
        if visit % 3 == 0 {
            cues.push(
                on_behalf("setting.change", 11)
                    .on(roster.find(Kind::Setting, "notification_channels")),
            );
        }
    }
    cues
}

/// One agent from its first model to its audit, under two names.
pub(super) fn claims_agent(
    roster: &Roster,
    begin_ms: u64,
    now_ms: u64,
    random: &mut Random,
) -> Vec<Cue> {
    let agent = roster.find(Kind::Agent, "ag_claims");
    let model = roster.find(Kind::Model, "mdl_kestrel");
    let mut step = |action, days_ago| {
        Cue::of(action, working_time(days_ago, begin_ms, now_ms, random)).succeeds()
    };
    let mut cues = vec![
        step("model.finetune_start", 207)
            .on(model)
            .also(roster.find(Kind::Dataset, "ds_claims24")),
        step("model.deploy", 204).on(model).also(agent),
        step("model.undeploy", 60).on(model).also(agent),
        step("model.deploy", 58).on(model).also(agent),
        step("data.export", 118).on(roster.find(Kind::Report, "rep_monthly")),
    ];
    for days_ago in [203, 196, 183, 170, 152, 140, 131, 99, 73, 45, 20, 6] {
        cues.push(step("agent.update", days_ago).on(agent));
    }
    for days_ago in [119, 118, 42] {
        let look = step("audit_log.view", days_ago).by(By::Person(AUDITOR));
        cues.push(look.fact("query", "resource=agent:ag_claims"));
    }
    cues
}
