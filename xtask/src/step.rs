//! Running one command of a check, with its name before and its time after.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Names the step, runs the command with the terminal of this process, and fails when the command does.
pub(crate) fn run(name: &str, command: &mut Command) -> Result<()> {
    println!("\n== {name}");
    let started = Instant::now();
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("starting {name}"))?;
    if !status.success() {
        bail!("{name} ({status})");
    }
    println!("== {name}: {}", seconds(started.elapsed()));
    Ok(())
}

/// What the command writes to standard output; its errors go to the terminal.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("starting {program}"))?;
    if !output.status.success() {
        bail!("{program} ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("reading what {program} wrote"))
}

/// Whether the command runs and succeeds; it says nothing.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// A time for people: whole seconds, with minutes from the first.
pub(crate) fn seconds(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use super::{output, run, seconds, succeeds};

    #[test]
    fn times_are_for_people() {
        for (time, expect) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min 0 s"),
            (754, "12 min 34 s"),
        ] {
            assert_eq!(seconds(Duration::from_secs(time)), expect);
        }
    }

    #[test]
    fn a_failed_command_fails_its_step() {
        let failing = || Command::new("false");
        assert!(!succeeds(&mut failing()));
        assert!(output(&mut failing()).is_err());
        let error = run("a step", &mut failing()).expect_err("`false` fails");
        assert!(error.to_string().starts_with("a step ("), "{error}");
        let version = output(Command::new("cargo").arg("--version")).expect("cargo is here");
        assert!(version.starts_with("cargo "), "{version}");
    }
}
