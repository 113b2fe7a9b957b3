"""Drives the embedded exchange with the ccxt library, as a user's own program would.

Usage: python ccxt_binance.py '<the JSON line that `holdfast sim` prints when it is ready>'
Exits 0 when everything a bot needs works; prints each step.
"""

import json
import sys

import ccxt

SYMBOL = "BTC/USDT:USDT"


def connect(ready):
    binance = ready["binance"]
    exchange = ccxt.binanceusdm(
        {
            "apiKey": binance["api_key"],
            "secret": binance["api_secret"],
            "enableRateLimit": False,
        }
    )
    rest = binance["rest"]
    for name, value in list(exchange.urls["api"].items()):
        if not isinstance(value, str):
            continue
        for path in ("/fapi/v1", "/fapi/v2", "/fapi/v3", "/sapi/v1", "/sapi/v2", "/sapi/v3"):
            if value.endswith(path):
                exchange.urls["api"][name] = rest + path
    return exchange


def step(name, value=None):
    print("ok", name, "" if value is None else value)


def expect(condition, sentence):
    if not condition:
        raise SystemExit("FAILED: " + sentence)


def look(exchange):
    markets = exchange.load_markets()
    expect(SYMBOL in markets, SYMBOL + " is listed")
    expect(markets[SYMBOL]["precision"]["price"] == 0.1, "the tick is read")
    expect(any(m["id"] == "1000PEPEUSDT" for m in markets.values()), "1000PEPEUSDT is listed")
    expect(any(m["id"] == "币安人生USDT" for m in markets.values()), "the non-ASCII one is listed")
    expect(any(m["id"] == "BTCUSDT_270326" for m in markets.values()), "the dated one is listed")
    step("load_markets", len(markets))
    step("fetch_time", exchange.fetch_time())
    ticker = exchange.fetch_ticker(SYMBOL)
    expect(ticker["last"] > 0, "the ticker has a price")
    step("fetch_ticker", ticker["last"])
    step("fetch_order_book", exchange.fetch_order_book(SYMBOL, 5)["bids"][0])
    step("fetch_ohlcv", len(exchange.fetch_ohlcv(SYMBOL, "1m", limit=5)))
    step("fetch_mark_prices", len(exchange.fetch_mark_prices()))
    step("fetch_funding_rate", exchange.fetch_funding_rate(SYMBOL)["fundingRate"])
    return ticker["last"]


def trade(exchange, price):
    expect(exchange.fetch_balance()["USDT"]["total"] == 100000, "the account starts with 100,000")
    expect(exchange.fetch_positions() == [], "nothing is open")
    expect(exchange.set_leverage(10, SYMBOL)["leverage"] in (10, "10"), "leverage is set")
    bought = exchange.create_order(SYMBOL, "market", "buy", 0.01)
    step("market buy", bought["id"])
    position = exchange.fetch_positions([SYMBOL])[0]
    expect(position["side"] == "long" and position["contracts"] == 0.01, "a long of 0.01")
    step("fetch_positions", position["entryPrice"])
    expect(exchange.fetch_order(bought["id"], SYMBOL)["status"] == "closed", "the order is filled")
    resting = exchange.create_order(SYMBOL, "limit", "buy", 0.01, round(price * 0.9))
    opened = exchange.fetch_open_orders(SYMBOL)
    expect([o["id"] for o in opened] == [resting["id"]], "the limit order rests")
    exchange.cancel_order(resting["id"], SYMBOL)
    expect(exchange.fetch_open_orders(SYMBOL) == [], "the limit order is gone")
    step("limit order placed and cancelled")


def protect(exchange, price):
    params = {"stopLossPrice": round(price * 0.95, 1), "reduceOnly": True}
    stop = exchange.create_order(SYMBOL, "market", "sell", 0.01, None, params)
    step("stop through the algo endpoint", stop["id"])
    waiting = exchange.fetch_open_orders(SYMBOL, params={"trigger": True})
    expect([o["id"] for o in waiting] == [stop["id"]], "the stop waits")
    expect(waiting[0]["triggerPrice"] == params["stopLossPrice"], "with its trigger price")
    expect(exchange.fetch_open_orders(SYMBOL) == [], "and not among plain orders")
    exchange.cancel_order(stop["id"], SYMBOL, {"trigger": True})
    expect(exchange.fetch_open_orders(SYMBOL, params={"trigger": True}) == [], "cancelled")
    params = {"triggerPrice": round(price * 1.05, 1)}
    stop = exchange.create_order(SYMBOL, "market", "buy", 0.01, None, params)
    exchange.cancel_order(stop["id"], SYMBOL, {"trigger": True})
    step("stop cancelled")


def leave(exchange):
    exchange.create_order(SYMBOL, "market", "sell", 0.05, None, {"reduceOnly": True})
    expect(exchange.fetch_positions([SYMBOL]) == [], "reduce-only closed and did not flip")
    try:
        exchange.create_order(SYMBOL, "market", "sell", 0.05, None, {"reduceOnly": True})
        expect(False, "a second reduce-only close must be refused")
    except ccxt.ExchangeError as error:
        expect("-2022" in str(error), "with -2022")
    trades = exchange.fetch_my_trades(SYMBOL)
    expect([t["side"] for t in trades] == ["buy", "sell"], "two trades")
    expect(trades[1]["amount"] == 0.01, "the close was cut to the position")
    step("fetch_my_trades", len(trades))
    step("fetch_income", len(exchange.fapiPrivateGetIncome()))
    step("fetch_orders", len(exchange.fetch_orders(SYMBOL)))
    step("fetch_position_mode", exchange.fetch_position_mode(SYMBOL)["hedged"])
    step("fetch_leverages", len(exchange.fetch_leverages([SYMBOL])))
    exchange.set_margin_mode("isolated", SYMBOL)
    exchange.set_position_mode(True)
    expect(exchange.fetch_position_mode(SYMBOL)["hedged"], "hedge mode is on")
    exchange.create_order(SYMBOL, "market", "buy", 0.01, None, {"positionSide": "LONG"})
    position = exchange.fetch_positions([SYMBOL])[0]
    expect(position["hedged"] and position["marginMode"] == "isolated", "an isolated long leg")
    exchange.create_order(SYMBOL, "market", "sell", 0.01, None, {"positionSide": "LONG"})
    exchange.set_position_mode(False)
    exchange.set_margin_mode("cross", SYMBOL)
    step("hedge mode and isolated margin")


def main():
    exchange = connect(json.loads(sys.argv[1]))
    price = look(exchange)
    trade(exchange, price)
    protect(exchange, price)
    leave(exchange)
    print("all well with ccxt", ccxt.__version__)


if __name__ == "__main__":
    main()
