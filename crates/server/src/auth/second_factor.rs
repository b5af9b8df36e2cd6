//! Codes of second factors: the six digits of an app, and recovery codes for when the app is lost.

use sha2::{Digest, Sha256};

use super::{TotpSecret, gate::plain, readable};
use crate::{
    app::App,
    control::{ControlError, SealError, Used},
    http::Problem,
    randomness::Randomness,
};
use api::ErrorCode;

/// The purpose for which secrets of apps are sealed.
pub(crate) const SEALED_AS: &str = "second factor";

/// 80 random bits as four groups of four characters, each to be used once. Never shown by `Debug`.
#[derive(Clone)]
pub(crate) struct RecoveryCode(String);

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(***)")
    }
}

impl RecoveryCode {
    pub(crate) fn mint(randomness: &dyn Randomness) -> Self {
        Self(readable(randomness))
    }

    /// What the database keeps: a plain hash, because 80 random bits cannot be guessed.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(plain(&self.0)).into()
    }

    /// The code itself, to be shown once.
    pub(crate) fn reveal(self) -> String {
        self.0
    }
}

/// Uses up a code of a person whose second factor is on; `None` when it is wrong or was used before.
pub(super) async fn use_code(app: &App, person: &str, code: &str) -> Result<Option<Used>, Problem> {
    let factors = &app.control.second_factors;
    let code = plain(code);
    if !is_of_app(&code) {
        let hash = RecoveryCode(code).hash();
        let used = factors.use_recovery_code(person, &hash).await?;
        return Ok(used.then_some(Used::RecoveryCode));
    }
    let Some(stored) = factors.stored(person).await? else {
        return Ok(None);
    };
    let secret = opened(app, person, &stored.secret)?;
    let Some(step) = secret.step_of(&code, app.clock.now_ms()) else {
        return Ok(None);
    };
    let used = factors.use_step(person, step).await?;
    Ok(used.then_some(Used::Totp))
}

/// The step of a code of a second factor that is not on yet; `None` when it is wrong.
pub(super) async fn first_step(
    app: &App,
    person: &str,
    code: &str,
) -> Result<Option<u64>, Problem> {
    let stored = app.control.second_factors.stored(person).await?;
    let stored = stored.ok_or(ControlError::NoSecondFactor)?;
    if stored.is_on {
        return Err(ControlError::SecondFactorOn.into());
    }
    let secret = opened(app, person, &stored.secret)?;
    Ok(secret.step_of(&plain(code), app.clock.now_ms()))
}

fn opened(app: &App, person: &str, sealed: &[u8]) -> Result<TotpSecret, Problem> {
    let sealer = app.sealer(SEALED_AS);
    let broken = |error: SealError| Problem::caused_by(ErrorCode::Internal, &error);
    let secret = sealer.map_err(broken)?.open(sealed, person);
    let secret = secret.and_then(|bytes| TotpSecret::of_bytes(&bytes));
    // The key is another one than that under which it was sealed: recovery codes still work.
    secret.ok_or_else(|| broken(SealError))
}

/// Whether a code has the shape of those of an app.
fn is_of_app(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}
