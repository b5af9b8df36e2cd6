use std::convert::Infallible;

use super::*;

fn get(cache: &Cache<u32, u32>, key: u32, weight: usize, made: &mut Vec<u32>) -> u32 {
    let value = cache.get_or_make(key, || {
        made.push(key);
        Ok::<_, Infallible>((key * 10, weight))
    });
    value.unwrap()
}

#[test]
fn values_are_made_once_while_they_fit() {
    let (cache, mut made) = (Cache::new(100), Vec::new());
    for key in [1, 2, 3, 1, 2, 3] {
        assert_eq!(get(&cache, key, 10, &mut made), key * 10);
    }
    assert_eq!(made, [1, 2, 3]);
}

#[test]
fn the_weight_is_bounded_and_what_is_asked_for_stays() {
    let (cache, mut made) = (Cache::new(100), Vec::new());
    for key in 0..1_000 {
        get(&cache, key, 10, &mut made);
        assert_eq!(get(&cache, 0, 10, &mut made), 0);
        let generations = cache.generations.lock().unwrap();
        let weight = |values: &HashMap<u32, (u32, usize)>| -> usize {
            values.values().map(|(_, weight)| weight).sum()
        };
        assert!(weight(&generations.young) + weight(&generations.old) <= 100);
    }
    assert_eq!(made.iter().filter(|key| **key == 0).count(), 1);
}

#[test]
fn a_value_larger_than_a_generation_is_not_kept() {
    let (cache, mut made) = (Cache::new(100), Vec::new());
    get(&cache, 1, 10, &mut made);
    get(&cache, 2, 51, &mut made);
    get(&cache, 2, 51, &mut made);
    get(&cache, 1, 10, &mut made);
    assert_eq!(made, [1, 2, 2]);
}

#[test]
fn a_failure_is_not_kept() {
    let cache: Cache<u32, u32> = Cache::new(100);
    assert_eq!(cache.get_or_make(1, || Err("no")), Err("no"));
    assert_eq!(cache.get_or_make(1, || Ok::<_, &str>((7, 1))), Ok(7));
}
