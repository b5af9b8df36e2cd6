use super::*;

fn firewall() -> Firewall {
    Firewall::new([7; 32], "audit.example/a/acme")
}

#[test]
fn a_fingerprint_has_its_form() {
    let fingerprint = firewall().fingerprint(b"hunter2");
    assert_eq!(fingerprint.len(), 23);
    assert!(names::is_harmless(&fingerprint));
}
