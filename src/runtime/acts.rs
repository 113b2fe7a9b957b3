//! The venue executor: every act becomes a task, every task an answer.
//!
//! For: the order "written, then sent", nothing sent without a valid lease, and answers for acts
//! that had no link, took too long or broke. Not for: retrying anything; an unsure act is the
//! core's to settle.
//! Door: [`Acts::send`].

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::domain::effect::{Act, OpId};
use crate::domain::evidence::History;
use crate::domain::input::{Input, Reply};
use crate::domain::key::AccountName;
use crate::domain::outcome::{Outcome, Refusal, RefusalKind};
use crate::domain::sweep::{Part, Positions, Scope, Sweep};
use crate::domain::time::Span;
use crate::exchange::{Inbox, VenueLink};
use crate::runtime::lane::Answered;
use crate::runtime::link::{Berth, Reach};
use crate::runtime::validity::Validity;

/// How long an act that only reduces risk waits for the ledger before it goes without.
const LEDGER_PATIENCE: Duration = Duration::from_millis(250);
/// How long an act waits for a link that has announced itself.
const HANDOVER: Duration = Duration::from_millis(500);
/// The end of any patience: links have their own, much shorter time limits.
const LONGEST_ACT: Duration = Duration::from_secs(120);

/// Sends acts to the links of all accounts.
pub(crate) struct Acts {
    links: BTreeMap<AccountName, Arc<Berth>>,
    inbox: Inbox,
    validity: Validity,
    /// Dropping the executor ends what is under way, as the end of the process would.
    tasks: JoinSet<()>,
}

impl Acts {
    /// An executor over these links that answers into `inbox`, as long as leases are valid.
    pub(crate) fn new(
        links: BTreeMap<AccountName, Arc<Berth>>,
        inbox: Inbox,
        validity: Validity,
    ) -> Self {
        Self { links, inbox, validity, tasks: JoinSet::new() }
    }

    /// Performs `act`, after the transaction it follows; the answer is an `Input::Replied`.
    pub(crate) fn send(
        &mut self,
        op: OpId,
        account: &AccountName,
        act: Act,
        after: Option<Answered>,
    ) {
        let link = self.links.get(account).cloned();
        let unknown = format!("there is no account {account} in the config");
        let inbox = self.inbox.clone();
        let (validity, account) = (self.validity.clone(), account.clone());
        // Questions change nothing: they need neither the transaction before them nor the lease.
        let changes = !act.only_asks();
        let after = after.filter(|_| changes);
        self.spawn(async move {
            if let Some(answered) = after {
                // Law 5: such an act only reduces risk, so a slow ledger delays it and no more.
                let _ = timeout(LEDGER_PATIENCE, answered).await;
            }
            let reach = match link {
                Some(berth) => handed_over(&berth).await,
                None => Err(unknown),
            };
            // The last moment at which a process that slept through its lease can find out.
            let leased = if changes { validity.check(&account) } else { Ok(()) };
            let reply = match leased.and(reach) {
                Ok(link) => perform(link, act).await,
                Err(why) => unreached(&act, &why),
            };
            let _ = inbox.send(Input::Replied { op, reply: Box::new(reply) }).await;
        });
    }

    /// Answers an act that is not sent.
    pub(crate) fn refuse(&mut self, op: OpId, act: &Act, why: &str) {
        let (inbox, reply) = (self.inbox.clone(), Box::new(unreached(act, why)));
        self.spawn(async move {
            let _ = inbox.send(Input::Replied { op, reply }).await;
        });
    }

    fn spawn(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        while self.tasks.try_join_next().is_some() {}
        self.tasks.spawn(work);
    }
}

/// The link, or why there is none. A link tells what it lists a moment before it is handed over,
/// and the first question may be faster.
async fn handed_over(berth: &Berth) -> Reach {
    let _ = timeout(HANDOVER, berth.taken()).await;
    berth.reach()
}

