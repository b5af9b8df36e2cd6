//! Actions that no catalogue declares: some with labels of the producer, some without.

use super::super::spec::Before::{Edited, OtherName};
use super::super::spec::Cast::{Engineer, Support, Themselves};
use super::super::spec::Fill::{Id, Name, Whole, Word};
use super::super::spec::Kind::{Agent, Customer};
use super::super::spec::Often::{Everyday, Renames};
use super::super::spec::{Fields, Spec, failure, spec};

const AGENT: Fields = &[("agent_id", Id(Agent)), ("agent_name", Name(Agent))];

pub(super) const SPECS: &[Spec] = &[
    spec("agent.update", Everyday(26), Engineer)
        .on(Agent)
        .with(&[AGENT])
        .labelled("Agent updated", "Agents")
        .says("Changed the configuration of {target}")
        .before(Edited),
    spec("agent.rename", Renames, Engineer)
        .on(Agent)
        .with(&[AGENT])
        .labelled("Agent renamed", "Agents")
        .says("Gave the agent the name {target}")
        .before(OtherName),
    spec("agent.tool_call", Everyday(40), Themselves)
        .on(Agent)
        .also(&[Customer])
        .with(&[
            AGENT,
            &[
                ("tool", Word(&["search", "tickets", "refunds"])),
                ("tokens", Whole(120, 9_000)),
            ],
        ])
        .labelled("Tool called", "Agents")
        .says("{target} called the tool {tool}")
        .fails(
            30,
            &[failure(
                "denied",
                "guardrail",
                "the guardrail Personal data filter stopped the call",
            )],
        ),
    spec("conversation.escalate", Everyday(18), Support)
        .on(Customer)
        .with(&[&[("waited_minutes", Whole(3, 240))]])
        .says("Passed the conversation with {target} on to a person"),
    spec("order.refund.approve", Everyday(8), Support)
        .on(Customer)
        .with(&[&[
            ("amount_cents", Whole(900, 180_000)),
            ("currency", Word(&["EUR"])),
        ]])
        .says("Approved a refund for {target}"),
];
