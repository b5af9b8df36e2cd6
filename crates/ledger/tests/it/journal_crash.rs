//! The local journal after power failures at every change of the disk, and on a disk that fails.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use ledger::disk::Disk;
use ledger::store::journal::{FileSizes, LocalJournal};
use ledger::store::{Frame, FrameKind, Head, Journal, JournalError, NewFrame};
use tempfile::TempDir;
use testkit::crash::{Image, Recorder};
use testkit::faulty::{Fault, FaultyDisk, Plan};
use testkit::scratch;
use testkit::seed::Seed;

/// Small files, so that a few frames fill several, and one frame is larger than a file.
const SIZES: FileSizes = FileSizes {
    first: 2048,
    later: 4096,
};

/// Lengths of bodies around blocks, files and nothing.
const LENGTHS: [usize; 14] = [
    0, 1, 255, 256, 257, 1500, 700, 4000, 9000, 10, 3000, 3991, 512, 2000,
];

fn body(number: u64) -> Vec<u8> {
    let length = LENGTHS[usize::try_from(number).unwrap() % LENGTHS.len()];
    Seed::new(number)
        .bytes::<32>()
        .into_iter()
        .cycle()
        .take(length)
        .collect()
}

fn append(journal: &LocalJournal) -> Result<Head, JournalError> {
    let after = journal.head();
    journal.append(&NewFrame {
        after,
        kind: FrameKind::Commit,
        body: &body(after.seq + 1),
    })
}

fn created() -> TempDir {
    let dir = scratch::directory();
    LocalJournal::create(&Disk::local(), dir.path(), SIZES).unwrap();
    dir
}

fn opened(dir: &Path) -> LocalJournal {
    LocalJournal::open(&Disk::local(), dir, SIZES).unwrap()
}

/// Checks that a journal holds exactly the frames that were appended, from the oldest that is left to its head.
fn check(journal: &LocalJournal) -> u64 {
    let frames: Vec<Frame> = journal.since(0).unwrap().collect::<Result<_, _>>().unwrap();
    let numbers: Vec<u64> = frames.iter().map(|frame| frame.head.seq).collect();
    let head = journal.head().seq;
    let oldest = numbers.first().copied().unwrap_or(1);
    assert_eq!(numbers, (oldest..=head).collect::<Vec<_>>());
    for frame in frames {
        assert_eq!(
            *frame.body,
            *body(frame.head.seq),
            "frame {}",
            frame.head.seq
        );
    }
    head
}

/// Opens an image, checks it, and lets it go on over two more opens.
fn reopen(image: &Image, possible: RangeInclusive<u64>) {
    let dir = scratch::directory();
    image.write_to(dir.path()).unwrap();
    let journal = opened(dir.path());
    let head = check(&journal);
    assert!(
        possible.contains(&head),
        "frame {head} is the newest, not one of {possible:?}"
    );
    append(&journal).unwrap();
    drop(journal);
    let journal = opened(dir.path());
    assert_eq!(check(&journal), head + 1);
    append(&journal).unwrap();
    assert_eq!(check(&journal), head + 2);
}

#[test]
fn no_acknowledged_frame_is_lost_by_a_power_failure_at_any_change() {
    const FRAMES: u64 = 20;
    let dir = created();
    let recorder = Recorder::watching(dir.path()).unwrap();
    let journal = LocalJournal::open(&recorder.disk(), dir.path(), SIZES).unwrap();
    // How many changes there were when a frame was acknowledged.
    let mut acknowledged = vec![0];
    for number in 1..=FRAMES {
        if number % 3 == 0 {
            journal.prepare().unwrap();
        }
        append(&journal).unwrap();
        acknowledged.push(recorder.changes());
        if number % 5 == 0 {
            journal.trim(journal.full()).unwrap();
        }
    }
    assert!(journal.since(0).unwrap().count() < 20, "files were trimmed");
    let mut seed = Seed::new(2);
    for moment in recorder.moments() {
        let durable = acknowledged
            .iter()
            .rposition(|changes| *changes <= moment.changes())
            .unwrap() as u64;
        let images = std::iter::once(moment.after_kill());
        let torn = (0..6).map(|_| moment.after_power_failure(&mut seed));
        for image in images.chain(torn) {
            reopen(&image, durable..=durable + 1);
        }
    }
}

/// A life on a disk that fails: what was acknowledged, and whether one more frame may stand.
fn live(disk: &Disk, dir: &Path, frames: u64) -> RangeInclusive<u64> {
    let Ok(journal) = LocalJournal::open(disk, dir, SIZES) else {
        return 0..=0;
    };
    while journal.head().seq < frames {
        let before = journal.head();
        match append(&journal) {
            Ok(head) => assert_eq!(head.seq, before.seq + 1),
            Err(JournalError::Full { .. }) => {
                assert_eq!(check(&journal), before.seq, "a full disk stores nothing");
            }
            Err(_) => {
                let again = append(&journal).map(|head| head.seq);
                let stays = matches!(
                    again,
                    Err(JournalError::Poisoned | JournalError::File { .. }) | Ok(_)
                );
                assert!(stays, "{again:?}");
                let acknowledged = journal.head().seq;
                return acknowledged..=acknowledged + 1;
            }
        }
        // A trim that fails leaves more than it should, and nothing else.
        let _ = journal.trim(journal.full());
    }
    frames..=frames
}

#[test]
fn every_failing_change_loses_no_acknowledged_frame() {
    const FRAMES: u64 = 12;
    let healthy = created();
    let plan = Arc::new(Plan::new());
    assert_eq!(
        live(&FaultyDisk::disk(Arc::clone(&plan)), healthy.path(), FRAMES),
        FRAMES..=FRAMES
    );
    for fault in Fault::ALL {
        for change in 0..plan.writes() {
            let dir = created();
            let faults = Arc::new(Plan::new());
            faults.fail_after(change, fault);
            let possible = live(&FaultyDisk::disk(Arc::clone(&faults)), dir.path(), FRAMES);
            assert_eq!(faults.happened(), 1, "{fault:?} at change {change}");
            let journal = LocalJournal::open(&Disk::local(), dir.path(), SIZES);
            let journal =
                journal.unwrap_or_else(|error| panic!("{fault:?} at change {change}: {error}"));
            let head = check(&journal);
            assert!(
                possible.contains(&head),
                "{fault:?} at change {change}: {head} is not in {possible:?}"
            );
            append(&journal).unwrap();
            assert_eq!(check(&opened(dir.path())), head + 1);
        }
    }
}

#[test]
fn a_disk_without_space_refuses_frames_and_goes_on_when_there_is_space() {
    let dir = created();
    let plan = Arc::new(Plan::new());
    let journal =
        LocalJournal::open(&FaultyDisk::disk(Arc::clone(&plan)), dir.path(), SIZES).unwrap();
    for number in 1..=20 {
        plan.set_full(true);
        for _ in 0..2 {
            let error = append(&journal).unwrap_err();
            assert!(matches!(error, JournalError::Full { .. }), "{error:?}");
        }
        plan.set_full(false);
        assert_eq!(append(&journal).unwrap().seq, number);
    }
    drop(journal);
    assert_eq!(check(&opened(dir.path())), 20);
}
