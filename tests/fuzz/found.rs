//! What went wrong once: the smallest input of each fault, entered again in every run.

/// Door and input.
pub const FOUND: [(&str, &str); 20] = [
    // Two numbers that are right by themselves, and a sum that cannot be counted.
    (
        "binance_rest",
        r#"[{"asset":"USDT",
            "balance":"79228162514264337593543950335","crossUnPnl":"1",
            "availableBalance":"0"}]"#,
    ),
    (
        "bybit_rest",
        r#"{"retCode":0,"result":{"list":[{"symbol":"B","execId":"1","orderId":"2",
            "side":"Buy","execQty":"1","execPrice":"1","execTime":"1",
            "execFee":"79228162514264337593543950335","feeCurrency":"U",
            "extraFees":[{"feeCoin":"U","fee":"1"}]}]}}"#,
    ),
    (
        "bybit_rest",
        r#"{"retCode":0,"result":{"list":[{"coin":[{"coin":"USDT","equity":"1",
            "walletBalance":"-79228162514264337593543950335","locked":"1"}]}]}}"#,
    ),
    // Less than a decimal can hold is not nothing.
    (
        "binance_rest",
        r#"[{"symbol":"B","positionSide":"BOTH",
            "positionAmt":"0.0000000000000000000000000000001","entryPrice":"1",
            "markPrice":"1","liquidationPrice":"0","updateTime":1}]"#,
    ),
    (
        "bybit_rest",
        r#"{"retCode":0,"result":{"list":[{"symbol":"B","positionIdx":0,"side":"Buy",
            "size":"0.0000000000000000000000000000001","updatedTime":"1"}]}}"#,
    ),
    // A tick that no price can be divided by.
    (
        "binance_rest",
        r#"{"rateLimits":[],"symbols":[{"symbol":"BTCUSDT","status":"TRADING",
            "contractType":"PERPETUAL","quoteAsset":"USDT","marginAsset":"USDT","filters":[
            {"filterType":"PRICE_FILTER","tickSize":"0.0000000000000000000000000001"},
            {"filterType":"LOT_SIZE","stepSize":"0.001"},
            {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},
            {"filterType":"MIN_NOTIONAL","notional":"5"}]}]}"#,
    ),
    // Instants beyond the calendar.
    ("binance_rest", r#"{"serverTime":-9223372036854775808}"#),
    ("binance_rest", r#"{"serverTime":9223372036854775807}"#),
    ("bybit_rest", r#"{"retCode":0,"result":{"timeNano":"x"},"time":-9223372036854775808}"#),
    // A list, and then an answer without one.
    ("bybit_rest", r#"{"result":{"list":[]},"result":{},"retCode":0}"#),
    (
        "recording",
        "{\"recording\":\"holdfast\",\"v\":1,\"program\":\"0.1.0\",\"part\":1}\n\
         {\"v\":1,\"at\":1,\"input\":\"\\u001b\\n\"}\n",
    ),
    // A limit that cannot be multiplied.
    ("limits", "4294967295\n0"),
    // Words of the venue that leave their line.
    ("errors", r#"{"code":-1000,"retCode":10001,"msg":"a\nb\u001b[2J","retMsg":"a\nb\u001b[2J"}"#),
    (
        "binance_stream",
        r#"{"e":"ALGO_UPDATE","o":{"X":"NEW","aid":1,"caid":"1","s":"B","ps":"L\nONG"}}"#,
    ),
    (
        "bybit_stream",
        r#"{"topic":"position","data":[{"symbol":"B\u001b[2J","positionIdx":9,"size":"1"}]}"#,
    ),
    ("engine_socket", "{\"v\":1,\"do\":\"a\\u001b\\n\"}"),
    ("bybit_rest", r#"{"retCode":"1\n2","retMsg":"\u0000"}"#),
    // What we say ourselves is no secret, even where it comes in.
    ("binance_rest", "listenKey is missing"),
    ("config", "PRIVATE KEY\nthe private key is not valid PEM text\n"),
    // Nor is an echo one that stands in a second place as well.
    (
        "errors",
        r#"{"retCode":10004,"retMsg":"sign! orig%in_string[1658384314791XXXXXXXXXX5000]"}
            origin_string[1658384314791XXXXXXXXXX5000]"#,
    ),
];
