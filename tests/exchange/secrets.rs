//! No secret in any log line, error or input, whatever goes wrong.

use std::io::Write;
use std::sync::{Arc, Mutex};

use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::{Act, ReduceOrder};
use holdfast::domain::input::StreamEvent;
use holdfast::domain::key::Leg;
use holdfast::domain::sweep::Scope;
use holdfast::domain::time::Span;

use crate::bybit_venue::{Answer as Reply, Bybit, denied, look};
use crate::values::{fixture, qty};
use crate::venue::{Answer, Push, Venue, error, ok};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_secret_leaves_by_logs_errors_or_inputs() {
    let lines = Lines::default();
    let sink = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || sink.clone())
        .finish();
    // For the whole test binary: what the other tests log at the same time is searched as well.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let venue = Venue::start().await;
    let mut account = venue.account();
    account.endpoints.pace.answer = Span(500);
    let mut link = venue.link_to(account).await.unwrap();
    let mut heard = Vec::new();
    let first = link.told().await;
    assert_eq!(first, StreamEvent::Up);
    for answer in [
        error(400, -1022, "Signature for this request is not valid."),
        Answer::Says(502, "<html>".to_owned()),
        Answer::Breaks("{".to_owned()),
        ok("{}"),
        Answer::Silence,
    ] {
        for line in ["POST /fapi/v1/order", "GET /fapi/v3/positionRisk"] {
            venue.on(line, answer.clone());
        }
        heard.push(format!(
            "{:?}",
            link.act(Act::Look { scope: Scope::Full, expect: Vec::new() }).await
        ));
        heard.push(format!("{:?}", link.act(close()).await));
    }
    for frame in ["{", &fixture("ws.user.listen_key_expired.json")] {
        venue.push("/private/ws", Push::Text((*frame).to_owned())).await;
    }
    venue.once("POST /fapi/v1/listenKey", Answer::Says(500, String::new()));
    heard.push(format!("{:?}", link.told().await));
    heard.push(format!("{:?}", link.told().await));
    heard.extend(bybit().await);
    let logged = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("user stream lost"), "the log was read");
    heard.push(logged);
    for text in heard {
        for secret in ["planted", "WsCMN0a4", "signature=", "listenKey="] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

/// What a Bybit account says when everything goes wrong.
async fn bybit() -> Vec<String> {
    let venue = Bybit::start().await;
    venue.says("auth", |request| {
        let echo = format!("Params Error {}", request["args"][2]);
        vec![denied(request, &echo)]
    });
    let mut account = venue.account();
    account.endpoints.pace.answer = Span(500);
    let mut link = venue.link_to(account).await.unwrap();
    let mut heard = vec![format!("{:?}", link.told().await)];
    let echo = "error sign! origin_string[1790000000000planted-bybit-key5000symbol=BTCUSDT]";
    for answer in [
        Reply::Refuses(10004, echo),
        Reply::Raw(401, echo.to_owned()),
        Reply::Raw(502, "<html>".to_owned()),
        Reply::Silence,
    ] {
        for line in ["POST /v5/order/create", "GET /v5/position/list"] {
            venue.on(line, answer.clone());
        }
        heard.push(format!("{:?}", look(&link, Scope::Full, &[]).await));
        heard.push(format!("{:?}", link.act(close()).await));
    }
    while let Ok(input) = link.inbox.try_recv() {
        heard.push(format!("{input:?}"));
    }
    heard
}

fn close() -> Act {
    Act::Reduce(ReduceOrder {
        client_id: "hfx-00000000000000bb".into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Sell,
        quantity: qty("1"),
    })
}
