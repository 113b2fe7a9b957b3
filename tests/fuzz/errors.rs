//! Answers that are no success, of both venues, with any status.

use holdfast::domain::outcome::RefusalKind;
use holdfast::exchange::binance::errors as binance;
use holdfast::exchange::bybit::errors as bybit;
use holdfast::exchange::failure::{Failure, Verdict};

use super::bybit::echo_is_kept;
use super::promise::sentence;

const STATUSES: [u16; 12] = [200, 201, 302, 400, 401, 403, 404, 408, 418, 429, 500, 503];

/// One body behind every status. What is no success is never passed over, and a failure of the
/// server is no refusal unless the venue says so by a code of its own.
pub fn answer(bytes: &[u8]) {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    for status in STATUSES {
        let of_binance = binance::error_in(status, body);
        if let Some(failure) = &of_binance {
            judged(status, failure);
            binance::banned_until(&failure.text);
            binance::is_unknown_path(failure);
        }
        let of_bybit = bybit::error_in(status, body);
        if let Some(failure) = &of_bybit {
            judged(status, failure);
            bybit::knows_no_such_symbol(failure);
            echo_is_kept(body, &failure.to_string());
        }
        let success = (200..300).contains(&status);
        assert!(success || of_binance.is_some() && of_bybit.is_some(), "{status} is a success");
    }
}

fn judged(status: u16, failure: &Failure) {
    sentence(&failure.to_string());
    let unavailable = Verdict::Refused(RefusalKind::Busy);
    let unsure = failure.verdict == Verdict::Unsure;
    let said = failure.code.is_some() || failure.verdict == unavailable;
    assert!(status < 500 || unsure || said, "{status} taken for a refusal: {failure:?}");
}
