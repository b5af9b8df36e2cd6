//! `annals admin member reset`, `sessions-end` and `second-factor-remove`: letting a person in again.

use anyhow::Result;
use clap::Args;
use serde_json::json;
use server::config::PublicUrl;

use super::Place;
use super::way::Way;
use crate::output::{self, Output, printable};

/// Who gets a link to a new password.
#[derive(Debug, Args)]
pub(super) struct Reset {
    /// The address with which the person signs in
    email: String,
    /// The URL at which the person reaches the server; that of its configuration when absent
    #[arg(long, value_name = "URL", value_parser = PublicUrl::parse)]
    public_url: Option<PublicUrl>,
    #[command(flatten)]
    pub(super) place: Place,
}

/// Whose access is meant.
#[derive(Debug, Args)]
pub(super) struct Person {
    /// The address with which the person signs in
    email: String,
    #[command(flatten)]
    pub(super) place: Place,
}

impl Reset {
    pub(super) async fn run(&self, way: &Way, output: &mut Output) -> Result<()> {
        let made = way
            .reset_link(&self.email, self.public_url.as_ref())
            .await?;
        if self.place.json {
            return Ok(output.json(&made)?);
        }
        // The link alone on standard output, so that it can be piped to where it is sent from.
        output::note(&format!(
            "whoever has this link sets a new password for {}; it works once, until {}:",
            printable(&self.email),
            made.expires_at
        ));
        Ok(output.line(&made.link)?)
    }
}

impl Person {
    pub(super) async fn end_sessions(&self, way: &Way, output: &mut Output) -> Result<()> {
        way.end_sessions(&self.email).await?;
        self.done("sessions_ended", "is signed in nowhere any more", output)
    }

    pub(super) async fn remove_second_factor(&self, way: &Way, output: &mut Output) -> Result<()> {
        way.remove_second_factor(&self.email).await?;
        self.done(
            "second_factor_removed",
            "signs in without a second factor",
            output,
        )
    }

    fn done(&self, member: &str, sentence: &str, output: &mut Output) -> Result<()> {
        if self.place.json {
            return Ok(output.json(&json!({ "email": self.email, member: true }))?);
        }
        Ok(output.line(format_args!("{} {sentence}", printable(&self.email)))?)
    }
}
