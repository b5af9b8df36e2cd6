//! A second factor is turned on, asked for, never accepted twice, and taken away.

use axum::http::Method;
use ring::hmac;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, PASSWORD},
    harness::{Answer, Tested},
};

const FACTOR: &str = "/v1/session/second_factor";
const EMAIL: &str = "lily@example.com";

async fn with_lily() -> (Tested, Browser) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.person(EMAIL, &["acme"]).await;
    // In the middle of a step, so that the steps around it are as far as they can be.
    tested
        .clock
        .set_ms(1_790_000_010_000 / 30_000 * 30_000 + 15_000);
    let lily = Browser::of(&tested, EMAIL).await;
    (tested, lily)
}

/// The code that an app shows `steps` steps from now: RFC 6238, written down a second time.
pub(crate) fn code(secret: &str, tested: &Tested, steps: i64) -> String {
    let bytes = data_encoding::BASE32_NOPAD
        .decode(secret.as_bytes())
        .unwrap();
    let now = i64::try_from(server::Clock::now_ms(&*tested.clock) / 30_000).unwrap();
    let step = u64::try_from(now + steps).unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let from = usize::from(tag[19] & 15);
    let four: [u8; 4] = tag[from..from + 4].try_into().unwrap();
    format!(
        "{:06}",
        (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
    )
}

async fn turned_on(tested: &Tested, lily: &Browser) -> (String, Vec<String>) {
    let offer = lily
        .post(tested, FACTOR, json!({"password": PASSWORD}))
        .await;
    assert_eq!(offer.status, 200, "{offer:?}");
    let secret = offer.json()["secret"].as_str().unwrap().to_owned();
    assert!(offer.json()["uri"].as_str().unwrap().contains(&secret));
    let path = format!("{FACTOR}/confirm");
    let sent = json!({"code": code(&secret, tested, 0)});
    let confirmed = lily.post(tested, &path, sent).await;
    assert_eq!(confirmed.status, 200, "{confirmed:?}");
    let codes = confirmed.json()["recovery_codes"].clone();
    (secret, serde_json::from_value(codes).unwrap())
}

async fn sign_in(tested: &Tested, code: Option<&str>) -> Answer {
    let mut body = json!({"email": EMAIL, "password": PASSWORD});
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    Browser::new().post(tested, "/v1/session", body).await
}

#[tokio::test]
async fn a_code_is_needed_once_the_factor_is_on_and_works_once() {
    let (tested, lily) = with_lily().await;
    assert_eq!(
        lily.get(&tested, FACTOR).await.json(),
        json!({"enabled": false, "recovery_codes_left": 0})
    );
    lily.post(&tested, FACTOR, json!({"password": "wrong wrong wrong"}))
        .await
        .assert_problem(403, "password_wrong");
    lily.post(
        &tested,
        &format!("{FACTOR}/confirm"),
        json!({"code": "000000"}),
    )
    .await
    .assert_problem(409, "second_factor_off");
    let elsewhere = Browser::of(&tested, EMAIL).await;
    let (secret, codes) = turned_on(&tested, &lily).await;
    assert_eq!(codes.len(), 10);
    let ended = elsewhere.get(&tested, "/v1/session").await.json();
    assert_eq!(ended["signed_in"], false, "it began without the factor");
    assert_eq!(lily.get(&tested, FACTOR).await.json()["enabled"], true);
    let session = lily.get(&tested, "/v1/session").await.json();
    assert_eq!(session["person"]["second_factor"], true);
    lily.post(&tested, FACTOR, json!({"password": PASSWORD}))
        .await
        .assert_problem(409, "second_factor_on");

    let asked = sign_in(&tested, None).await;
    asked.assert_problem(401, "second_factor_needed");
    assert_eq!(asked.header("set-cookie"), "");
    let used = code(&secret, &tested, 0);
    sign_in(&tested, Some(&used))
        .await
        .assert_problem(403, "code_wrong");
    let before = code(&secret, &tested, -1);
    sign_in(&tested, Some(&before))
        .await
        .assert_problem(403, "code_wrong");
    let next = code(&secret, &tested, 1);
    let spaced = format!(" {} {}", &next[..3], &next[3..]);
    assert_eq!(sign_in(&tested, Some(&spaced)).await.status, 200);
    tested.clock.advance_ms(30_000);
    sign_in(&tested, Some(&next))
        .await
        .assert_problem(403, "code_wrong");
    tested.clock.advance_ms(60_000);
    let late = code(&secret, &tested, -1);
    assert_eq!(
        sign_in(&tested, Some(&late)).await.status,
        200,
        "a clock may be a step behind"
    );
}

#[tokio::test]
async fn a_step_stays_used_over_a_restart_and_nothing_is_kept_in_clear() {
    let (tested, lily) = with_lily().await;
    let (secret, codes) = turned_on(&tested, &lily).await;
    let used = code(&secret, &tested, 0);
    let now_ms = server::Clock::now_ms(&*tested.clock);
    let dir = tested.close().await;
    let raw = data_encoding::BASE32_NOPAD
        .decode(secret.as_bytes())
        .unwrap();
    let hidden: Vec<Vec<u8>> = codes
        .iter()
        .flat_map(|code| {
            [
                code.clone().into_bytes(),
                code.replace('-', "").into_bytes(),
            ]
        })
        .chain([raw, secret.clone().into_bytes()])
        .collect();
    let mut folders = vec![dir.path().join("data")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap_or_default();
            for secret in &hidden {
                let found = bytes.windows(secret.len()).any(|part| part == secret);
                assert!(!found, "{}", path.display());
            }
        }
    }
    let again = Tested::on(dir, 2).await;
    again.clock.set_ms(now_ms);
    sign_in(&again, Some(&used))
        .await
        .assert_problem(403, "code_wrong");
    let next = code(&secret, &again, 1);
    assert_eq!(sign_in(&again, Some(&next)).await.status, 200);
}

