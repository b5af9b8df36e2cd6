//! A section of the configuration: its fields can be set by name, from TOML or from text, and explain themselves.

use std::fmt::Write;

use super::setting::Given;

/// Why a field was not set.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SetError {
    /// The section has no such field.
    Unknown,
    /// The value does not fit; the sentence says what would.
    Invalid(String),
}

/// A field as it is: its name, its manual and its present value in TOML.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) manual: &'static [&'static str],
    /// `None` when it is not set.
    pub(super) value: Option<String>,
}

/// One struct of the configuration.
pub(super) trait Section {
    /// Sets the field called `name`.
    fn set(&mut self, name: &str, given: Given<'_>) -> Result<(), SetError>;
    /// All fields in the order of the struct.
    fn fields(&self) -> Vec<Field>;
}

/// Declares a section: the struct, its defaults and [`Section`], so that the doc comment of a field is its manual.
macro_rules! section {
    ($(#[doc = $about:literal])+ $section:ident { $($(#[doc = $doc:literal])+ $field:ident: $type:ty = $default:expr,)+ }) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug)]
        pub struct $section {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl Default for $section {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl $crate::config::section::Section for $section {
            fn set(
                &mut self,
                name: &str,
                given: $crate::config::setting::Given<'_>,
            ) -> Result<(), $crate::config::section::SetError> {
                match name {
                    $(stringify!($field) => {
                        self.$field = <$type as $crate::config::setting::Setting>::read(given)
                            .map_err($crate::config::section::SetError::Invalid)?;
                    })+
                    _ => return Err($crate::config::section::SetError::Unknown),
                }
                Ok(())
            }

            fn fields(&self) -> Vec<$crate::config::section::Field> {
                vec![$($crate::config::section::Field {
                    name: stringify!($field),
                    manual: &[$($doc,)+],
                    value: $crate::config::setting::Setting::to_toml(&self.$field),
                },)+]
            }
        }
    };
}
pub(super) use section;

/// Appends `section` to the text of a configuration file; fields without a value are commented out.
pub(super) fn write(text: &mut String, name: &str, section: &dyn Section) {
    // Writing into a `String` does not fail.
    if !name.is_empty() {
        let _ = writeln!(text, "[{name}]");
    }
    for field in section.fields() {
        for line in field.manual {
            let _ = writeln!(text, "#{line}");
        }
        let _ = match field.value {
            Some(value) => writeln!(text, "{} = {value}\n", field.name),
            None => writeln!(text, "# {} =\n", field.name),
        };
    }
}
