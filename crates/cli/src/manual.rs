//! Completions and manual pages, from the definition of the arguments.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::args;
use crate::output::Output;

/// Print the completions of a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  annals completions bash > /etc/bash_completion.d/annals\n  \
    annals completions zsh > ~/.zfunc/_annals"
)]
pub(crate) struct CompletionsArguments {
    /// The shell
    shell: Shell,
}

/// Print the manual page, or write one for every command
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  annals man | man -l -\n  annals man --dir /usr/local/share/man/man1"
)]
pub(crate) struct ManArguments {
    /// Write the pages of all commands into this directory, which must exist
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Writes completions to standard output.
pub(crate) fn completions(arguments: &CompletionsArguments) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut args::Arguments::command(),
        "annals",
        &mut script,
    );
    print(&script)
}

/// Writes the manual to standard output, or all pages into a directory.
pub(crate) fn man(arguments: &ManArguments) -> Result<ExitCode> {
    let command = args::Arguments::command();
    if let Some(dir) = &arguments.dir {
        clap_mangen::generate_to(command, dir)
            .with_context(|| format!("writing into {}", dir.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .context("writing the manual")?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<ExitCode> {
    let mut output = Output::new();
    output.bytes(bytes)?;
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}
