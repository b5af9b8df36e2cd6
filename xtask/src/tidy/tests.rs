//! Each rule with a sample that passes and one that fails, then all rules over this repository.

use serde_json::json;

use super::files::SourceFile;
use super::{
    Violation, check, commands, dependencies, floors, leftovers, lengths, links, markdown, names,
};
use crate::workspace::Workspace;

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn shown(violations: &[Violation]) -> Vec<String> {
    violations.iter().map(ToString::to_string).collect()
}

fn package(name: &str, import: &str, kind: Option<&str>, ours: bool) -> serde_json::Value {
    let path = ours.then(|| format!("crates/{import}"));
    let dependency = json!({"name": import, "kind": kind, "path": path});
    json!({"packages": [{"name": name, "dependencies": [dependency]}]})
}

#[test]
fn floors_are_the_lines_of_the_picture() {
    let cases = [
        ("ledger", "tlog", None, true, true),
        ("ledger", "event", None, true, false),
        ("tlog", "event", None, true, false),
        ("sdk", "server", None, true, false),
        ("server", "sdk", None, true, false),
        ("server", "index", Some("build"), true, true),
        ("server", "testkit", Some("dev"), true, true),
        ("server", "testkit", None, true, false),
        ("ledger", "event", Some("dev"), true, false),
        ("cli", "ledger", None, true, false),
        ("shelf", "tlog", None, true, false),
        ("tlog", "tokio", None, false, false),
        ("tlog", "sha2", None, false, true),
        ("index", "tokio", Some("dev"), false, true),
    ];
    for (name, import, kind, ours, allowed) in cases {
        let found = floors::check(&package(name, import, kind, ours)).expect("metadata");
        assert_eq!(
            found.is_empty(),
            allowed,
            "{name} imports {import} ({kind:?})"
        );
    }
    assert!(floors::check(&json!({})).is_err());
}

#[test]
fn the_index_takes_only_positions_from_the_tree() {
    let check = |path, text| shown(&floors::check_imports(&file(path, text)));
    let fine = "use tlog::{LeafIndex, TreeSize};\nfn at() -> tlog::LeafIndex {}\n";
    assert!(check("crates/index/src/row.rs", fine).is_empty());
    let wrong = "use tlog::{Frontier, LeafIndex};\nfn root() -> tlog::Hash {}\n";
    assert_eq!(
        check("crates/index/src/row.rs", wrong),
        [
            "crates/index/src/row.rs:1: `index` knows positions, not `tlog::Frontier`",
            "crates/index/src/row.rs:2: `index` knows positions, not `tlog::Hash`",
        ]
    );
    assert!(check("crates/ledger/src/row.rs", wrong).is_empty());
    let long = "use tlog::{\n    Frontier, LeafIndex,\n};\n";
    assert_eq!(
        check("crates/index/tests/it/main.rs", long),
        ["crates/index/tests/it/main.rs:1: `index` knows positions, not `tlog::{`"]
    );
}

#[test]
fn names_say_what_a_thing_is() {
    let check = |path, text| shown(&names::check(&file(path, text)));
    let fine =
        "pub(crate) struct Manage;\nmod corekey;\npub struct ServiceAccount;\n// struct FooImpl\n";
    assert!(check("crates/event/src/corekey.rs", fine).is_empty());
    let wrong = "mod helpers;\npub struct KeyManager<T>(T);\npub(in crate::a) enum EventHandler {}\ntrait Inner {}\n";
    assert_eq!(
        check("crates/event/src/utils/path.rs", wrong),
        [
            "crates/event/src/utils/path.rs: `utils` names no thing",
            "crates/event/src/utils/path.rs:1: `mod helpers` names no thing",
            "crates/event/src/utils/path.rs:2: `struct KeyManager` names no thing",
            "crates/event/src/utils/path.rs:3: `enum EventHandler` names no thing",
            "crates/event/src/utils/path.rs:4: `trait Inner` names no thing",
        ]
    );
}

#[test]
fn files_have_an_end() {
    let check = |path, lines| shown(&lengths::check(&file(path, &"//\n".repeat(lines))));
    assert!(check("crates/event/src/long.rs", 400).is_empty());
    assert_eq!(
        check("crates/event/src/long.rs", 401),
        ["crates/event/src/long.rs: 401 lines are more than 400"]
    );
    assert!(check("crates/event/src/long/tests.rs", 600).is_empty());
    assert_eq!(
        check("crates/event/tests/it/long.rs", 601),
        ["crates/event/tests/it/long.rs: 601 lines are more than 600"]
    );
}

#[test]
fn functions_have_an_end() {
    let function = |statements: usize| {
        let body = "        step();\n".repeat(statements);
        format!(
            "impl One {{\n    pub(crate) async fn one<T>(\n        of: T,\n    ) -> T {{\n{body}    }}\n}}\n"
        )
    };
    let check = |path, text: &str| shown(&lengths::check(&file(path, text)));
    assert!(check("src/one.rs", &function(66)).is_empty());
    assert_eq!(
        check("src/one.rs", &function(67)),
        ["src/one.rs:2: `fn one` has 71 lines, more than 70"]
    );
    assert!(check("tests/one.rs", &function(67)).is_empty());
    let in_tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", function(67));
    assert!(check("src/one.rs", &in_tests).is_empty());
    let declared = format!(
        "trait One {{\n    fn one(&self);\n}}\nfn two() {{}}\n{}",
        "//\n".repeat(90)
    );
    assert!(check("src/one.rs", &declared).is_empty());
}

