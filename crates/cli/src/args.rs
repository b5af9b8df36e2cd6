//! What can be typed: the commands, from which help, completions and manual are made.

use clap::{Parser, Subcommand};

/// A provable audit log: who did what, where and when.
#[derive(Debug, Parser)]
#[command(
    name = "annals",
    version,
    max_term_width = 100,
    after_help = "Examples:\n  \
        annals demo                                  a server with a year of made-up events\n  \
        annals serve --data-dir /var/lib/annals      a server that keeps what it is told\n  \
        annals query --range today                   what happened today\n\n\
        Exit codes: 0 done, 1 it did not work, 2 the data is damaged or was altered.\n\
        Every command explains itself: annals help <command>."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Serve(crate::serve::Arguments),
    Demo(crate::demo::Arguments),
    Append(crate::append::Arguments),
    Query(Box<crate::query::Arguments>),
    Tail(crate::tail::Arguments),
    Fsck(crate::fsck::Arguments),
    Reindex(crate::reindex::Arguments),
    Admin(crate::admin::Arguments),
    Health(crate::health::Arguments),
    Bench(crate::bench::Arguments),
    Completions(crate::manual::CompletionsArguments),
    Man(crate::manual::ManArguments),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }
}
