//! The event floor from outside: published vectors, properties, and what is refused.

mod acceptance;
mod arbitrary;
mod canonical;
mod facets;
mod firewall;
mod fold;
mod json;
mod problems;
mod support;
mod time;
mod vectors;
