//! The table `leases`: which engine may act on an account, and under which number.
//!
//! For: taking, renewing and releasing, each as one transaction; the number grows with every
//! change of the holder. Not for: when a lease counts as abandoned; that takes a watch on it by a
//! clock of one's own, which is `runtime`'s. Door: [`Ledger::claim`], [`Ledger::release`].

use std::sync::Arc;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use tokio::sync::OwnedMutexGuard;
use tokio::task::JoinError;

use crate::domain::key::AccountName;
use crate::domain::lease::Fence;
use crate::domain::time::Time;
use crate::store::statements::Fences;
use crate::store::{Ledger, fault};

/// What a process wants of the lease of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Want {
    /// Keep it: it was taken under this number.
    Renew(Fence),
    /// Take it if nobody has it, or if it still stands as it was when it was found abandoned.
    Take {
        /// How it stood.
        abandoned: Option<Standing>,
    },
}

/// How a lease stands in the table. Two that are equal were not renewed in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its number.
    pub fence: Fence,
    /// When it runs out, by its holder's clock, as written.
    pub until: String,
    /// Who holds it, in words.
    pub holder: String,
}

/// What became of a want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tenure {
    /// It is ours, under this number.
    Held(Fence),
    /// It is somebody else's.
    Taken(Standing),
}

impl Ledger {
    /// Takes or renews leases until then, all in one transaction; `holder` is said to others.
    ///
    /// # Errors
    /// One sentence, when the ledger cannot be written now; nothing was taken or renewed then.
    pub async fn claim(
        &self,
        holder: &str,
        wants: Vec<(AccountName, Want)>,
        now: Time,
        until: Time,
    ) -> Result<Vec<(AccountName, Tenure)>, String> {
        let mut writer = self.writing().await?;
        let term = Term { holder: holder.to_owned(), now, until };
        // As with writes: a caller that goes away does not tear the transaction apart.
        let work = async move {
            let tenures = claim_all(&mut writer, wants, &term).await;
            end(&mut writer, tenures).await
        };
        self.done(self.whole(work).await)
    }

    /// Gives leases back, so that another engine need not wait for them to run out.
    ///
    /// # Errors
    /// One sentence, when the ledger cannot be written now.
    pub async fn release(&self, held: Fences, now: Time) -> Result<(), String> {
        let mut writer = self.writing().await?;
        let work = async move {
            let released = release_all(&mut writer, held, now).await;
            end(&mut writer, released).await
        };
        self.done(self.whole(work).await)
    }

    async fn writing(&self) -> Result<OwnedMutexGuard<SqliteConnection>, String> {
        match &self.writer {
            Some(writer) => Ok(Arc::clone(writer).lock_owned().await),
            None => Err(format!("the ledger {} was opened for reading only", self.path.display())),
        }
    }

    fn done<T>(&self, work: Result<Result<T, sqlx::Error>, JoinError>) -> Result<T, String> {
        let path = self.path.display();
        work.map_err(|error| format!("a lease in the ledger {path} was cut off: {error}"))?
            .map_err(|error| fault::sentence(&self.path, &error))
    }
}

/// Who takes leases now, and for how long.
struct Term {
    holder: String,
    now: Time,
    until: Time,
}

async fn claim_all(
    writer: &mut SqliteConnection,
    wants: Vec<(AccountName, Want)>,
    term: &Term,
) -> Result<Vec<(AccountName, Tenure)>, sqlx::Error> {
    begin(writer).await?;
    let mut tenures = Vec::with_capacity(wants.len());
    for (account, want) in wants {
        let ours = match &want {
            Want::Renew(fence) => renew(writer, &account, *fence, term).await?,
            Want::Take { abandoned } => take(writer, &account, abandoned.as_ref(), term).await?,
        };
        let tenure = match ours {
            Some(fence) => Tenure::Held(fence),
            None => Tenure::Taken(standing(writer, &account).await?),
        };
        tenures.push((account, tenure));
    }
    Ok(tenures)
}

