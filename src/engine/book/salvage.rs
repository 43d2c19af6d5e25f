//! What still reads of a book that does not open.

use super::open::block;
use crate::engine::api::StoreError;
use crate::engine::chunk::pile_up;
use crate::engine::dataset::Dataset;
use crate::engine::entry::Entry;
use crate::engine::rows::DecodedBlock;
use crate::engine::store::Store;

/// More than any journal has.
const LAST: u64 = 1 << 40;

/// Puts together whatever reads: all blocks of state, whether or not a manifest names them, and then every entry of
/// the journal with the blocks that are left of it. Later stamps win as ever, so nothing counts twice.
/// What does not read is left out. Nothing is written.
///
/// # Errors
/// Not even the list of blocks can be read.
pub async fn salvage<S: Store>(store: &S) -> Result<Dataset, StoreError> {
    let mut names = store.block_names().await?;
    // Commits before the rows that refer to them; within, an order that does not depend on the browser.
    crate::domain::sort::sort_by_key(&mut names, |name| (!name.ends_with("-commits"), name.clone()));
    let mut data = Dataset::new();
    for name in names.iter().filter(|name| name.starts_with("s-")) {
        if let Ok(Some(block)) = block(store, name).await {
            pile_up(&mut data, block);
        }
    }
    let entries = store.entries(1, LAST).await.unwrap_or_default();
    for (seq, bytes) in (1..).zip(entries) {
        let Ok(entry) = Entry::from_bytes(seq, &bytes) else { continue };
        let mut blocks: Vec<DecodedBlock> = Vec::new();
        for name in &entry.set.blocks {
            blocks.extend(block(store, name).await.ok().flatten());
        }
        // An entry that does not fit the schema is left out like one that does not read.
        let _fits = data.apply(&entry.set, seq, &blocks);
    }
    data.see_all_commits();
    Ok(data)
}
