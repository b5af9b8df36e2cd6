//! A bounded cache in two generations: what was not asked for during a whole generation goes.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Values by key, within a bound on their weight.
#[derive(Debug)]
pub(crate) struct Cache<K, V> {
    /// The weight at which a generation ends: half of the whole.
    generation_weight: usize,
    generations: Mutex<Generations<K, V>>,
}

#[derive(Debug)]
struct Generations<K, V> {
    young: HashMap<K, (V, usize)>,
    young_weight: usize,
    old: HashMap<K, (V, usize)>,
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    /// A cache of values that weigh at most `weight` together.
    pub(crate) fn new(weight: usize) -> Self {
        Self {
            generation_weight: weight / 2,
            generations: Mutex::new(Generations {
                young: HashMap::new(),
                young_weight: 0,
                old: HashMap::new(),
            }),
        }
    }

    /// The value of a key; when it is not there `make` makes it, with its weight, without holding the cache.
    pub(crate) fn get_or_make<E>(
        &self,
        key: K,
        make: impl FnOnce() -> Result<(V, usize), E>,
    ) -> Result<V, E> {
        if let Some(value) = self.find(&key) {
            return Ok(value);
        }
        let (value, weight) = make()?;
        self.insert(key, value.clone(), weight);
        Ok(value)
    }

    fn find(&self, key: &K) -> Option<V> {
        let mut generations = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((value, _)) = generations.young.get(key) {
            return Some(value.clone());
        }
        let (key, (value, weight)) = generations.old.remove_entry(key)?;
        generations.put(key, value.clone(), weight, self.generation_weight);
        Some(value)
    }

    fn insert(&self, key: K, value: V, weight: usize) {
        // One that fills a generation alone would only push out everything else.
        if weight <= self.generation_weight {
            let mut generations = self
                .generations
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            generations.put(key, value, weight, self.generation_weight);
        }
    }
}

impl<K: Eq + Hash, V> Generations<K, V> {
    fn put(&mut self, key: K, value: V, weight: usize, generation_weight: usize) {
        if self.young_weight + weight > generation_weight {
            self.old = std::mem::take(&mut self.young);
            self.young_weight = 0;
        }
        if self.young.insert(key, (value, weight)).is_none() {
            self.young_weight += weight;
        }
    }
}
