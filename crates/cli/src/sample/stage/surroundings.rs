//! Where an event came from: network, program, session and request.

use serde_json::{Map, Value};

use super::super::calendar::{day, hour, weekday};
use super::super::network::{DATA_CENTRE, HOMES, Network, OFFICE, SECOND_OFFICE, STRANGE, TRAVEL};
use super::super::people::{BROWSERS, PEOPLE, PROGRAMS};
use super::super::random::scatter;
use super::super::story::By;
use super::{Scene, Stage};

impl Stage {
    /// The `context` of the event.
    pub(super) fn surroundings(&mut self, scene: &Scene) -> Value {
        let at_ms = scene.cue.at_ms;
        let network = scene
            .cue
            .network
            .unwrap_or_else(|| usual_network(scene.by, at_ms));
        let mut context = Map::new();
        context.insert("ip".into(), network.ip.into());
        context.insert("location".into(), network.location.into());
        let (user_agent, source) = match scene.by {
            By::Person(place) if !STRANGE.contains(&network) => (browser(place, network), "ui"),
            By::Person(_) | By::Stranger => ("python-requests/2.31", "api"),
            By::Program(place) => PROGRAMS
                .get(place)
                .map_or(("", "api"), |it| (it.user_agent, it.source)),
            By::Agent(_) => ("acme-agent-runtime/5.1", "agent"),
            By::System => ("", "scheduler"),
        };
        if !user_agent.is_empty() {
            context.insert("user_agent".into(), user_agent.into());
        }
        context.insert("source".into(), source.into());
        if let By::Person(place) = scene.by {
            let session = scatter((place as u64) << 32 | day(at_ms)) >> 16;
            context.insert("session_id".into(), format!("ses_{session:012x}").into());
        }
        context.insert(
            "request_id".into(),
            format!("req_{:016x}", self.random.next()).into(),
        );
        if self.random.in_thousand(200) {
            let (high, low, span) = (
                self.random.next(),
                self.random.next(),
                self.random.next() | 1,
            );
            context.insert(
                "traceparent".into(),
                format!("00-{high:016x}{low:016x}-{span:016x}-01").into(),
            );
        }
        context.into()
    }
}

/// The office on working days, home in the evening and sometimes, rarely on the way; the same all day.
fn usual_network(by: By, at_ms: u64) -> Network {
    let By::Person(place) = by else {
        return if by == By::Stranger {
            STRANGE[2]
        } else {
            DATA_CENTRE
        };
    };
    let home = HOMES.get(place % HOMES.len()).copied().unwrap_or(OFFICE);
    let of_day = scatter((place as u64) << 40 | day(at_ms)) % 100;
    if of_day < 3 {
        return TRAVEL.get(place % TRAVEL.len()).copied().unwrap_or(home);
    }
    let at_work = weekday(at_ms) < 5 && (7..19).contains(&hour(at_ms)) && of_day < 75;
    match PEOPLE.get(place) {
        Some(person) if at_work && person.abroad => SECOND_OFFICE,
        Some(_) if at_work => OFFICE,
        _ => home,
    }
}

fn browser(place: usize, network: Network) -> &'static str {
    let on_the_way = TRAVEL.contains(&network);
    let own = if on_the_way {
        BROWSERS.last()
    } else {
        BROWSERS.get(place % (BROWSERS.len() - 1))
    };
    own.copied().unwrap_or_default()
}
