//! Tests of the journal files.
