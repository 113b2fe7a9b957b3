"""Drives the Bybit side of the embedded exchange with Bybit's own Python SDK, over REST.

Usage: python pybit_client.py '<the JSON line that `holdfast sim` prints when it is ready>'
Exits 0 when every call is understood; prints each step.
"""

import json
import sys
import urllib.request

from pybit.exceptions import InvalidRequestError
from pybit.unified_trading import HTTP

LINEAR = {"category": "linear", "symbol": "BTCUSDT"}


def step(name, value=None):
    print("ok", name, "" if value is None else value)


def expect(condition, sentence):
    if not condition:
        raise SystemExit("FAILED: " + sentence)


def control(ready, **verb):
    body = json.dumps({"venue": "bybit", **verb}).encode()
    urllib.request.urlopen(ready["control"] + "/control", data=body).read()


def connect(ready):
    bybit = ready["bybit"]
    session = HTTP(api_key=bybit["api_key"], api_secret=bybit["api_secret"], max_retries=1)
    session.endpoint = bybit["rest"]
    return session


def rows(answer):
    expect(answer["retCode"] == 0, str(answer))
    return answer["result"]["list"]


def refused(code, call, **params):
    try:
        call(**params)
    except InvalidRequestError as error:
        expect(error.status_code == code, "%s instead of %s" % (error.status_code, code))
        return
    raise SystemExit("FAILED: %s was expected" % code)


def look(session):
    expect(session.get_server_time()["retCode"] == 0, "the time is told")
    listed = rows(session.get_instruments_info(category="linear", limit=1000))
    expect({row["settleCoin"] for row in listed} == {"USDT", "USDC"}, "both coins settle")
    expect(rows(session.get_tickers(**LINEAR))[0]["lastPrice"] == "90000.00", "the price is read")
    wallet = rows(session.get_wallet_balance(accountType="UNIFIED"))[0]
    expect(wallet["totalEquity"] == "125000", "the wallet is whole")
    expect(session.get_account_info()["result"]["unifiedMarginStatus"] == 5, "UTA 2.0")
    key = session.get_api_key_information()["result"]
    expect(key["permissions"]["ContractTrade"] == ["Order", "Position"], "the key may trade")
    step("market, wallet, key", len(listed))


def trade(session):
    refused(34040, session.set_trading_stop, positionIdx=0, tpslMode="Full", **LINEAR)
    session.place_order(side="Buy", orderType="Market", qty="0.01", orderLinkId="py-1", **LINEAR)
    order = rows(session.get_open_orders(orderLinkId="py-1", **LINEAR))[0]
    expect((order["orderStatus"], order["avgPrice"]) == ("Filled", "90000.1"), "it is filled")
    held = rows(session.get_positions(**LINEAR))[0]
    expect((held["side"], held["size"]) == ("Buy", "0.01"), "it is held")
    session.set_trading_stop(positionIdx=0, tpslMode="Full", stopLoss="85000",
                             slTriggerBy="MarkPrice", **LINEAR)
    expect(rows(session.get_positions(**LINEAR))[0]["stopLoss"] == "85000", "it is protected")
    stop = rows(session.get_open_orders(orderFilter="StopOrder", **LINEAR))[0]
    expect(stop["stopOrderType"] == "StopLoss", "by a stop of its own")
    session.set_leverage(buyLeverage="5", sellLeverage="5", **LINEAR)
    refused(110043, session.set_leverage, buyLeverage="5", sellLeverage="5", **LINEAR)
    refused(110024, session.switch_position_mode, mode=3, **LINEAR)
    step("traded and protected", held["openTime"])


def change(session):
    limit = session.place_order(side="Buy", orderType="Limit", qty="0.01", price="88000", **LINEAR)
    limit = {"orderId": limit["result"]["orderId"], **LINEAR}
    session.amend_order(price="87000", **limit)
    expect(rows(session.get_open_orders(**limit))[0]["price"] == "87000", "it is amended")
    session.cancel_order(**limit)
    refused(110001, session.cancel_order, **limit)
    session.cancel_all_orders(orderFilter="Order", **LINEAR)
    session.place_order(side="Sell", orderType="Market", qty="0.01", reduceOnly=True, **LINEAR)
    refused(110017, session.place_order, side="Sell", orderType="Market", qty="0.01",
            reduceOnly=True, **LINEAR)
    expect(len(rows(session.get_executions(**LINEAR))) == 2, "two fills are listed")
    expect(rows(session.get_closed_pnl(**LINEAR))[0]["closedSize"] == "0.01", "the close is listed")
    causes = [row["cancelType"] for row in rows(session.get_order_history(**LINEAR))]
    expect("CancelByTpSlTsClear" in causes, "the stop went with the position")
    step("amended, cancelled, closed")


def main():
    ready = json.loads(sys.argv[1])
    control(ready, do="reset")
    control(ready, do="freeze")
    control(ready, do="set_price", symbol="BTCUSDT", price=90000)
    session = connect(ready)
    for part in (look, trade, change):
        part(session)
    print("all ok")


if __name__ == "__main__":
    main()
