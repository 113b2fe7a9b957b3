"""Listens to the embedded exchange's Bybit side with the official pybit client and with ccxt.pro.

Needs pybit and ccxt.
Usage: python bybit_streams.py '<the JSON line that `holdfast sim` prints when it is ready>'
Exits 0 when both understand every stream a bot needs; prints each step.
"""

import asyncio
import json
import sys
import threading
import time
import urllib.request

import ccxt
import ccxt.pro
from pybit import _websocket_stream
from pybit.unified_trading import WebSocket

SYMBOL = "BTC/USDT:USDT"
TOPICS = {"tickers", "position", "order", "execution", "execution.fast", "wallet"}


def step(name, value=None):
    print("ok", name, "" if value is None else value)


def expect(condition, sentence):
    if not condition:
        raise SystemExit("FAILED: " + sentence)


def trade(ready, side, qty):
    verb = {"do": "trade", "venue": "bybit", "symbol": "BTCUSDT", "side": side, "qty": qty}
    url = ready["control"] + "/control"
    urllib.request.urlopen(urllib.request.Request(url, data=json.dumps(verb).encode())).read()


def pybit_listens(ready):
    bybit, heard, rung = ready["bybit"], {}, threading.Event()
    connect = _websocket_stream._WebSocketManager._connect

    def to_loopback(manager, url):
        path = url[url.index("/v5/") :]
        return connect(manager, bybit["ws"] + path)

    _websocket_stream._WebSocketManager._connect = to_loopback

    def hear(message):
        topic = message["topic"].split(".BTC")[0]
        heard[topic] = message["data"]
        if TOPICS <= set(heard):
            rung.set()

    public = WebSocket(testnet=False, channel_type="linear")
    public.ticker_stream(symbol=["BTCUSDT"], callback=hear)
    keys = {"api_key": bybit["api_key"], "api_secret": bybit["api_secret"]}
    private = WebSocket(testnet=False, channel_type="private", private_auth_expire=10, **keys)
    private.position_stream(hear)
    private.order_stream(hear)
    private.execution_stream(hear)
    private.fast_execution_stream(hear)
    private.wallet_stream(hear)
    for _ in range(50):
        if rung.is_set():
            break
        trade(ready, "buy", "0.01")
        rung.wait(0.2)
    expect(rung.is_set(), "pybit hears " + ", ".join(sorted(TOPICS - set(heard))))
    expect(float(heard["tickers"]["bid1Price"]) > 0, "its merged ticker has a bid")
    step("pybit", sorted(heard))
    public.exit()
    private.exit()


def point(urls, ws):
    for name, value in urls.items():
        if isinstance(value, dict):
            point(value, ws)
        elif "/v5/" in value:
            urls[name] = ws + value[value.index("/v5/") :]


async def ccxt_listens(ready):
    bybit = ready["bybit"]
    exchange = ccxt.pro.bybit(
        {
            "apiKey": bybit["api_key"],
            "secret": bybit["api_secret"],
            "enableRateLimit": False,
            "options": {"fetchMarkets": {"types": ["linear"]}, "defaultType": "swap"},
        }
    )
    exchange.has["fetchCurrencies"] = False
    for name, value in exchange.urls["api"].items():
        if isinstance(value, str):
            exchange.urls["api"][name] = bybit["rest"]
    point(exchange.urls["api"]["ws"], bybit["ws"])
    try:
        for _ in range(3):
            ticker = await asyncio.wait_for(exchange.watch_ticker(SYMBOL), 10)
            expect(ticker["bid"] < ticker["ask"], "the merged ticker is not crossed")
        step("watch_ticker", ticker["last"])
        await private(exchange, ready)
    finally:
        await exchange.close()


async def private(exchange, ready):
    for name in ("watch_orders", "watch_my_trades", "watch_positions", "watch_balance"):
        watching = asyncio.ensure_future(getattr(exchange, name)())
        deadline = time.monotonic() + 20
        while not watching.done():
            expect(time.monotonic() < deadline, name + " hears of a trade")
            await asyncio.sleep(0.2)
            trade(ready, "buy", "0.01")
        told = watching.result()
        expect(told, name + " tells something")
        if name == "watch_positions":
            expect(told[0]["side"] == "long" and told[0]["contracts"] > 0, "a long position")
        step(name)


def main():
    ready = json.loads(sys.argv[1])
    pybit_listens(ready)
    asyncio.run(ccxt_listens(ready))
    print("all well with ccxt", ccxt.__version__)


if __name__ == "__main__":
    main()
