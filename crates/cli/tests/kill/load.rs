//! Clients that append until the server is gone.

use std::sync::mpsc::{self, Sender};
use std::thread;

use serde_json::{Value, json};
use testkit::seed::Seed;

use crate::book::{Book, EVENTS};
use crate::process::Process;

const CLIENTS: u64 = 4;

/// Sizes of requests: single events, and batches around what one tile or one block holds.
const SIZES: [usize; 8] = [1, 1, 1, 2, 17, 64, 255, 257];

/// Lets clients append and kills the server at the answer number `answers`, while others are still waiting.
pub(crate) fn kill_after(process: &Process, book: &Book, round: usize, answers: usize) {
    let (answered, answers_seen) = mpsc::channel();
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let answered = answered.clone();
            let seed = Seed::new((round as u64) << 8 | client);
            scope.spawn(move || append_until_gone(process, book, seed, &answered));
        }
        drop(answered);
        let seen = answers_seen.iter().take(answers).count();
        assert_eq!(seen, answers, "the server ended by itself");
        process.kill();
    });
}

fn append_until_gone(process: &Process, book: &Book, mut seed: Seed, answered: &Sender<()>) {
    loop {
        let again = if seed.percent(20) {
            book.sent_before(seed.below(1 << 20))
        } else {
            None
        };
        let events = again.unwrap_or_else(|| new_events(&mut seed));
        book.note_sent(&events);
        match process.post(EVENTS, &json!(events)) {
            Ok((201, answer)) => {
                book.note_receipts(&events, answer["receipts"].as_array().unwrap());
            }
            // Busy is an answer too: nothing was stored.
            Ok((429 | 503, _)) => book.note_unanswered(events),
            Ok((status, answer)) => panic!("{status} {answer}"),
            Err(_) => return book.note_unanswered(events),
        }
        // Nobody counts any more after the kill.
        let _counted = answered.send(());
    }
}

fn new_events(seed: &mut Seed) -> Vec<Value> {
    let count = *seed.pick(&SIZES);
    (0..count).map(|_| new_event(seed)).collect()
}

fn new_event(seed: &mut Seed) -> Value {
    let (time, place) = (seed.number(), seed.number());
    let id = format!(
        "{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}",
        time >> 32,
        time >> 16 & 0xffff,
        time & 0xfff,
        place >> 48 & 0xfff,
        place & 0xffff_ffff_ffff
    );
    json!({
        "id": id,
        "action": *seed.pick(&["role.create", "auth.login", "inbox.update"]),
        "actor": {"type": "user", "id": format!("usr_{}", seed.below(50))},
        "metadata": {"mark": seed.number().to_string(), "padding": "x".repeat(seed.below(300))},
    })
}
