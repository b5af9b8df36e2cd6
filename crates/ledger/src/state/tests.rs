use super::*;

fn new(number: u32, origin: &str) -> NewLog {
    NewLog {
        number: LogNumber::new(number),
        origin: Arc::from(origin),
        created_ms: 1,
    }
}

#[test]
fn numbers_are_dense_and_origins_are_taken_once() {
    let mut state = State::default();
    assert_eq!(state.next_number("a"), Ok(LogNumber::new(0)));
    assert_eq!(state.create(&new(1, "a")), Err(Taken::Numbers));
    assert_eq!(state.create(&new(0, "a")), Ok(()));
    assert_eq!(state.create(&new(1, "a")), Err(Taken::Origin));
    assert_eq!(state.create(&new(1, "b")), Ok(()));
    let origins: Vec<_> = state.infos().map(|log| log.origin).collect();
    assert_eq!(origins, ["a", "b"].map(Arc::from));
}

#[test]
fn a_taken_slot_is_refused_by_the_name_of_its_log() {
    let mut state = State::default();
    state.create(&new(0, "a")).unwrap();
    // No two short origins share a slot, so the slot of the second is given to the first by hand.
    state.by_slot.insert(Slot::of("b"), LogNumber::new(0));
    assert_eq!(state.next_number("b"), Err(Taken::Slot(Arc::from("a"))));
}

#[test]
fn a_slot_is_the_beginning_of_a_hash() {
    // SHA-256("abc") begins with ba7816bf8f01.
    assert_eq!(Slot::of("abc").index(), 0xba78_16bf_8f01);
}
