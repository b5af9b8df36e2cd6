//! Lower-case hexadecimal digits.

/// The digit of a value below 16.
pub(crate) const fn digit(value: u8) -> u8 {
    match value {
        0..=9 => b'0' + value,
        _ => b'a' + (value & 0x0f) - 10,
    }
}

/// The digits of the bytes, two each.
pub(crate) fn encode(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0x0f])
        .map(|value| char::from(digit(value)))
        .collect()
}
