//! Long random lives: many clients, restarts, kills, faults of the disk and a clock that jumps.
//!
//! One seed is one sequence of everything that clients, clock and operator do. After every restart, and now and then
//! between, the whole ledger is compared with the model.

use std::sync::Arc;

use ledger::{AppendError, Batch, BatchMode, CreateLogError, Ledger, LogNumber, Receipt, Refused};
use testkit::check::check_against;
use testkit::faulty::{Fault, FaultyDisk, Plan};
use testkit::model::{Expected, Model};
use testkit::record;
use testkit::seed::Seed;

use crate::attempt::{Attempt, adopt};
use crate::home::{Home, wait, wait_for_all};

/// Ids that producers choose from: few, so that they meet.
const IDS: usize = 400;

struct World {
    seed: Seed,
    home: Home,
    plan: Arc<Plan>,
    /// `None` only while no process runs.
    ledger: Option<Ledger>,
    model: Model,
    /// Attempts without an answer since the last start, in their order.
    unknown: Vec<(Attempt, u64)>,
}

type Answer = Result<Vec<Result<Receipt, Refused>>, AppendError>;

impl World {
    fn new(seed: u64) -> Self {
        let home = Home::new();
        let plan = Arc::new(Plan::new());
        let ledger = home.open_on(&FaultyDisk::disk(Arc::clone(&plan))).unwrap();
        let mut world = Self {
            seed: Seed::new(seed),
            home,
            plan,
            ledger: Some(ledger),
            model: Model::new(),
            unknown: Vec::new(),
        };
        world.create_log();
        world
    }

    fn step(&mut self) {
        match self.seed.below(100) {
            0..60 => self.append(),
            60..66 => self.create_log(),
            66..74 => self.arm_a_fault(),
            74..82 => self.move_the_clock(),
            82..88 => self.restart(),
            88..94 => self.kill(),
            _ => self.check(),
        }
    }

    fn ledger(&self) -> &Ledger {
        self.ledger.as_ref().expect("a process runs")
    }

    fn now_ms(&self) -> u64 {
        ledger::Clock::now_ms(&*self.home.clock)
    }

    /// Several clients append at once.
    fn append(&mut self) {
        let clients = 1 + self.seed.below(6);
        let batches: Vec<Batch> = (0..clients).map(|_| self.batch()).collect();
        let ledger = self.ledger();
        let answers = wait_for_all(
            batches
                .iter()
                .cloned()
                .map(|batch| ledger.append(batch))
                .collect(),
        );
        for (batch, answer) in batches.into_iter().zip(answers) {
            self.note(batch, answer);
        }
    }

    fn batch(&mut self) -> Batch {
        let log = *self.seed.pick(&self.model.numbers());
        let records =
            (0..*self.seed.pick(&[1, 1, 1, 3, 20, 60])).map(|_| match self.seed.below(10) {
                0..6 => record::with_id(self.seed.number(), 0),
                6..8 => record::with_id(
                    self.seed.below(IDS) as u64,
                    u64::from(self.seed.percent(10)),
                ),
                8 => record::with_own_id(&mut self.seed),
                _ => record::any_record(&mut self.seed),
            });
        let mut batch = record::batch(log, records.collect());
        if self.seed.percent(50) {
            batch.mode = BatchMode::Each;
        }
        batch
    }

    /// Compares an answer with that of the model.
    fn note(&mut self, batch: Batch, answer: Answer) {
        let now_ms = self.now_ms();
        match answer {
            Ok(receipts) => {
                assert!(
                    self.unknown.is_empty(),
                    "after an unknown outcome nothing is acknowledged"
                );
                let expected = self
                    .model
                    .append(&batch, now_ms)
                    .expect("the model refuses what was acknowledged");
                self.check_receipts(batch.log, &receipts, &expected);
            }
            Err(AppendError::Refused { position, refused }) => {
                let expected = self
                    .model
                    .append(&batch, now_ms)
                    .expect_err("the model acknowledges what was refused");
                assert_eq!((position, refused), expected);
            }
            Err(AppendError::Full | AppendError::Overloaded { .. }) => {}
            Err(AppendError::Poisoned) => self.unknown.push((Attempt::Append(batch), now_ms)),
            Err(other) => panic!("{other}"),
        }
    }

