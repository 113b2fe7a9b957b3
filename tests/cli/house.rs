//! A throw-away home for one test: config, state directory, and the binary run in it.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::venue::Venue;

/// A home of its own, so that nothing of the machine's shows through.
pub struct House {
    dir: tempfile::TempDir,
}

impl House {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A home whose config names the account `main` on this venue.
    pub fn on(venue: &Venue) -> Self {
        Self::with(venue, "")
    }

    /// The same, with an `[engine]` table.
    pub fn with(venue: &Venue, engine: &str) -> Self {
        let house = Self::new();
        house.configure(&format!("{engine}\n{}", account(venue)));
        std::fs::write(house.path("key"), &venue.api_key).unwrap();
        std::fs::write(house.path("secret"), &venue.api_secret).unwrap();
        house
    }

    /// Whether nothing lies in it, apart from what the test put there.
    pub fn is_empty(&self) -> bool {
        self.left_behind().is_empty()
    }

    /// What lies in it, apart from what the test put there.
    pub fn left_behind(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.dir.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name != "stderr").collect()
    }

    pub fn configure(&self, text: &str) {
        std::fs::write(self.config(), text).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A file with a secret that only its owner can read.
    pub fn write_secret(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt;
        std::fs::write(self.path(name), text).unwrap();
        let owner = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(self.path(name), owner).unwrap();
    }

    pub fn config(&self) -> PathBuf {
        self.path("config.toml")
    }

    pub fn state(&self) -> PathBuf {
        self.path("state")
    }

    pub fn ledger(&self) -> PathBuf {
        self.state().join("ledger.db")
    }

    /// The binary with these arguments, in this home, without a terminal.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast"));
        let read = |name: &str| std::fs::read_to_string(self.path(name)).unwrap_or_default();
        command
            .args(args)
            .env_clear()
            .env("HOME", self.dir.path())
            .env("TMPDIR", self.dir.path())
            .env("HOLDFAST_CONFIG", self.config())
            .env("HOLDFAST_STATE_DIR", self.state())
            .env("TEST_KEY", read("key"))
            .env("TEST_SECRET", read("secret"))
            .stdin(Stdio::null());
        command
    }

    /// Runs to the end.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().unwrap())
    }

    /// Starts `run --headless`, and waits until its account is known.
    pub fn engine(&self) -> Engine {
        let engine = self.start(&["run", "--headless", "--log-format", "json"]);
        self.wait_for_event("SYNC_COMPLETED", |_| true);
        engine
    }

    /// Starts something that goes on; its stderr goes to a file.
    pub fn start(&self, args: &[&str]) -> Engine {
        let log = self.path("stderr");
        let stderr = std::fs::File::create(&log).unwrap();
        let child = self.command(args).stdout(Stdio::null()).stderr(stderr).spawn().unwrap();
        Engine { child, log }
    }

    /// The ledger's events, newest last.
    pub fn events(&self) -> Vec<Value> {
        self.list(&["events", "--json"])
    }

    /// The ledger's positions.
    pub fn positions(&self) -> Vec<Value> {
        self.list(&["positions", "--json"])
    }

    fn list(&self, args: &[&str]) -> Vec<Value> {
        let ran = self.run(args);
        if ran.code != 0 {
            return Vec::new();
        }
        serde_json::from_str::<Value>(&ran.out).unwrap().as_array().unwrap().clone()
    }

    /// Waits for an event that fits.
    pub fn wait_for_event(&self, kind: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let found = || self.events().into_iter().find(|event| event["kind"] == kind && fits(event));
        until(&format!("event {kind}"), found, || self.log())
    }

    /// Waits for a position that fits.
    pub fn wait_for_position(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let found = || self.positions().into_iter().find(|row| fits(row));
        until(what, found, || self.log())
    }

    /// Everything in the log files of the state directory.
    pub fn logs(&self) -> String {
        let files = std::fs::read_dir(self.state().join("log")).into_iter().flatten().flatten();
        files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.path("stderr")).unwrap_or_default()
    }

    /// Writes into the ledger as another program does.
    pub fn insert(&self, values: &str) {
        self.sql(&format!(
            "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, \
             status, stop_loss_price) VALUES ('main', 'binance', {values})"
        ));
    }

    /// Says something to the ledger, as another program does.
    pub fn write(&self, sql: &str) {
        self.sql(sql);
    }

    /// Asks the ledger for one text, as another program does.
    pub fn ask(&self, sql: &str) -> String {
        self.sql(sql).unwrap_or_else(|| panic!("no row: {sql}"))
    }

    /// Makes an empty ledger, as the first start of an engine does.
    pub fn make_ledger(&self) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            holdfast::store::Ledger::open(&self.ledger()).await.unwrap();
        });
    }

    /// Says something to the ledger, as another program does.
    pub fn sql(&self, sql: &str) -> Option<String> {
        use sqlx::{Connection, Row};
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(self.ledger())
            .busy_timeout(Duration::from_secs(5));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut ledger = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
            let query = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()));
            let row = query.fetch_optional(&mut ledger).await.unwrap();
            ledger.close().await.unwrap();
            row.map(|row| row.get(0))
        })
    }
}

/// The account `main`, as a config names it.
pub fn account(venue: &Venue) -> String {
    format!(
        "[[account]]\nname = \"main\"\nvenue = \"binance-usdm\"\nenvironment = \"demo\"\n\
         api_key = \"env:TEST_KEY\"\napi_secret = \"env:TEST_SECRET\"\n\
         [account.endpoints]\nrest = \"{rest}\"\nrest_spot = \"{rest}\"\nws_public = \"{ws}\"\n",
        rest = venue.rest,
        ws = venue.ws,
    )
}

/// Polls from outside, where nothing can be awaited.
pub fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>, log: impl Fn() -> String) -> T {
    let patience = Instant::now() + Duration::from_secs(40);
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(Instant::now() < patience, "waited in vain for {what}; stderr:\n{}", log());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// The one sentence on stderr.
    pub fn sentence(&self) -> &str {
        let line = self.err.trim_end();
        assert!(!line.contains('\n'), "more than one line: {line}");
        line
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A process that goes on until it is told to end.
pub struct Engine {
    child: Child,
    log: PathBuf,
}

impl Engine {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        rustix::process::kill_process(pid.unwrap(), signal).unwrap();
    }

    /// Waits for its end: the exit code and all of stderr.
    pub fn end(mut self) -> (Option<i32>, String) {
        let child = &mut self.child;
        let status = until("the end", || child.try_wait().unwrap(), String::new);
        (status.code(), std::fs::read_to_string(&self.log).unwrap())
    }

    /// SIGTERM, then its end.
    pub fn stop(self) -> (Option<i32>, String) {
        self.signal(rustix::process::Signal::TERM);
        self.end()
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
