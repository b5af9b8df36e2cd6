//! The one binary, `annals`: the server, its clients, and the tools for a data directory.

mod args;
mod connection;
mod directory;
mod failure;
mod local;
mod output;
mod progress;
mod sample;
mod signals;
mod zone;

mod admin;
mod append;
mod bench;
mod demo;
mod fsck;
mod health;
mod manual;
mod query;
mod reindex;
mod serve;
mod tail;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return failure::of_usage(&error),
    };
    match run(arguments.command) {
        Ok(code) => code,
        Err(error) => failure::tell(&error),
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Append(arguments) => append::run(&arguments),
        Command::Query(arguments) => query::run(&arguments),
        Command::Tail(arguments) => tail::run(&arguments),
        Command::Fsck(arguments) => fsck::run(&arguments),
        Command::Reindex(arguments) => reindex::run(&arguments),
        Command::Admin(arguments) => admin::run(&arguments),
        Command::Health(arguments) => health::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Completions(arguments) => manual::completions(&arguments),
        Command::Man(arguments) => manual::man(&arguments),
    }
}
