//! The canonical form against a second implementation, and against RFC 8785.

use event::{canonical, json};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::arbitrary;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_second_implementation_writes_the_same(value in arbitrary::value()) {
        let theirs = serde_json_canonicalizer::to_vec(&value).expect("canonical JSON");
        prop_assert_eq!(canonical::to_vec(&value), theirs);
    }

    #[test]
    fn what_is_written_is_read_and_written_again(value in arbitrary::value()) {
        let written = canonical::to_vec(&value);
        let read = json::parse(&written).expect("I-JSON");
        prop_assert_eq!(canonical::to_vec(&read), written);
    }

    #[test]
    fn what_was_read_is_what_was_written(value in arbitrary::value()) {
        let read = json::parse(serde_json::to_string(&value).expect("JSON").as_bytes()).expect("I-JSON");
        let again = json::parse(&canonical::to_vec(&read)).expect("I-JSON");
        prop_assert_eq!(again, read);
    }

    #[test]
    fn every_double_is_written_as_ecmascript_does(bits in any::<u64>()) {
        let double = f64::from_bits(bits);
        prop_assume!(double.is_finite());
        let value = Value::from(double);
        let theirs = serde_json_canonicalizer::to_vec(&value).expect("canonical JSON");
        prop_assert_eq!(canonical::to_vec(&value), theirs);
    }
}

/// RFC 8785 appendix B.
const DOUBLES: [(u64, &str); 22] = [
    (0x0000_0000_0000_0000, "0"),
    (0x8000_0000_0000_0000, "0"),
    (0x0000_0000_0000_0001, "5e-324"),
    (0x8000_0000_0000_0001, "-5e-324"),
    (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
    (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
    (0x4340_0000_0000_0000, "9007199254740992"),
    (0xc340_0000_0000_0000, "-9007199254740992"),
    (0x4430_0000_0000_0000, "295147905179352830000"),
    (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
    (0x44b5_2d02_c7e1_4af6, "1e+23"),
    (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
    (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
    (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
    (0x444b_1ae4_d6e2_ef50, "1e+21"),
    (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
    (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
    (0x41b3_de43_5555_5553, "333333333.3333332"),
    (0x41b3_de43_5555_5554, "333333333.33333325"),
    (0x41b3_de43_5555_5555, "333333333.3333333"),
    (0x41b3_de43_5555_5556, "333333333.3333334"),
    (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
];

#[test]
fn doubles_are_written_as_the_rfc_prints_them() {
    for (bits, text) in DOUBLES {
        let value = Value::from(f64::from_bits(bits));
        assert_eq!(
            String::from_utf8(canonical::to_vec(&value)).unwrap(),
            text,
            "{bits:016x}"
        );
    }
}

#[test]
fn integers_that_no_double_holds_are_written_as_the_nearest() {
    let value = json!([u64::MAX, i64::MIN, canonical::MAX_SAFE_INTEGER]);
    let written = String::from_utf8(canonical::to_vec(&value)).unwrap();
    assert_eq!(
        written,
        "[18446744073709552000,-9223372036854776000,9007199254740991]"
    );
}