async fn perform(link: Arc<dyn VenueLink>, act: Act) -> Reply {
    let attempt = AssertUnwindSafe(link.act(act.clone())).catch_unwind();
    match timeout(LONGEST_ACT, attempt).await {
        Ok(Ok(reply)) => reply,
        Ok(Err(_)) => lost(&act, "the venue link broke inside; the log has the details"),
        Err(_) => lost(&act, "the venue link gave no answer in two minutes"),
    }
}

/// The answer to an act that was certainly not sent.
pub fn unreached(act: &Act, why: &str) -> Reply {
    let refusal =
        || Refusal { code: None, kind: RefusalKind::Local, text: format!("not sent: {why}") };
    match act {
        Act::PlaceStop(_) => Reply::Placed(Outcome::Refused(refusal())),
        Act::CancelStop { .. } => Reply::Cancelled(Outcome::Refused(refusal())),
        Act::Reduce(_) => Reply::Reduced(Outcome::Refused(refusal())),
        Act::Enter(_) => Reply::Entered(Outcome::Refused(refusal())),
        question => lost(question, why),
    }
}

/// The answer to an act of which nobody knows what became of it.
fn lost(act: &Act, why: &str) -> Reply {
    let why = why.to_owned();
    match act {
        Act::Look { scope, .. } => Reply::Swept(broken(*scope, &why)),
        Act::History { symbol, leg, since } => Reply::History(History {
            symbol: symbol.clone(),
            leg: *leg,
            since: *since,
            fills: Vec::new(),
            complete: false,
            held: None,
        }),
        Act::PlaceStop(_) => Reply::Placed(Outcome::Unsure(why)),
        Act::CancelStop { .. } | Act::Restream => Reply::Cancelled(Outcome::Unsure(why)),
        Act::Reduce(_) => Reply::Reduced(Outcome::Unsure(why)),
        Act::Enter(_) => Reply::Entered(Outcome::Unsure(why)),
        Act::FindOrder { .. } => Reply::FoundOrder(Err(why)),
        Act::FindStop { .. } => Reply::FoundStop(Err(why)),
    }
}