#[tokio::test]
async fn two_who_use_a_code_at_once_are_one_too_many() {
    let (tested, lily) = with_lily().await;
    let (secret, codes) = turned_on(&tested, &lily).await;
    for code in [code(&secret, &tested, 1), codes[0].clone()] {
        let both = tokio::join!(sign_in(&tested, Some(&code)), sign_in(&tested, Some(&code)));
        let mut statuses = [both.0.status, both.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 403]);
    }
}

#[tokio::test]
async fn recovery_codes_work_once_and_are_renewed() {
    let (tested, lily) = with_lily().await;
    let (secret, codes) = turned_on(&tested, &lily).await;
    assert_eq!(sign_in(&tested, Some(&codes[3])).await.status, 200);
    sign_in(&tested, Some(&codes[3]))
        .await
        .assert_problem(403, "code_wrong");
    let left = lily.get(&tested, FACTOR).await.json();
    assert_eq!(left["recovery_codes_left"], 9);
    let path = format!("{FACTOR}/recovery_codes");
    let sent = json!({"code": code(&secret, &tested, 1)});
    let renewed = lily.post(&tested, &path, sent).await;
    assert_eq!(renewed.status, 200, "{renewed:?}");
    sign_in(&tested, Some(&codes[4]))
        .await
        .assert_problem(403, "code_wrong");
    let fresh = renewed.json()["recovery_codes"][9]
        .as_str()
        .unwrap()
        .to_uppercase();
    assert_eq!(sign_in(&tested, Some(&fresh)).await.status, 200);
}

#[tokio::test]
async fn wrong_codes_have_to_wait_wherever_they_come_from() {
    let (tested, lily) = with_lily().await;
    let (secret, _) = turned_on(&tested, &lily).await;
    let from = async |network: u8, code: &str| {
        let mut browser = Browser::new();
        browser.peer = format!("127.0.{network}.1:1");
        let body = json!({"email": EMAIL, "password": PASSWORD, "code": code});
        browser.post(&tested, "/v1/session", body).await
    };
    for n in 0..5 {
        from(n, "aaaa").await.assert_problem(403, "code_wrong");
    }
    let right = code(&secret, &tested, 1);
    from(9, &right).await.assert_problem(429, "rate_limited");
    tested.clock.advance_ms(5_000);
    assert_eq!(from(9, &right).await.status, 200);
}

#[tokio::test]
async fn it_is_taken_away_with_password_and_code_or_by_the_operator() {
    let (tested, lily) = with_lily().await;
    let (secret, codes) = turned_on(&tested, &lily).await;
    let end = async |password: &str, code: &str| {
        let body = json!({"password": password, "code": code});
        lily.ask(&tested, Method::DELETE, FACTOR, Some(body)).await
    };
    end("wrong wrong wrong", &code(&secret, &tested, 1))
        .await
        .assert_problem(403, "password_wrong");
    end(PASSWORD, "123").await.assert_problem(403, "code_wrong");
    assert_eq!(end(PASSWORD, &codes[0]).await.status, 204);
    assert_eq!(sign_in(&tested, None).await.status, 200);
    end(PASSWORD, &codes[1])
        .await
        .assert_problem(409, "second_factor_off");

    tested.clock.advance_ms(60_000);
    turned_on(&tested, &lily).await;
    let path = format!("/admin/people/{EMAIL}/second_factor");
    let removed = tested.administer(Method::DELETE, &path, None).await;
    assert_eq!(removed.status, 204, "{removed:?}");
    assert_eq!(sign_in(&tested, None).await.status, 200);
    let events = crate::recorded::recorded(
        &tested,
        "acme",
        &[
            "audit_log.second_factor_on",
            "audit_log.second_factor_off",
            "audit_log.recovery_code_use",
        ],
        5,
    )
    .await;
    let told = Value::Array(events).to_string();
    assert!(!told.contains(&secret) && !codes.iter().any(|code| told.contains(code)));
    assert!(told.contains("\"codes_left\":9"), "{told}");
}
