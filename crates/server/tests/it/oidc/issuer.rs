//! An OpenID provider of one page that says whatever a test wants, right or wrong.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};
use testkit::issuer_key::IssuerKey;

pub(crate) const CLIENT: &str = "annals";

/// The provider; it ends with the test.
pub(crate) struct HandMade {
    pub(crate) issuer: String,
    pub(crate) said: Arc<Said>,
}

/// What the provider answers, and what it was asked.
pub(crate) struct Said {
    pub(crate) key: IssuerKey,
    /// What the token endpoint answers.
    pub(crate) tokens: Mutex<Value>,
    /// What else its keys are.
    pub(crate) keys: Mutex<Vec<Value>>,
    /// What it tells about a person.
    pub(crate) userinfo: Mutex<Value>,
    /// Changes of its document.
    pub(crate) document: Mutex<Value>,
    /// Whether it is out of order.
    pub(crate) is_broken: Mutex<bool>,
    /// Who holds it keeps keys and tokens from being answered.
    pub(crate) held: tokio::sync::Mutex<()>,
    /// One permit for each request that has come as far as that.
    pub(crate) reached: tokio::sync::Semaphore,
    /// How often its keys were asked for.
    pub(crate) asked: AtomicU32,
    /// The last form that was sent to the token endpoint, with its `Authorization`.
    pub(crate) form: Mutex<HashMap<String, String>>,
}

impl HandMade {
    pub(crate) async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let key = IssuerKey::new("k1");
        let said = Arc::new(Said {
            keys: Mutex::new(vec![key.jwk()]),
            key,
            tokens: Mutex::new(json!({})),
            userinfo: Mutex::new(json!({"sub": "subject-1"})),
            document: Mutex::new(json!({})),
            is_broken: Mutex::new(false),
            held: tokio::sync::Mutex::default(),
            reached: tokio::sync::Semaphore::new(0),
            asked: AtomicU32::new(0),
            form: Mutex::default(),
        });
        let document = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "userinfo_endpoint": format!("{issuer}/me"),
            "jwks_uri": format!("{issuer}/keys"),
        });
        let router = Router::new()
            .route(
                "/.well-known/openid-configuration",
                get(async move |State(said): State<Arc<Said>>| {
                    let mut document = document.clone();
                    for (name, value) in said.document.lock().unwrap().as_object().unwrap() {
                        document[name] = value.clone();
                    }
                    said.answer(document)
                }),
            )
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(Arc::clone(&said));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { issuer, said }
    }

    /// The claims of an ID token for `nonce` as they should be at `now_s`, with some of them changed.
    pub(crate) fn claims(&self, nonce: &str, now_s: u64, change: &Value) -> Value {
        let mut claims = json!({
            "iss": self.issuer, "aud": CLIENT, "sub": "subject-1", "nonce": nonce,
            "iat": now_s, "exp": now_s + 300,
            "email": "lily@corp.example", "email_verified": true, "name": "Lily Ari",
            "groups": ["auditors"],
        });
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
        claims
    }

    /// From now on a code is exchanged for this token.
    pub(crate) fn will_answer(&self, id_token: String) {
        *self.said.tokens.lock().unwrap() =
            json!({"id_token": id_token, "access_token": "access", "token_type": "Bearer"});
    }

    pub(crate) fn asked(&self) -> u32 {
        self.said.asked.load(Ordering::SeqCst)
    }
}

impl Said {
    async fn wait(&self) {
        self.reached.add_permits(1);
        drop(self.held.lock().await);
    }

    fn answer(&self, value: Value) -> Result<Json<Value>, StatusCode> {
        if *self.is_broken.lock().unwrap() {
            return Err(StatusCode::INTERNAL_SERVER_ERROR);
        }
        Ok(Json(value))
    }
}

async fn keys(State(said): State<Arc<Said>>) -> Result<Json<Value>, StatusCode> {
    said.asked.fetch_add(1, Ordering::SeqCst);
    said.wait().await;
    let keys = said.keys.lock().unwrap().clone();
    said.answer(json!({"keys": keys}))
}

async fn token(
    State(said): State<Arc<Said>>,
    headers: HeaderMap,
    form: String,
) -> Result<Json<Value>, StatusCode> {
    let mut form: HashMap<String, String> = serde_urlencoded::from_str(&form).unwrap();
    if let Some(header) = headers.get("authorization") {
        form.insert(
            "authorization".to_owned(),
            header.to_str().unwrap().to_owned(),
        );
    }
    *said.form.lock().unwrap() = form;
    said.wait().await;
    let tokens = said.tokens.lock().unwrap().clone();
    said.answer(tokens)
}

async fn me(State(said): State<Arc<Said>>, headers: HeaderMap) -> Result<Json<Value>, StatusCode> {
    if headers
        .get("authorization")
        .is_none_or(|header| header != "Bearer access")
    {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let userinfo = said.userinfo.lock().unwrap().clone();
    said.answer(userinfo)
}