fn broken(scope: Scope, why: &str) -> Sweep {
    let look = Sweep::of(Part::Broken(Positions::new(), why.to_owned()), Span(0));
    let orders = || Part::Broken(Vec::new(), why.to_owned());
    match scope {
        Scope::Positions => look,
        Scope::Protection => look.with_orders(orders()),
        Scope::Full => look.with_orders(orders()).with_account(None, None),
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;
    use crate::domain::key::{Leg, Symbol};
    use crate::domain::sweep::Look;

    #[test]
    fn a_look_without_a_link_is_unknown_and_never_empty() {
        let reply =
            unreached(&Act::Look { scope: Scope::Full, expect: Vec::new() }, "the venue is down");
        let Reply::Swept(sweep) = reply else { panic!("{reply:?}") };
        assert_eq!(sweep.look(&Symbol::from("BTCUSDT"), Leg::Net), Look::Unknown);
        assert_eq!(sweep.fault(), Some("the venue is down"));
        assert_eq!(sweep.orders(), None);
    }

    #[test]
    fn a_broken_executor_leaves_a_cancel_unsure() {
        let act = Act::CancelStop { symbol: "BTCUSDT".into(), client_id: "c".into(), id: None };
        assert_eq!(lost(&act, "broke"), Reply::Cancelled(Outcome::Unsure("broke".into())));
    }

    #[test]
    fn a_cancel_that_was_not_sent_is_refused_for_certain() {
        let act = Act::CancelStop { symbol: "BTCUSDT".into(), client_id: "c".into(), id: None };
        let reply = unreached(&act, "no connection");
        let Reply::Cancelled(Outcome::Refused(why)) = reply else { panic!("{reply:?}") };
        assert_eq!(why.kind, RefusalKind::Local);
    }

    /// A venue that does what it is asked at once, or dies of it.
    struct Prompt {
        dies: bool,
    }

    impl VenueLink for Prompt {
        fn act(&self, act: Act) -> crate::exchange::Answering<'_> {
            Box::pin(async move {
                assert!(!self.dies, "as arranged");
                match act {
                    Act::Look { scope, .. } => Reply::Swept(broken(scope, "nothing here")),
                    _ => Reply::Cancelled(Outcome::Done(())),
                }
            })
        }
    }

    fn executor(dies: bool) -> (Acts, tokio::sync::mpsc::Receiver<Input>) {
        let (inbox, answers) = tokio::sync::mpsc::channel(8);
        let link: Arc<dyn VenueLink> = Arc::new(Prompt { dies });
        let links = BTreeMap::from([(AccountName::from("main"), Berth::new(Ok(link)))]);
        (Acts::new(links, inbox, held()), answers)
    }

    fn held() -> Validity {
        Validity::of("main", Duration::from_secs(60))
    }

    #[tokio::test]
    async fn an_act_is_not_sent_when_the_lease_is_over_and_a_question_is() {
        let (mut acts, mut answers) = executor(false);
        for validity in [Validity::of("main", Duration::ZERO), Validity::default()] {
            acts.validity = validity;
            acts.send(OpId(1), &"main".into(), cancel(), None);
            let Some(Input::Replied { reply, .. }) = answers.recv().await else { panic!() };
            let Reply::Cancelled(Outcome::Refused(why)) = *reply else { panic!("{reply:?}") };
            assert_eq!(why.kind, RefusalKind::Local);
            assert!(why.text.starts_with("not sent: the lease of main"), "{}", why.text);
            let look = Act::Look { scope: Scope::Full, expect: Vec::new() };
            acts.send(OpId(2), &"main".into(), look, None);
            let Some(Input::Replied { reply, .. }) = answers.recv().await else { panic!() };
            let Reply::Swept(sweep) = *reply else { panic!("{reply:?}") };
            assert_eq!(sweep.fault(), Some("nothing here"), "the venue was asked");
        }
    }

    fn cancel() -> Act {
        Act::CancelStop { symbol: "BTCUSDT".into(), client_id: "c".into(), id: None }
    }

    #[tokio::test]
    async fn an_act_goes_when_what_it_follows_is_written() {
        let (mut acts, mut answers) = executor(false);
        let (written, answered) = oneshot::channel();
        acts.send(OpId(1), &"main".into(), cancel(), Some(answered.shared()));
        tokio::task::yield_now().await;
        assert!(answers.try_recv().is_err(), "it went before it was written down");
        written.send(()).unwrap();
        let answer = timeout(LEDGER_PATIENCE / 2, answers.recv()).await;
        assert!(matches!(answer, Ok(Some(Input::Replied { op: OpId(1), .. }))), "{answer:?}");
    }

    #[tokio::test]
    async fn an_act_that_reduces_risk_does_not_wait_for_ever_for_the_ledger() {
        let (mut acts, mut answers) = executor(false);
        let (_written, answered) = oneshot::channel();
        let began = std::time::Instant::now();
        acts.send(OpId(1), &"main".into(), cancel(), Some(answered.shared()));
        assert!(answers.recv().await.is_some());
        assert!(began.elapsed() >= LEDGER_PATIENCE);
    }

    #[tokio::test]
    async fn a_question_does_not_wait_for_the_ledger() {
        let (mut acts, mut answers) = executor(false);
        let (_written, answered) = oneshot::channel();
        acts.send(
            OpId(1),
            &"main".into(),
            Act::Look { scope: Scope::Full, expect: Vec::new() },
            Some(answered.shared()),
        );
        let answer = timeout(LEDGER_PATIENCE / 2, answers.recv()).await;
        assert!(matches!(answer, Ok(Some(_))), "{answer:?}");
    }

    #[tokio::test]
    async fn a_question_that_is_faster_than_the_link_is_asked_all_the_same() {
        let (inbox, mut answers) = tokio::sync::mpsc::channel(8);
        let berth = Berth::new(Err("not connected yet".to_owned()));
        let links = BTreeMap::from([(AccountName::from("main"), berth.clone())]);
        let mut acts = Acts::new(links, inbox, held());
        acts.send(OpId(1), &"main".into(), cancel(), None);
        tokio::task::yield_now().await;
        let link: Arc<dyn VenueLink> = Arc::new(Prompt { dies: false });
        berth.put(Ok(link));
        let Some(Input::Replied { reply, .. }) = answers.recv().await else { panic!() };
        assert_eq!(*reply, Reply::Cancelled(Outcome::Done(())));
    }

    #[tokio::test]
    async fn a_link_that_panics_still_answers() {
        let (mut acts, mut answers) = executor(true);
        acts.send(OpId(7), &"main".into(), cancel(), None);
        let Some(Input::Replied { op, reply }) = answers.recv().await else { panic!() };
        assert_eq!(op, OpId(7));
        assert!(matches!(*reply, Reply::Cancelled(Outcome::Unsure(_))), "{reply:?}");
    }

    /// A venue that notes what reaches it.
    struct Noting(std::sync::Mutex<Vec<String>>);

    impl VenueLink for Noting {
        fn act(&self, act: Act) -> crate::exchange::Answering<'_> {
            let Act::CancelStop { client_id, .. } = act else { panic!("{act:?}") };
            self.0.lock().unwrap().push(client_id.to_string());
            Box::pin(std::future::pending())
        }
    }

    /// Many cancels that wait for one transaction, and what came of them after `then`.
    async fn noted(then: impl FnOnce(Acts, oneshot::Sender<()>)) -> Vec<String> {
        let (inbox, _answers) = tokio::sync::mpsc::channel(64);
        let link = Arc::new(Noting(std::sync::Mutex::default()));
        let links = BTreeMap::from([("main".into(), Berth::new(Ok(link.clone())))]);
        let mut acts = Acts::new(links, inbox, held());
        let (written, answered) = oneshot::channel();
        let answered = answered.shared();
        for number in 0..20 {
            let (symbol, id) = ("BTCUSDT".into(), None);
            let act = Act::CancelStop { symbol, client_id: number.to_string().as_str().into(), id };
            acts.send(OpId(number), &"main".into(), act, Some(answered.clone()));
        }
        tokio::task::yield_now().await;
        assert!(link.0.lock().unwrap().is_empty(), "they wait");
        then(acts, written);
        tokio::time::sleep(LONGEST_ACT).await;
        let noted = link.0.lock().unwrap();
        noted.clone()
    }

    #[tokio::test(start_paused = true)]
    async fn acts_that_waited_together_leave_in_the_order_they_were_decided() {
        let mut kept = None;
        let noted = noted(|acts, written| {
            written.send(()).unwrap();
            kept = Some(acts);
        });
        let order: Vec<String> = (0..20).map(|number| number.to_string()).collect();
        assert_eq!(noted.await, order);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_leaves_once_the_executor_is_dropped() {
        let noted = noted(|acts, written| {
            drop(acts);
            written.send(()).ok();
        });
        assert_eq!(noted.await, Vec::<String>::new());
    }

    #[tokio::test]
    async fn an_account_nobody_knows_is_answered_too() {
        let (mut acts, mut answers) = executor(false);
        acts.validity = Validity::of("other", Duration::from_secs(60));
        acts.send(OpId(3), &"other".into(), cancel(), None);
        let Some(Input::Replied { reply, .. }) = answers.recv().await else { panic!() };
        assert!(matches!(*reply, Reply::Cancelled(Outcome::Refused(_))), "{reply:?}");
    }
}
