"""Drives the Bybit side of the embedded exchange with the ccxt library, as a user's own program
would.

Usage: python ccxt_bybit.py '<the JSON line that `holdfast sim` prints when it is ready>'
Exits 0 when everything a bot needs works; prints each step.
"""

import json
import sys
import urllib.request

import ccxt

SYMBOL = "BTC/USDT:USDT"


def connect(ready):
    bybit = ready["bybit"]
    exchange = ccxt.bybit(
        {
            "apiKey": bybit["api_key"],
            "secret": bybit["api_secret"],
            "enableRateLimit": False,
            "options": {
                "defaultType": "swap",
                "defaultSubType": "linear",
                "fetchCurrencies": False,
                "fetchMarkets": {"types": ["linear"]},
                "loadAllOptions": False,
            },
        }
    )
    exchange.has["fetchCurrencies"] = False
    for name in list(exchange.urls["api"]):
        exchange.urls["api"][name] = bybit["rest"]
    return exchange


def control(ready, *verbs):
    for verb in verbs:
        body = json.dumps({"venue": "bybit", **verb}).encode()
        urllib.request.urlopen(ready["control"] + "/control", data=body).read()


def step(name, value=None):
    print("ok", name, "" if value is None else value)


def expect(condition, sentence):
    if not condition:
        raise SystemExit("FAILED: " + sentence)


def look(exchange):
    markets = exchange.load_markets()
    expect(markets[SYMBOL]["precision"]["price"] == 0.1, "the tick is read")
    ids = {market["id"]: market for market in markets.values()}
    for name in ("1000PEPEUSDT", "SHIB1000USDT", "币安人生USDT", "BTCPERP", "BTC-26MAR27"):
        expect(name in ids, name + " is listed")
    expect(ids["BTCPERP"]["settle"] == "USDC", "BTCPERP settles in USDC")
    expect(ids["BTCUSDT-26MAR27"]["future"], "the dated one is a future")
    step("load_markets", len(markets))
    step("fetch_time", exchange.fetch_time())
    ticker = exchange.fetch_ticker(SYMBOL)
    expect(ticker["last"] == 90000, "the ticker has the last price")
    expect(len(exchange.fetch_tickers()) >= 10, "all tickers come at once")
    expect(exchange.fetch_funding_rate(SYMBOL)["fundingRate"] == 0.0001, "the funding rate is read")
    step("fetch_ticker", ticker["last"])


def trade(exchange):
    balance = exchange.fetch_balance()
    expect(balance["USDT"]["total"] == 100000, "the account starts with 100,000 USDT")
    expect(balance["USDC"]["total"] == 25000, "and with 25,000 USDC")
    expect(exchange.fetch_positions() == [], "nothing is open")
    exchange.set_leverage(5, SYMBOL)
    exchange.create_order(SYMBOL, "market", "buy", 0.01, params={"clientOrderId": "ccxt-buy"})
    position = exchange.fetch_positions([SYMBOL])[0]
    expect((position["side"], position["contracts"]) == ("long", 0.01), "a long of 0.01")
    expect(position["entryPrice"] == 90000.1, "at the ask")
    expect(position["leverage"] == 5, "with the leverage that was set")
    trades = exchange.fetch_my_trades(SYMBOL)
    expect((trades[0]["price"], trades[0]["amount"]) == (90000.1, 0.01), "the fill is listed")
    expect(abs(trades[0]["fee"]["cost"] - 0.49500055) < 1e-9, "with its fee")
    step("market buy and fill", trades[0]["id"])


def protect(exchange):
    guard = {"stopLossPrice": 85000, "reduceOnly": True}
    stop = exchange.create_order(SYMBOL, "market", "sell", 0.01, None, guard)
    found = exchange.fetch_open_orders(SYMBOL, params={"trigger": True})
    expect([order["id"] for order in found] == [stop["id"]], "the stop is listed among the triggers")
    expect(found[0]["triggerPrice"] == 85000 and found[0]["reduceOnly"], "as it was placed")
    exchange.cancel_order(stop["id"], SYMBOL, {"trigger": True})
    expect(exchange.fetch_open_orders(SYMBOL, params={"trigger": True}) == [], "it is cancelled")
    exchange.private_post_v5_position_trading_stop(
        {"category": "linear", "symbol": "BTCUSDT", "positionIdx": 0, "tpslMode": "Full",
         "stopLoss": "84000", "slTriggerBy": "MarkPrice"}
    )
    position = exchange.fetch_position(SYMBOL)
    expect(position["stopLossPrice"] == 84000, "the position shows its stop")
    step("protection", position["stopLossPrice"])


