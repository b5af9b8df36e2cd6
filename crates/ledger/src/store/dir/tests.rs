//! Tests of the data directory.
