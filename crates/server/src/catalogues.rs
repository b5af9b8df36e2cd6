//! The catalogues that are in force: one for each set of packs, and one for each account that decided something itself.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use event::{Catalogue, PackId};

use crate::control::{Account, AccountId, Control};

/// All catalogues of an instance; each is made once and shared until it is replaced.
#[derive(Default)]
pub(crate) struct Catalogues {
    /// Those of packs alone, by the set of packs that are off.
    of_packs: [OnceLock<Arc<Catalogue>>; 1 << PackId::SWITCHABLE.len()],
    of_accounts: RwLock<HashMap<AccountId, Arc<Catalogue>>>,
}

impl Catalogues {
    /// The catalogue of an account: the packs that are on, and what the account has decided.
    pub(crate) fn of(&self, account: &Account) -> Arc<Catalogue> {
        let own = {
            let of_accounts = self
                .of_accounts
                .read()
                .unwrap_or_else(PoisonError::into_inner);
            of_accounts.get(&account.id).cloned()
        };
        own.unwrap_or_else(|| self.of_packs(&account.settings.packs_off))
    }

    /// The catalogue without some packs, as accounts have it that decided nothing.
    pub(crate) fn of_packs(&self, packs_off: &[PackId]) -> Arc<Catalogue> {
        let switches = PackId::SWITCHABLE.into_iter().rev();
        let set = switches.fold(0, |set, pack| {
            set << 1 | usize::from(packs_off.contains(&pack))
        });
        let make = || Arc::new(Catalogue::with_packs(&packs_on(packs_off)));
        match self.of_packs.get(set) {
            Some(slot) => Arc::clone(slot.get_or_init(make)),
            None => make(),
        }
    }

    /// Makes the catalogue of an account anew, after its decisions or its packs have changed in memory.
    ///
    /// Both are read under the lock of the catalogues, so the last of two changes at once sees what both left.
    pub(crate) fn renew(&self, control: &Control, id: &AccountId) {
        let mut of_accounts = self
            .of_accounts
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let own = control.decisions.of(id);
        if own.is_empty() {
            of_accounts.remove(id);
            return;
        }
        let account = control.accounts.get(id);
        let packs_off = account.map_or_else(Vec::new, |account| account.settings.packs_off.clone());
        let catalogue = Catalogue::of_account(&packs_on(&packs_off), &own);
        of_accounts.insert(id.clone(), Arc::new(catalogue));
    }
}

fn packs_on(packs_off: &[PackId]) -> Vec<PackId> {
    let is_on = |pack: &PackId| !packs_off.contains(pack);
    PackId::ALL.into_iter().filter(is_on).collect()
}
