//! The second factor of a person: offered, turned on, renewed and taken away.

use std::sync::Arc;

use api::sign_in::{RecoveryCodes, SecondFactor, SecondFactorOffer};
use event::Timestamp;

use super::{AdminError, Told, to_the_end};
use crate::{
    auth::{RecoveryCode, Requester, SEALED_AS, TotpSecret},
    control::{ControlError, Person, Session},
    instance::Instance,
    limits::RECOVERY_CODES,
};

impl Instance {
    /// Whether a person has a second factor, and how many recovery codes are left.
    pub(crate) async fn second_factor(&self, person: &str) -> Result<SecondFactor, AdminError> {
        let factors = &self.control.second_factors;
        let since = factors.since_ms(person);
        let left = factors.recovery_codes_left(person).await;
        Ok(SecondFactor {
            enabled: since.is_some(),
            since: since.map(|ms| Timestamp::from_ms(ms).to_string()),
            recovery_codes_left: left.map_err(AdminError::Control)?,
        })
    }

    /// Makes a secret that is not on until the person has shown a code; an earlier one that was not confirmed ends.
    pub(crate) async fn offer_second_factor(
        &self,
        person: &Person,
    ) -> Result<SecondFactorOffer, AdminError> {
        let secret = TotpSecret::mint(self.randomness.as_ref());
        let sealed = self
            .sealer(SEALED_AS)
            .and_then(|sealer| sealer.seal(secret.as_bytes(), &person.id, self.randomness.as_ref()))
            .map_err(AdminError::Seal)?;
        let offered = self.control.second_factors.offer(&person.id, &sealed).await;
        offered.map_err(AdminError::Control)?;
        Ok(SecondFactorOffer {
            secret: secret.reveal(),
            uri: secret.uri(&format!("Annals {}", self.name()), &person.email),
        })
    }

    /// Turns on the second factor of a person who has shown the code of `step`. The other sessions end.
    pub(crate) async fn turn_on_second_factor(
        self: &Arc<Self>,
        person: Arc<Person>,
        step: u64,
        kept: Arc<Session>,
        by: Requester,
    ) -> Result<RecoveryCodes, AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let (codes, hashes) = instance.new_recovery_codes();
            let (factors, now_ms) = (&instance.control.second_factors, instance.clock.now_ms());
            let done = factors.turn_on(&person.id, step, &hashes, now_ms).await;
            done.map_err(AdminError::Control)?;
            let told = Told::new("audit_log.second_factor_on", &person, &by);
            instance.tell(told).await;
            // They began without it.
            let sessions = &instance.control.sessions;
            let ended = sessions.end_others(&person.id, Some(&kept)).await;
            let ended = ended.map_err(AdminError::Control)?;
            if !ended.is_empty() {
                instance.sessions_ended(&person, ended.len(), &by).await;
            }
            Ok(codes)
        })
        .await
    }

    /// Replaces the recovery codes of a person: those of before no longer work.
    pub(crate) async fn renew_recovery_codes(
        self: &Arc<Self>,
        person: Arc<Person>,
        by: Requester,
    ) -> Result<RecoveryCodes, AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let factors = &instance.control.second_factors;
            if factors.since_ms(&person.id).is_none() {
                return Err(AdminError::Control(ControlError::NoSecondFactor));
            }
            let (codes, hashes) = instance.new_recovery_codes();
            let done = factors.replace_recovery_codes(&person.id, &hashes).await;
            done.map_err(AdminError::Control)?;
            let told = Told::new("audit_log.recovery_codes_renew", &person, &by);
            instance.tell(told).await;
            Ok(codes)
        })
        .await
    }

    /// Takes the second factor of a person away; [`ControlError::NoSecondFactor`] when there is none.
    pub async fn remove_second_factor(
        self: &Arc<Self>,
        person: Arc<Person>,
        by: impl Into<Requester>,
    ) -> Result<(), AdminError> {
        let (instance, by) = (Arc::clone(self), by.into());
        to_the_end(async move {
            let removed = instance.control.second_factors.remove(&person.id).await;
            if !removed.map_err(AdminError::Control)? {
                return Err(AdminError::Control(ControlError::NoSecondFactor));
            }
            let told = Told::new("audit_log.second_factor_off", &person, &by);
            instance.tell(told).await;
            Ok(())
        })
        .await
    }

    /// Tells that a recovery code was used, and how many are left.
    pub(crate) async fn recovery_code_used(&self, person: &Person, by: &Requester) {
        let left = self.control.second_factors.recovery_codes_left(&person.id);
        let mut told = Told::new("audit_log.recovery_code_use", person, by);
        // The event matters more than the number.
        if let Ok(left) = left.await {
            told = told.with("codes_left", left);
        }
        self.tell(told).await;
    }

    fn new_recovery_codes(&self) -> (RecoveryCodes, Vec<[u8; 32]>) {
        let mint = |_| RecoveryCode::mint(self.randomness.as_ref());
        let codes: Vec<RecoveryCode> = (0..RECOVERY_CODES).map(mint).collect();
        let hashes = codes.iter().map(RecoveryCode::hash).collect();
        let recovery_codes = codes.into_iter().map(RecoveryCode::reveal).collect();
        (RecoveryCodes { recovery_codes }, hashes)
    }
}
