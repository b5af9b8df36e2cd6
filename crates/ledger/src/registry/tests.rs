use super::*;

fn registry() -> Registry {
    let log = |number: u32, origin: &str| NewLog {
        number: LogNumber::new(number),
        origin: Arc::from(origin),
        created_ms: 1_000 + u64::from(number),
    };
    Registry {
        covered: 9,
        logs: vec![log(0, "a"), log(1, &"b".repeat(255))],
    }
}

#[test]
fn what_was_written_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("registry");
    for written in [Registry::default(), registry()] {
        written.write(&Disk::local(), &path).unwrap();
        assert_eq!(Registry::read(&path).unwrap(), written);
    }
    let missing = Registry::read(&dir.path().join("none"));
    assert!(matches!(missing, Err(RegistryError::Read(_))));
}

#[test]
fn every_flipped_bit_and_every_cut_is_found() {
    let bytes = registry().to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let read = Registry::from_bytes(&flipped);
        assert!(matches!(read, Err(RegistryError::Damaged(_))), "bit {bit}");
    }
    for len in 0..bytes.len() {
        let read = Registry::from_bytes(&bytes[..len]);
        assert!(
            matches!(read, Err(RegistryError::Damaged(_))),
            "{len} bytes"
        );
    }
}

#[test]
fn a_newer_version_is_named() {
    let mut bytes = registry().to_bytes();
    bytes.truncate(bytes.len() - 4);
    bytes[11] = 2;
    bytes.extend(crc32c::crc32c(&bytes).to_be_bytes());
    let read = Registry::from_bytes(&bytes);
    assert!(matches!(read, Err(RegistryError::Newer(2))));
}