async fn renew(
    writer: &mut SqliteConnection,
    account: &AccountName,
    fence: Fence,
    term: &Term,
) -> Result<Option<Fence>, sqlx::Error> {
    let renewed = sqlx::query(
        "UPDATE leases SET until = ? WHERE account = ? AND fence = ? AND released_at IS NULL",
    )
    .bind(term.until.to_string())
    .bind(account.to_string())
    .bind(number(fence))
    .execute(writer)
    .await?;
    Ok((renewed.rows_affected() > 0).then_some(fence))
}

/// Takes it where nobody has it, or where it stands exactly as it was when it was abandoned.
async fn take(
    writer: &mut SqliteConnection,
    account: &AccountName,
    abandoned: Option<&Standing>,
    term: &Term,
) -> Result<Option<Fence>, sqlx::Error> {
    let fence: Option<i64> = sqlx::query_scalar(
        "INSERT INTO leases (account, fence, holder, taken_at, until) VALUES (?, 1, ?, ?, ?)
         ON CONFLICT (account) DO UPDATE SET
             fence = fence + 1, holder = excluded.holder, taken_at = excluded.taken_at,
             until = excluded.until, released_at = NULL
         WHERE released_at IS NOT NULL OR (fence = ? AND until = ?)
         RETURNING fence",
    )
    .bind(account.to_string())
    .bind(&term.holder)
    .bind(term.now.to_string())
    .bind(term.until.to_string())
    .bind(abandoned.map(|lease| number(lease.fence)))
    .bind(abandoned.map(|lease| lease.until.as_str()))
    .fetch_optional(writer)
    .await?;
    Ok(fence.and_then(|fence| u64::try_from(fence).ok()).map(Fence))
}

/// Whose it is; what another program made of it is taken as it is.
async fn standing(
    writer: &mut SqliteConnection,
    account: &AccountName,
) -> Result<Standing, sqlx::Error> {
    let row = sqlx::query(
        "SELECT CAST(fence AS INTEGER), CAST(until AS TEXT), CAST(holder AS TEXT) FROM leases
         WHERE account = ?",
    )
    .bind(account.to_string())
    .fetch_optional(writer)
    .await?;
    let text = |row: &SqliteRow, at| row.try_get::<String, _>(at).unwrap_or_default();
    Ok(Standing {
        fence: Fence(row.as_ref().map_or(0, |row| {
            u64::try_from(row.try_get::<i64, _>(0).unwrap_or_default()).unwrap_or_default()
        })),
        until: row.as_ref().map_or_else(String::new, |row| text(row, 1)),
        holder: row.as_ref().map_or_else(|| "nobody".to_owned(), |row| text(row, 2)),
    })
}

async fn release_all(
    writer: &mut SqliteConnection,
    held: Fences,
    now: Time,
) -> Result<(), sqlx::Error> {
    begin(writer).await?;
    for (account, fence) in held {
        sqlx::query(
            "UPDATE leases SET released_at = ?
             WHERE account = ? AND fence = ? AND released_at IS NULL",
        )
        .bind(now.to_string())
        .bind(account.to_string())
        .bind(number(fence))
        .execute(&mut *writer)
        .await?;
    }
    Ok(())
}

async fn begin(writer: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(writer).await.map(drop)
}

/// Commits what went well; nothing of it has happened otherwise.
async fn end<T>(
    writer: &mut SqliteConnection,
    result: Result<T, sqlx::Error>,
) -> Result<T, sqlx::Error> {
    let result = match result {
        Ok(done) => sqlx::raw_sql("COMMIT").execute(&mut *writer).await.map(|_| done),
        Err(error) => Err(error),
    };
    if result.is_err() {
        sqlx::raw_sql("ROLLBACK").execute(writer).await.ok();
    }
    result
}

/// Fences count holders; SQLite's integers end where none will ever get to.
fn number(fence: Fence) -> i64 {
    i64::try_from(fence.0).unwrap_or(i64::MAX)
}
