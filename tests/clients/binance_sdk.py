"""Drives the embedded exchange with Binance's own Python SDK, whose typed models check every
answer's shape.

Needs binance-sdk-derivatives-trading-usds-futures.
Usage: python binance_sdk.py '<the JSON line that `holdfast sim` prints when it is ready>'
Exits 0 when every call is understood; prints each step.
"""

import json
import sys

from binance_sdk_derivatives_trading_usds_futures.derivatives_trading_usds_futures import (
    ConfigurationRestAPI,
    DerivativesTradingUsdsFutures,
)

SYMBOL = "BTCUSDT"
STOP = dict(
    algo_type="CONDITIONAL",
    symbol=SYMBOL,
    side="SELL",
    type="STOP_MARKET",
    quantity=0.02,
    trigger_price=80000.0,
    reduce_only="true",
    client_algo_id="sdk-stop",
)
LIMIT = dict(
    symbol=SYMBOL,
    side="BUY",
    type="LIMIT",
    quantity=0.02,
    price=80000.0,
    time_in_force="GTC",
    new_client_order_id="sdk-limit",
)
NAMED = dict(symbol=SYMBOL, orig_client_order_id="sdk-limit")
CLOSE = {"symbol": SYMBOL, "side": "SELL", "type": "MARKET", "quantity": "0.02", "reduceOnly": "true"}

CALLS = [
    ("check_server_time", {}),
    ("exchange_information", {}),
    ("mark_price", {}),
    ("mark_price", {"symbol": SYMBOL}),
    ("symbol_price_ticker_v2", {"symbol": SYMBOL}),
    ("symbol_order_book_ticker", {}),
    ("ticker24hr_price_change_statistics", {"symbol": SYMBOL}),
    ("order_book", {"symbol": SYMBOL}),
    ("kline_candlestick_data", {"symbol": SYMBOL, "interval": "1m", "limit": 2}),
    ("new_order", {"symbol": SYMBOL, "side": "BUY", "type": "MARKET", "quantity": 0.02}),
    ("position_information_v3", {}),
    ("position_information_v2", {"symbol": SYMBOL}),
    ("futures_account_balance_v3", {}),
    ("futures_account_balance_v2", {}),
    ("account_information_v3", {}),
    ("account_information_v2", {}),
    ("futures_account_configuration", {}),
    ("symbol_configuration", {"symbol": SYMBOL}),
    ("get_current_position_mode", {}),
    ("get_current_multi_assets_mode", {}),
    ("change_initial_leverage", {"symbol": SYMBOL, "leverage": 12}),
    ("notional_and_leverage_brackets", {"symbol": SYMBOL}),
    ("user_commission_rate", {"symbol": SYMBOL}),
    ("new_algo_order", STOP),
    ("current_all_algo_open_orders", {}),
    ("query_algo_order", {"client_algo_id": "sdk-stop"}),
    ("query_all_algo_orders", {"symbol": SYMBOL}),
    ("cancel_algo_order", {"client_algo_id": "sdk-stop"}),
    ("cancel_all_algo_open_orders", {"symbol": SYMBOL}),
    ("new_order", LIMIT),
    ("current_all_open_orders", {}),
    ("query_order", NAMED),
    ("query_current_open_order", NAMED),
    ("modify_order", {**NAMED, "side": "BUY", "quantity": 0.02, "price": 80001.0}),
    ("cancel_order", NAMED),
    ("all_orders", {"symbol": SYMBOL}),
    ("cancel_all_open_orders", {"symbol": SYMBOL}),
    ("account_trade_list", {"symbol": SYMBOL}),
    ("get_income_history", {}),
    ("users_force_orders", {}),
    ("query_user_rate_limit", {}),
    ("auto_cancel_all_open_orders", {"symbol": SYMBOL, "countdown_time": 5000}),
    ("test_order", {"symbol": SYMBOL, "side": "BUY", "type": "MARKET", "quantity": 0.02}),
    ("place_multiple_orders", {"batch_orders": [CLOSE]}),
    ("start_user_data_stream", {}),
    ("keepalive_user_data_stream", {}),
    ("close_user_data_stream", {}),
]


def main():
    binance = json.loads(sys.argv[1])["binance"]
    configuration = ConfigurationRestAPI(
        api_key=binance["api_key"], api_secret=binance["api_secret"], base_path=binance["rest"]
    )
    client = DerivativesTradingUsdsFutures(config_rest_api=configuration).rest_api
    failed = 0
    for name, arguments in CALLS:
        try:
            print("ok", name, str(getattr(client, name)(**arguments).data())[:100])
        except Exception as error:  # every failure is told, whatever its type
            failed += 1
            print("FAILED", name, type(error).__name__, error)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
