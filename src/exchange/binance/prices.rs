//! The mark-price stream: every price, every second.
//!
//! For: passing frames on as fast as they come and dropping a stream that says nothing.
//! Not for: keeping prices.
//! Door: [`run`].

use std::sync::Arc;

use tokio::time::Instant;

use crate::exchange::back_off::BackOff;
use crate::exchange::binance::link::Shared;
use crate::exchange::network::Incoming;

/// The route matters: on another one the same subscription is accepted and stays silent
/// (binance-usdm 1).
const PATH: &str = "/market/ws/!markPrice@arr@1s";

/// Keeps the stream until nobody listens.
pub async fn run(shared: Arc<Shared>) {
    let url = format!("{}{PATH}", shared.endpoints.ws_public.trim_end_matches('/'));
    let mut back_off = BackOff::new(shared.pace());
    while !shared.reporter.is_over() {
        let began = Instant::now();
        let why = listen(&shared, &url).await;
        tracing::warn!(account = %shared.name, why, "mark prices stopped");
        back_off.lived(began.elapsed());
        tokio::time::sleep(back_off.wait(shared.network.random())).await;
    }
}

/// Reads until the stream ends or says nothing for too long; gives the reason.
async fn listen(shared: &Shared, url: &str) -> String {
    let mut frames = match shared.network.open(url, shared.pace().answer).await {
        Ok(frames) => frames,
        Err(why) => return why,
    };
    let patience = shared.pace().marks_silence.duration();
    let mut deadline = Instant::now() + patience;
    loop {
        let frame = match tokio::time::timeout_at(deadline, frames.next()).await {
            Err(_) => return format!("no price for {}", shared.pace().marks_silence),
            Ok(Err(why)) => return why,
            Ok(Ok(Incoming::Pulse)) => continue,
            Ok(Ok(Incoming::Text(frame))) => frame,
        };
        match shared.tell_marks(&frame) {
            Ok(0) => {}
            Ok(_) => deadline = Instant::now() + patience,
            Err(why) => tracing::warn!(account = %shared.name, why, "a price frame was skipped"),
        }
        if shared.reporter.is_over() {
            return "nobody listens".to_owned();
        }
    }
}
