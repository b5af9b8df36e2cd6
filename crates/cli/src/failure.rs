//! How a command says that it did not work.

use std::fmt::Write as _;
use std::io;
use std::process::ExitCode;

use crate::output;

/// It did not work, or could not be checked.
pub(crate) const FAILED: u8 = 1;
/// The data is damaged or was altered.
pub(crate) const ALTERED: u8 = 2;

/// Writes the error with its reasons on one line. A reader that went away (`| head`) is no error.
pub(crate) fn tell(error: &anyhow::Error) -> ExitCode {
    tell_as(error, FAILED)
}

/// As [`tell`], with an exit code of its own.
pub(crate) fn tell_as(error: &anyhow::Error, code: u8) -> ExitCode {
    let closed = |cause: &(dyn std::error::Error + 'static)| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.downcast_ref::<sdk::Error>().is_none() && error.chain().any(closed) {
        return ExitCode::SUCCESS;
    }
    output::note(&format!("annals: {}", sentence(error)));
    ExitCode::from(code)
}

/// The error and its causes; a cause that its effect has told already is not repeated.
pub(crate) fn sentence(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            // Writing to a string cannot fail.
            let _ = write!(text, ": {cause}");
        }
    }
    text
}

/// Help and version succeed; everything else that cannot be understood exits with 1, because 2 means altered data.
pub(crate) fn of_usage(error: &clap::Error) -> ExitCode {
    // When help cannot be written there is nobody to tell.
    let _ = error.print();
    if error.use_stderr() {
        ExitCode::from(FAILED)
    } else {
        ExitCode::SUCCESS
    }
}
