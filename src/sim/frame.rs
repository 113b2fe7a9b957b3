//! One message on a stream, before it is known which sockets get it.

/// Which route carries a stream; the wrong one stays silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// Order books.
    Public,
    /// Mark prices and the like.
    Market,
    /// The owner's own events.
    Private,
    /// The retired form without a route: acknowledges everything, carries public streams only.
    Legacy,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The route it belongs to.
    pub route: Route,
    /// Stream name; empty for the owner's events, which go out under the listenKey.
    pub stream: String,
    /// Event name as the venue spells it.
    pub event: &'static str,
    /// JSON text.
    pub body: String,
}