    fn check_receipts(
        &self,
        log: LogNumber,
        receipts: &[Result<Receipt, Refused>],
        expected: &[Expected],
    ) {
        assert_eq!(receipts.len(), expected.len());
        for (receipt, expected) in receipts.iter().zip(expected) {
            match (receipt, expected) {
                (Ok(receipt), Ok(place)) => {
                    let at = usize::try_from(place.index.get()).unwrap();
                    let (entry, _) = &self.model.log(log).entries[at];
                    let expected = Receipt {
                        index: place.index,
                        leaf_hash: entry.leaf_hash(),
                        received_ms: entry.received_ms,
                        duplicate: place.duplicate,
                    };
                    assert_eq!(*receipt, expected);
                }
                (Err(refused), Err(expected)) => assert_eq!(refused, expected),
                (receipt, expected) => panic!("{receipt:?} instead of {expected:?}"),
            }
        }
    }

    fn create_log(&mut self) {
        let origin = format!("audit.example.com/a/{}", self.seed.number());
        let genesis = record::genesis(&mut self.seed);
        let attempt = Attempt::Create {
            origin: origin.clone(),
            genesis: genesis.clone(),
        };
        let now_ms = self.now_ms();
        match wait(self.ledger().create_log(origin, genesis)) {
            Ok(number) => {
                attempt.commit(&mut self.model, now_ms);
                assert_eq!(Some(&number), self.model.numbers().last());
            }
            Err(CreateLogError::Append(AppendError::Full | AppendError::Overloaded { .. })) => {}
            Err(CreateLogError::Append(AppendError::Poisoned)) => {
                self.unknown.push((attempt, now_ms));
            }
            Err(other) => panic!("{other}"),
        }
    }

    fn arm_a_fault(&mut self) {
        let fault = *self.seed.pick(&Fault::ALL);
        let skip = self.seed.below(60) as u64;
        self.plan.fail_after(skip, fault);
    }

    /// Forward mostly, sometimes an hour back.
    fn move_the_clock(&mut self) {
        let by_ms = self.seed.below(5000) as u64;
        if self.seed.percent(20) {
            self.home.clock.set_ms(self.now_ms() - 3_600_000);
        } else {
            self.home.clock.advance_ms(by_ms);
        }
    }

    fn restart(&mut self) {
        wait(self.ledger().close());
        self.kill();
    }

    fn kill(&mut self) {
        self.ledger = None;
        let disk = FaultyDisk::disk(Arc::clone(&self.plan));
        let ledger = self.home.open_on(&disk).or_else(|_| {
            // The fault met the start; the operator sees to the disk and starts again.
            self.plan.heal();
            self.home.open_on(&disk)
        });
        let ledger = ledger.unwrap_or_else(|error| panic!("a healthy disk opens: {error:?}"));
        adopt(&ledger, &mut self.model, &self.unknown);
        self.unknown.clear();
        check_against(&ledger, &self.model);
        self.ledger = Some(ledger);
    }

    fn check(&self) {
        check_against(self.ledger(), &self.model);
    }
}

fn live(seed: u64, steps: usize) {
    let mut world = World::new(seed);
    for _ in 0..steps {
        world.step();
    }
    world.plan.heal();
    world.restart();
    let entries: usize = world
        .model
        .numbers()
        .iter()
        .map(|number| world.model.log(*number).entries.len())
        .sum();
    assert!(
        entries > steps,
        "{entries} entries are a life worth checking"
    );
}

#[test]
fn a_life_without_faults_is_that_of_the_model() {
    let mut world = World::new(100);
    for _ in 0..60 {
        world.append();
        world.move_the_clock();
    }
    world.restart();
    assert_eq!(world.plan.happened(), 0);
}

#[test]
fn random_lives_lose_nothing() {
    for seed in 0..4 {
        live(seed, 120);
    }
}
