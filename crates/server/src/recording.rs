//! From an event as sent to the record that the ledger keeps: the one way in, for products and for Annals itself.

use std::sync::Arc;

use event::{
    Acceptance, Catalogue, ClientAddress, Event, EventId, Firewall, Limits, NewEvent, Seed,
    Timestamp,
};
use ledger::{DedupKey, Record};
use tlog::EntryKind;

use crate::control::{Account, AccountId};
use crate::instance::Instance;
use crate::removed::Taken;

/// The retention class of every event until rules say otherwise (`standard`, committed by the genesis entry).
const STANDARD_CLASS: u8 = 1;

/// The producer of what Annals records about itself, by which it is told apart from what products send.
pub(crate) const OWN_PRODUCER: &str = "annals";

/// With what the actions begin that only Annals itself records.
const OWN_ACTIONS: &str = "audit_log.";

/// How much randomness one event takes: a seed and the random part of an id.
pub(crate) const RANDOMNESS_BYTES: usize = 26;

/// Everything that acceptance needs to know of one account.
pub(crate) struct Recording {
    origin: String,
    catalogue: Arc<Catalogue>,
    /// Whether products may send only what is declared.
    strict: bool,
    /// Whether products may send what only Annals records about itself.
    takes_reserved: bool,
    firewall: Firewall,
    dedup_secret: [u8; 32],
    /// The limits of events.
    pub(crate) limits: Limits,
}

/// An event that was accepted, ready for the ledger.
#[derive(Debug)]
pub(crate) struct Accepted {
    /// Its id, sent or made.
    pub(crate) id: EventId,
    /// What the ledger keeps.
    pub(crate) record: Record,
    /// By how many seconds it says to happen in the future, when that is flagged, and who says so.
    pub(crate) ahead: Option<Box<Ahead>>,
    /// What the firewall took out; `None` when nothing.
    pub(crate) taken: Option<Box<Taken>>,
}

/// An event that says it happens in the future.
#[derive(Debug)]
pub(crate) struct Ahead {
    /// By how many seconds.
    pub(crate) seconds: u64,
    /// The program that sent it.
    pub(crate) producer: Option<String>,
}

impl Recording {
    /// How events of the account `id` are recorded; it need not exist yet.
    pub(crate) fn of(instance: &Instance, id: &AccountId, account: Option<&Account>) -> Self {
        let origin = instance.origin(id);
        let secrets = instance.ledger.secrets();
        let firewall = Firewall::new(secrets.fingerprint, &origin);
        let catalogue = match account {
            Some(account) => instance.catalogue_of(account),
            None => instance.catalogues.of_packs(&[]),
        };
        Self {
            catalogue,
            strict: account.is_some_and(|account| account.settings.catalog_strict),
            takes_reserved: instance.takes_reserved_actions(),
            firewall: match account {
                Some(account) => firewall.with_rules(Arc::clone(&account.settings.firewall)),
                None => firewall,
            },
            dedup_secret: secrets.dedup,
            limits: instance.limits.clone(),
            origin,
        }
    }

    /// Accepts an event of a product, which may not say that Annals itself sent it, nor begin with `audit_log.`.
    ///
    /// Other actions that the audit log's own pack declares (`key.create`, `account.create`) are common words of
    /// products, too: they are recorded with their own labels, never as if the audit log spoke about itself.
    pub(crate) fn accept(
        &self,
        sent: NewEvent,
        client: &ClientAddress,
        now: Timestamp,
        random: [u8; RANDOMNESS_BYTES],
    ) -> Result<Accepted, Vec<event::Problem>> {
        if sent.producer_name() == Some(OWN_PRODUCER) {
            return Err(vec![event::Problem {
                pointer: "/producer/name".to_owned(),
                code: "reserved",
                message: format!("only the server itself records as `{OWN_PRODUCER}`"),
            }]);
        }
        let means_itself = self.catalogue.is_reserved(sent.action()) && !self.takes_reserved;
        let meant = self.catalogue.canonical(sent.action());
        if means_itself && meant.starts_with(OWN_ACTIONS) {
            return Err(vec![event::Problem {
                pointer: "/action".to_owned(),
                code: "reserved",
                message: "the audit log records this action about itself; choose another name"
                    .to_owned(),
            }]);
        }
        let none = Catalogue::default();
        let catalogue = if means_itself { &none } else { &self.catalogue };
        self.sealed(sent, client, now, random, (catalogue, self.strict))
    }

    /// Accepts what Annals records about itself.
    pub(crate) fn seal(
        &self,
        sent: NewEvent,
        client: &ClientAddress,
        now: Timestamp,
        random: [u8; RANDOMNESS_BYTES],
    ) -> Result<Accepted, Vec<event::Problem>> {
        self.sealed(sent, client, now, random, (&self.catalogue, false))
    }

    /// Accepts `sent` and seals it into facets and a commitment.
    ///
    /// The order is fixed by the format: the content tag is taken of the event as sent, then come labels, defaults and
    /// the firewall, then facets and commitment.
    fn sealed(
        &self,
        sent: NewEvent,
        client: &ClientAddress,
        now: Timestamp,
        random: [u8; RANDOMNESS_BYTES],
        (catalogue, strict): (&Catalogue, bool),
    ) -> Result<Accepted, Vec<event::Problem>> {
        let (seed, id_random) = split(random);
        let tag = sent.id().map(|_| {
            event::content_tag(&self.dedup_secret, &self.origin, sent.canonical_as_sent())
        });
        let (accepted, hits) = Event::accept_telling(
            sent,
            &Acceptance {
                catalogue,
                firewall: &self.firewall,
                client,
                now,
                new_id: EventId::v7(now.ms(), id_random),
                limits: &self.limits,
                strict,
            },
        )?;
        let facets = accepted.facets();
        let seed = Seed::from_bytes(seed);
        let record = Record {
            kind: EntryKind::Event,
            class: STANDARD_CLASS,
            commitment: *event::commit(&facets, &seed).as_bytes(),
            seed: *seed.as_bytes(),
            facets: facets.into_parts(),
            dedup: Some(DedupKey {
                key: event::dedup_key(&self.dedup_secret, &self.origin, &accepted.id),
                tag,
            }),
        };
        let ahead = accepted.is_ahead_of(now).then(|| {
            let ns = accepted.occurred_at.ns().abs_diff(now.ns());
            let producer = accepted.producer.as_ref();
            Box::new(Ahead {
                seconds: ns / 1_000_000_000,
                producer: producer.and_then(|producer| producer.name.clone()),
            })
        });
        let taken = (!hits.is_empty()).then(|| {
            Box::new(Taken {
                hits,
                action: accepted.action,
                producer: accepted.producer.and_then(|producer| producer.name),
            })
        });
        Ok(Accepted {
            id: accepted.id,
            record,
            ahead,
            taken,
        })
    }
}

fn split(random: [u8; RANDOMNESS_BYTES]) -> ([u8; 16], [u8; 10]) {
    let (mut seed, mut id) = ([0; 16], [0; 10]);
    for (to, from) in seed.iter_mut().chain(&mut id).zip(random) {
        *to = from;
    }
    (seed, id)
}
