//! Puts the built dashboard into `$OUT_DIR/ui`, where the crate embeds it.
//!
//! In this order: `ANNALS_UI_DIST` names a finished build; `web/dist-prebuilt` is one that came with the source;
//! `ANNALS_UI_SKIP`, `DOCS_RS` and debug builds get a page that says how to build it; else npm and Vite run.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// What the sources are built with; older ones lack what Vite needs.
const NODE_AT_LEAST: (u32, u32) = (20, 19);

const WAYS_OUT: &str = "the dashboard is built with Node.js 20.19 or newer and npm. Two ways out:\n\
     1. install Node.js (https://nodejs.org) and build again, or\n\
     2. set ANNALS_UI_SKIP=1 for a server without the dashboard.";

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("cargo::error={}", reason.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?).join("ui");
    // The guide is embedded by the crate itself; a new page or image must not wait for another change.
    println!(
        "cargo::rerun-if-changed={}",
        web.join("../docs/guide").display()
    );
    for name in ["ANNALS_UI_DIST", "ANNALS_UI_SKIP", "DOCS_RS"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    // Whatever an earlier build left would be embedded, too.
    match fs::remove_dir_all(&out) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(format!("emptying {}: {error}", out.display()));
        }
        _ => {}
    }
    fs::create_dir_all(&out).map_err(|error| format!("making {}: {error}", out.display()))?;
    let prebuilt = web.join("dist-prebuilt");
    if let Some(dist) = env::var_os("ANNALS_UI_DIST") {
        copy(Path::new(&dist), &out)
    } else if prebuilt.is_dir() {
        copy(&prebuilt, &out)
    } else if is_set("ANNALS_UI_SKIP")
        || is_set("DOCS_RS")
        || env::var_os("PROFILE").is_some_and(|profile| profile == "debug")
    {
        // The page without a dashboard is written by the crate itself.
        Ok(())
    } else {
        bundle(&web, &out)
    }
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0")
}

/// Installs the packages when the lock file says others than those that are there, and runs Vite.
fn bundle(web: &Path, out: &Path) -> Result<(), String> {
    for source in [
        "src",
        "public",
        "index.html",
        "package-lock.json",
        "vite.config.ts",
    ] {
        println!("cargo::rerun-if-changed={}", web.join(source).display());
    }
    check_node()?;
    let lock = web.join("package-lock.json");
    let installed = web.join("node_modules/.lock-copy");
    let wanted = fs::read(&lock).map_err(|error| format!("reading {}: {error}", lock.display()))?;
    if fs::read(&installed).ok().as_ref() != Some(&wanted) {
        run(Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(web))?;
        fs::write(&installed, &wanted)
            .map_err(|error| format!("writing {}: {error}", installed.display()))?;
    }
    run(Command::new("node")
        .arg("node_modules/vite/bin/vite.js")
        .args(["build", "--logLevel", "warn", "--emptyOutDir", "--outDir"])
        .arg(out)
        .current_dir(web))
}

fn check_node() -> Result<(), String> {
    let answer = Command::new("node").arg("--version").output();
    let version =
        answer.map_err(|error| format!("node cannot be started ({error}); {WAYS_OUT}"))?;
    let text = String::from_utf8_lossy(&version.stdout);
    let mut numbers = text
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= NODE_AT_LEAST => Ok(()),
        _ => Err(format!("node is {}; {WAYS_OUT}", text.trim())),
    }
}

/// Runs a step of the build; what it wrote is in the error when it fails.
fn run(command: &mut Command) -> Result<(), String> {
    let name = format!("{command:?}");
    let output = command
        .output()
        .map_err(|error| format!("starting {name}: {error}; {WAYS_OUT}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("{name} failed: {}", String::from_utf8_lossy(&said)))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed={}", from.display());
    let failed = |error: io::Error| format!("copying {}: {error}", from.display());
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let target = to.join(entry.file_name());
        if entry.file_type().map_err(failed)?.is_dir() {
            fs::create_dir_all(&target).map_err(failed)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).map_err(failed)?;
        }
    }
    Ok(())
}
