//! What the secrets firewall costs one event, beside the whole of accepting it.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use event::{
    Acceptance, Catalogue, ClientAddress, Event, EventId, Firewall, Limits, NewEvent, Timestamp,
};
use serde_json::{Value, json};

/// Events as products send them: short ones, one with a long text, one with nested data.
fn sent() -> Vec<Value> {
    let actor =
        json!({"type": "user", "id": "usr_1", "name": "Lily Ari", "email": "lily@example.com"});
    let context = json!({
        "ip": "203.0.113.7", "session_id": "ses_01J9ZC3K2V", "request_id": "req-7f3a9c2e",
        "user_agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0 Safari/537.36",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "source": "ui",
    });
    vec![
        json!({
            "action": "role.create", "actor": actor, "context": context,
            "targets": [{"type": "role", "id": "role_7", "name": "Auditor (EU)"}],
            "metadata": {"role_id": "role_7", "role_name": "Auditor (EU)"},
        }),
        json!({
            "action": "document.update", "actor": actor, "context": context,
            "description": "Changed the retention of the invoices of 2026 from seven to ten years, as the auditors asked for in their letter.",
            "targets": [{"type": "document", "id": "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21", "name": "Invoices 2026.pdf"}],
            "changes": [
                {"path": "/retention/years", "old": 7, "new": 10},
                {"path": "/owner", "old": "finance-team", "new": "legal-and-compliance-team"},
                {"path": "/checksum", "old": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 "new": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"},
            ],
            "metadata": {"size_bytes": 182_733, "mime_type": "application/pdf", "folder": "/finance/2026/invoices"},
        }),
        json!({
            "action": "deployment.start", "actor": {"type": "service", "id": "ci"}, "context": context,
            "targets": [{"type": "environment", "id": "env_42", "name": "Production"}],
            "metadata": {
                "commit": "60303ae22b998861bce3b28f33eec1be758a213c", "branch": "release/2026-11",
                "services": [{"name": "api", "replicas": 3, "image": "registry.example.com/api:4.2.0"},
                             {"name": "worker", "replicas": 8, "image": "registry.example.com/worker:4.2.0"}],
                "url": "https://ci.example.com/builds/48812?tab=logs#step-4",
            },
        }),
    ]
}

fn accepting(c: &mut Criterion) {
    let (catalogue, client, limits) = (
        Catalogue::all(),
        ClientAddress::default(),
        Limits::default(),
    );
    let firewall = Firewall::new([7; 32], "audit.example/a/acme");
    let acceptance = Acceptance {
        catalogue: &catalogue,
        strict: false,
        firewall: &firewall,
        client: &client,
        now: Timestamp::from_ms(1_790_000_000_000),
        new_id: EventId::v7(1_790_000_000_000, [1; 10]),
        limits: &limits,
    };
    let new: Vec<NewEvent> = sent()
        .into_iter()
        .map(|value| NewEvent::from_value(value, &limits).expect("a valid event"))
        .collect();
    let mut events: Vec<Event> = new
        .iter()
        .map(|event| Event::accept(event.clone(), &acceptance).expect("a valid event"))
        .collect();
    c.bench_function("firewall/clean three events", |b| {
        b.iter(|| {
            for event in &mut events {
                black_box(firewall.clean(event));
            }
        });
    });
    c.bench_function("firewall/accept three events", |b| {
        b.iter_batched(
            || new.clone(),
            |new| {
                for event in new {
                    let _ = black_box(Event::accept(event, &acceptance));
                }
            },
            BatchSize::SmallInput,
        );
    });
}

criterion_group!(benches, accepting);
criterion_main!(benches);
