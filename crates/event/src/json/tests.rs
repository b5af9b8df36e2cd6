use super::*;

#[test]
fn values_are_read() {
    let value = parse(br#" {"a":[1,-2,0.5,true,null,"x\u00e9\ud83d\ude00\n"],"b":{}} "#).unwrap();
    assert_eq!(
        value,
        serde_json::json!({"a": [1, -2, 0.5, true, null, "x\u{e9}\u{1f600}\n"], "b": {}})
    );
}
