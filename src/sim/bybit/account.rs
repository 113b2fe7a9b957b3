//! What the account and the key are: modes, balances, permissions, settings.
//!
//! Source: bybit 3.4, 3.5, 3.8.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::sim::binance::auth::Proof;
use crate::sim::bybit::call::Call;
use crate::sim::bybit::errors::Failure;
use crate::sim::bybit::purse;
use crate::sim::bybit::world::{BybitWorld, USER_ID};
use crate::sim::json::{Json, list, object};
use crate::sim::numbers::{Ms, trim};

type Answer = Result<Json, Failure>;

/// `GET /v5/account/info`
pub fn info(world: &mut BybitWorld, _: &Call, _: Ms) -> Answer {
    Ok(object! {
        "marginMode": "REGULAR_MARGIN",
        "updatedTime": world.exchange.account.updated.to_string(),
        "unifiedMarginStatus": 5,
        "dcpStatus": "OFF",
        "timeWindow": 10,
        "smpGroup": 0,
        "isMasterTrader": false,
        "spotHedgingStatus": "OFF",
    })
}

/// `GET /v5/account/wallet-balance`
pub fn wallet(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    if call.need("accountType")? != "UNIFIED" {
        return Err(Failure::params("accountType only support UNIFIED."));
    }
    let named: Option<Vec<&str>> = call.get("coin").map(|coins| coins.split(',').collect());
    let shown = world.shown(now);
    Ok(object! { "list": list([purse::wallet(&shown, named.as_deref())]) })
}

/// `GET /v5/account/fee-rate`
pub fn fee_rate(world: &mut BybitWorld, call: &Call, _: Ms) -> Answer {
    call.linear()?;
    let (taker, maker) = world.exchange.account.fees;
    let all = world.exchange.market.all().map(|contract| contract.spec.symbol.clone());
    let wanted = all.filter(|name| call.get("symbol").is_none_or(|only| only == name));
    let rows = wanted.map(|name| {
        object! {
            "symbol": name,
            "takerFeeRate": trim(taker),
            "makerFeeRate": trim(maker),
        }
    });
    Ok(object! { "list": list(rows) })
}

/// `GET /v5/account/user-setting-config`
pub fn settings(world: &mut BybitWorld, _: &Call, _: Ms) -> Answer {
    Ok(object! { "lpaSpot": false, "lpaPerp": !world.ways.moves_prices })
}

/// `POST /v5/account/set-limit-px-action`
pub fn set_limit_action(world: &mut BybitWorld, call: &Call, _: Ms) -> Answer {
    call.linear()?;
    world.ways.moves_prices = call.flag("modifyEnable");
    Ok(object! {})
}

/// `GET /v5/user/query-api`: the key that asks.
pub fn query_api(world: &mut BybitWorld, call: &Call, _: Ms) -> Answer {
    let name = call.claim.api_key.clone().unwrap_or_default();
    let key = world.keys.iter().find(|key| key.api_key == name);
    let key = key.ok_or_else(|| Failure::of(10003))?;
    let bound = !key.ips.is_empty();
    let ips = if bound { key.ips.clone() } else { vec!["*".to_owned()] };
    let trades: &[&str] = if key.may_trade { &["Order", "Position"] } else { &[] };
    let derivatives: &[&str] = if key.may_trade { &["DerivativesTrade"] } else { &[] };
    let words = |words: &[&str]| list(words.iter().copied());
    let public = match &key.proof {
        Proof::Rsa(public) => STANDARD.encode(public),
        Proof::Hmac(_) | Proof::Ed25519(_) => String::new(),
    };
    Ok(object! {
        "id": "2208369",
        "note": "holdfast sim",
        "apiKey": key.api_key,
        "readOnly": i32::from(!key.may_trade),
        "secret": "",
        "permissions": object! {
            "ContractTrade": words(trades),
            "Spot": words(&[]),
            "Wallet": words(&[]),
            "Options": words(&[]),
            "Derivatives": words(derivatives),
            "CopyTrading": words(&[]),
            "BlockTrade": words(&[]),
            "Exchange": words(&[]),
            "NFT": words(&[]),
            "Affiliate": words(&[]),
            "Earn": words(&[]),
            "FiatP2P": words(&[]),
            "FiatConvertBroker": words(&[]),
            "FiatGlobalPay": words(&[]),
            "FiatBitPay": words(&[]),
            "BitCard": words(&[]),
            "ByXPost": words(&[]),
        },
        "ips": ips,
        "type": 1,
        // A key bound to addresses does not expire. Source: bybit 3.5.
        "deadlineDay": if bound { -2 } else { 89 },
        "expiredAt": if bound { "1970-01-01T00:00:00Z" } else { "2027-02-18T03:20:45Z" },
        "createdAt": "2026-11-20T03:20:45Z",
        "unified": 0,
        "uta": 1,
        "userID": USER_ID,
        "inviterID": 0,
        "vipLevel": "No VIP",
        "mktMakerLevel": "0",
        "affiliateID": 0,
        "rsaPublicKey": public,
        "isMaster": true,
        "parentUid": "0",
        "kycLevel": "LEVEL_1",
        "kycRegion": "",
        "userIDInt64": USER_ID.to_string(),
        "inviterIDInt64": "0",
        "affiliateIDInt64": "0",
    })
}