#[test]
fn nothing_is_left_over() {
    let check = |path, text: &str| shown(&leftovers::check(&file(path, text)));
    let stub = concat!("fn later() {\n    todo", "!()\n}\n");
    assert_eq!(
        check("src/one.rs", stub),
        [concat!("src/one.rs:2: `todo", "!(` is left over")]
    );
    assert!(check("README.md", stub).is_empty());
    assert_eq!(check("README.md", concat!("FIX", "ME\n")).len(), 1);
    assert_eq!(check("src/one.rs", concat!("#[", "ignore]\n")).len(), 1);
    assert_eq!(check("src/one.rs", concat!("dbg", "!(one);\n")).len(), 1);
    assert_eq!(check("ci.yml", concat!("cd /work/", "main\n")).len(), 1);
    assert_eq!(
        check("web/one.ts", concat!("// TO", "DO: later\n")).len(),
        1
    );
    assert!(check("src/one.rs", concat!("// MASTO", "DON\nfn now() {}\n")).is_empty());
}

#[test]
fn every_dependency_has_its_reason() {
    let root = "[workspace.dependencies]\ntlog = { path = \"crates/tlog\" }\n\n# Hashes.\nsha2 = \"0.11\"\nhmac = \"0.13\"\n\n[profile.dev]\ndebug = 1\n";
    assert_eq!(
        shown(&dependencies::check_root(&file("Cargo.toml", root))),
        ["Cargo.toml:6: `hmac` has no comment above that says why it is here"]
    );
    let member = "[dependencies]\nsha2.workspace = true\n";
    let files = [
        file("Cargo.toml", root),
        file("crates/a/Cargo.toml", member),
    ];
    assert_eq!(
        shown(&dependencies::unused(&files)),
        [
            "Cargo.toml:2: no crate refers to `tlog`",
            "Cargo.toml:6: no crate refers to `hmac`",
        ]
    );
}

#[test]
fn members_refer_to_the_root() {
    let check = |text| {
        shown(&dependencies::check_member(&file(
            "crates/a/Cargo.toml",
            text,
        )))
    };
    let fine = "[lints]\nworkspace = true\n\n[dependencies]\nsha2.workspace = true\ntokio = { workspace = true, features = [\n  \"rt\",\n] }\n";
    assert!(check(fine).is_empty());
    let wrong = "[dependencies]\nsha2 = \"0.11\"\n\n[dev-dependencies.hmac]\nworkspace = true\n";
    assert_eq!(
        check(wrong),
        [
            "crates/a/Cargo.toml:2: `sha2` is decided here and not in the root (`.workspace = true`)",
            "crates/a/Cargo.toml:4: a dependency is one line, `name.workspace = true`",
            "crates/a/Cargo.toml: the lints of the workspace do not apply (`[lints] workspace = true`)",
        ]
    );
}

#[test]
fn a_document_has_one_title() {
    let check = |text| shown(&markdown::check(&file("README.md", text)));
    assert!(check("# One\n\n## Part\n\n```sh\n# a comment\n```\n").is_empty());
    assert_eq!(check("## Part\n"), ["README.md: the document has no title"]);
    assert_eq!(
        check("# One\n~~~\n```\n~~~\n# Two\n"),
        ["README.md:5: the document has another title"]
    );
}

#[test]
fn links_lead_somewhere() {
    let exists = |path: &str| ["README.md", "docs/api.md"].contains(&path);
    let check = |path, text| shown(&links::check(&[file(path, text)], exists));
    let fine = "[a](api.md), [b](../README.md#one) [c](https://example.com/x) [d](#here) `[a-z]([0-9])`\n```\n[e](gone.md)\n```\n";
    assert!(check("docs/page.md", fine).is_empty());
    assert_eq!(
        check(
            "docs/page.md",
            "one\n[a](api.md) [b](gone.md) [c](../../out.md)\n"
        ),
        [
            "docs/page.md:2: the link leads to nothing: `gone.md`",
            "docs/page.md:2: the link leads to nothing: `../../out.md`",
        ]
    );
    assert!(check("docs/page.rs", "[b](gone.md)").is_empty());
}

#[test]
fn documents_name_commands_that_exist() {
    let args =
        "pub(crate) enum Command {\n    Serve(crate::serve::Arguments),\n    Query(Box<One>),\n}\n";
    let check = |text| {
        let files = [
            file("crates/cli/src/args.rs", args),
            file("docs/page.md", text),
        ];
        shown(&commands::check(&files))
    };
    let fine = "Run `annals serve` or `annals help`; the annals wrote `annals` down.\n```sh\ncat /a/annals one | annals query --all\nannals --help\n```\n";
    assert!(check(fine).is_empty());
    assert_eq!(
        check("Run `annals verify x`.\n\n```sh\none | annals export\n```\n"),
        [
            "docs/page.md:1: there is no `annals verify`",
            "docs/page.md:4: there is no `annals export`",
        ]
    );
    assert_eq!(commands::check(&[file("docs/page.md", "")]).len(), 1);
}

#[test]
fn this_repository_is_tidy() {
    let workspace = Workspace::find().expect("cargo metadata");
    let violations = check(&workspace).expect("the files of the repository are readable");
    assert!(violations.is_empty(), "\n{}", shown(&violations).join("\n"));
}