def rest(exchange):
    order = exchange.create_order(SYMBOL, "limit", "buy", 0.02, 88000, {"clientOrderId": "ccxt-limit"})
    opened = exchange.fetch_open_orders(SYMBOL)
    expect([one["id"] for one in opened if one["type"] == "limit"] == [order["id"]], "it rests")
    exchange.edit_order(order["id"], SYMBOL, "limit", "buy", 0.03, 87000)
    edited = exchange.fetch_open_order(order["id"], SYMBOL)
    expect((edited["price"], edited["amount"]) == (87000, 0.03), "it is edited in place")
    exchange.cancel_order(order["id"], SYMBOL)
    gone = exchange.fetch_canceled_orders(SYMBOL)
    expect(order["id"] in [one["id"] for one in gone], "it is cancelled")
    step("limit order", order["id"])


def leave(exchange):
    exchange.create_order(SYMBOL, "market", "sell", 0.01, None, {"reduceOnly": True})
    expect(exchange.fetch_positions() == [], "nothing is open again")
    expect(exchange.fetch_open_orders(SYMBOL, params={"trigger": True}) == [], "the stop went with it")
    closed = exchange.fetch_positions_history([SYMBOL])
    expect(closed[0]["contracts"] == 0.01 or closed[0]["info"]["closedSize"] == "0.01", "its profit is listed")
    try:
        exchange.create_order(SYMBOL, "market", "sell", 0.01, None, {"reduceOnly": True})
        raise SystemExit("FAILED: a close of nothing was accepted")
    except ccxt.ExchangeError as error:
        expect("110017" in str(error), "a close of nothing is 110017: " + str(error))
    step("closed", closed[0]["info"]["closedPnl"])


def guarded(exchange):
    guard = {"stopLoss": {"triggerPrice": 86000, "triggerBy": "MarkPrice"}, "clientOrderId": "ccxt-guarded"}
    entry = exchange.create_order(SYMBOL, "market", "buy", 0.02, None, guard)
    position = exchange.fetch_position(SYMBOL)
    expect((position["contracts"], position["stopLossPrice"]) == (0.02, 86000), "its stop came with the entry")
    stops = exchange.fetch_open_orders(SYMBOL, params={"trigger": True})
    expect([stop["triggerPrice"] for stop in stops] == [86000], "and is listed once")
    try:
        exchange.create_order(SYMBOL, "market", "buy", 80)
        raise SystemExit("FAILED: an entry without margin was accepted")
    except ccxt.InsufficientFunds:
        pass
    exchange.create_order(SYMBOL, "market", "sell", 0.02, None, {"reduceOnly": True})
    expect(exchange.fetch_open_orders(SYMBOL, params={"trigger": True}) == [], "it left with the position")
    step("an entry with its stop", entry["id"])


def hedge(exchange):
    exchange.set_position_mode(True, "ETH/USDT:USDT")
    exchange.create_order("ETH/USDT:USDT", "market", "buy", 0.1, None, {"positionIdx": 1})
    exchange.create_order("ETH/USDT:USDT", "market", "sell", 0.2, None, {"positionIdx": 2})
    rows = exchange.fetch_positions(["ETH/USDT:USDT"])
    sides = {row["side"]: row["contracts"] for row in rows}
    expect(sides == {"long": 0.1, "short": 0.2}, "both legs are held: " + str(sides))
    exchange.create_order("BTC/USDC:USDC", "market", "buy", 0.01)
    usdc = exchange.fetch_positions(params={"settleCoin": "USDC"})
    expect([row["symbol"] for row in usdc] == ["BTC/USDC:USDC"], "the USDC position is found")
    step("hedge mode and USDC", sides)


def main():
    ready = json.loads(sys.argv[1])
    control(ready, {"do": "reset"}, {"do": "freeze"}, {"do": "set_limits", "counted": False}, {"do": "set_price", "symbol": "BTCUSDT", "price": 90000})
    exchange = connect(ready)
    for part in (look, trade, protect, rest, leave, guarded, hedge):
        part(exchange)
    print("all ok")


if __name__ == "__main__":
    main()
