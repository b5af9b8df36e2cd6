//! Which directories are used, and which are refused by name.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use ledger::disk::{Change, Disk, Fate, Watch};
use ledger::{DataDir, DirError, Opened};
use testkit::scratch;

use crate::world::{SMALL, World, initialise, secrets};

fn open_or_begin(path: &std::path::Path) -> Result<Opened, DirError> {
    DataDir::open_or_begin(&Disk::local(), path)
}

#[test]
fn an_absent_and_an_empty_directory_are_initialised() {
    let dir = scratch::directory();
    for name in ["absent", "empty", "with lost+found"] {
        let path = dir.path().join(name);
        if name != "absent" {
            fs::create_dir(&path).unwrap();
        }
        if name == "with lost+found" {
            fs::create_dir(path.join("lost+found")).unwrap();
        }
        initialise(&Disk::local(), &path, SMALL);
        let Opened::Ready(opened) = open_or_begin(&path).unwrap() else {
            panic!("{name} was initialised");
        };
        assert_eq!(opened.format().instance_name, "test.example");
        assert_eq!(opened.secrets(), &secrets());
        assert!(!path.join("INIT").exists());
    }
}

#[test]
fn secrets_are_readable_for_their_owner_only_and_never_printed() {
    let world = World::new();
    let keys = world.path().join("keys");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&keys), 0o700);
    for name in ["signing", "dedup", "fingerprint"] {
        assert_eq!(mode(&keys.join(name)), 0o600, "{name}");
    }
    assert_eq!(format!("{:?}", world.ledger().secrets()), "Secrets(***)");
}

#[test]
fn a_directory_of_somebody_else_is_left_alone() {
    let dir = scratch::directory();
    fs::write(dir.path().join("thesis.tex"), b"mine").unwrap();
    match open_or_begin(dir.path()).unwrap_err() {
        DirError::NotEmpty { found, .. } => assert_eq!(found, "thesis.tex"),
        other => panic!("{other:?}"),
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_missing_part_is_named() {
    for part in [
        "keys",
        "registry",
        "journal/0",
        "spine/0",
        "payload/0",
        "keys/dedup",
    ] {
        let dir = scratch::directory();
        let path = dir.path().join("data");
        initialise(&Disk::local(), &path, SMALL);
        let missing = path.join(part);
        fs::rename(&missing, dir.path().join("away")).unwrap();
        match open_or_begin(&path).unwrap_err() {
            DirError::MissingPart { part: found, .. } => assert!(part.ends_with(found)),
            other => panic!("{part}: {other:?}"),
        }
        fs::rename(dir.path().join("away"), &missing).unwrap();
        assert!(matches!(open_or_begin(&path), Ok(Opened::Ready(_))));
    }
}

#[test]
fn a_newer_major_format_is_refused_and_a_newer_minor_is_not() {
    let dir = scratch::directory();
    initialise(&Disk::local(), dir.path(), SMALL);
    let format = dir.path().join("FORMAT");
    let text = fs::read_to_string(&format).unwrap();
    fs::write(
        &format,
        text.replace("format 1.0", "format 1.7\nadded by 1.7"),
    )
    .unwrap();
    assert!(matches!(open_or_begin(dir.path()), Ok(Opened::Ready(_))));
    fs::write(&format, text.replace("format 1.0", "format 2.0")).unwrap();
    match open_or_begin(dir.path()).unwrap_err() {
        DirError::Newer { found, .. } => assert_eq!(found, "2.0"),
        other => panic!("{other:?}"),
    }
    fs::write(&format, "").unwrap();
    let refused = open_or_begin(dir.path()).unwrap_err();
    assert!(matches!(refused, DirError::Damaged { .. }), "{refused:?}");
}

#[test]
fn a_second_process_is_kept_out_until_the_first_closes() {
    let mut world = World::new();
    let refused = DataDir::open(&Disk::local(), &world.path()).unwrap_err();
    assert!(matches!(refused, DirError::Locked { .. }), "{refused:?}");
    let refused = open_or_begin(&world.path()).unwrap_err();
    assert!(matches!(refused, DirError::Locked { .. }), "{refused:?}");
    world.close();
    assert!(DataDir::open(&Disk::local(), &world.path()).is_ok());
}

#[test]
fn instance_names_are_what_origins_can_carry() {
    for (name, valid) in [
        ("a", true),
        ("audit.example.com/eu-1", true),
        (&"a".repeat(100), true),
        (&"a".repeat(101), false),
        ("", false),
        (".a", false),
        ("a/", false),
        ("A", false),
        ("a b", false),
        ("a+b", false),
        ("ä", false),
    ] {
        let dir = scratch::directory();
        let Opened::Fresh(fresh) = open_or_begin(dir.path()).unwrap() else {
            panic!("the directory is empty");
        };
        let keyed = fresh.keys(&secrets()).unwrap().journal_files(SMALL);
        assert_eq!(keyed.finish(name, 1).is_ok(), valid, "{name:?}");
    }
}

#[test]
fn a_directory_that_was_not_initialised_is_not_opened() {
    let dir = scratch::directory();
    let refused = DataDir::open(&Disk::local(), dir.path()).unwrap_err();
    assert!(
        matches!(refused, DirError::NotInitialised { .. }),
        "{refused:?}"
    );
}

/// A disk on which nothing can be changed.
#[derive(Debug)]
struct ReadOnly;

impl Watch for ReadOnly {
    fn decide(&self, _change: &Change<'_>) -> Fate {
        Fate::Lost(std::io::ErrorKind::ReadOnlyFilesystem.into())
    }
}

#[test]
fn a_directory_that_cannot_be_written_is_named() {
    let dir = scratch::directory();
    let read_only = Disk::watched(Arc::new(ReadOnly));
    match DataDir::open_or_begin(&read_only, dir.path()).unwrap_err() {
        DirError::Write { path, .. } => assert!(path.starts_with(dir.path())),
        other => panic!("{other:?}"),
    }
    // A path below a file cannot be made, not even by the superuser.
    fs::write(dir.path().join("file"), b"").unwrap();
    let below = dir.path().join("file/data");
    match open_or_begin(&below).unwrap_err() {
        DirError::Write { path, .. } => assert_eq!(path, below),
        other => panic!("{other:?}"),
    }
}
