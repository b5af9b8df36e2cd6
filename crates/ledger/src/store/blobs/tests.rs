//! Tests of blobs on the local disk.
