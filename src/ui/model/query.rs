//! The state of a question asked of the worker, and the guard against answers that come too late.

use crate::engine::api::CommandError;

/// What a page knows about a question: the newest answer stays while the next one is on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryState<A> {
    pub data: Option<A>,
    /// Why the newest try failed; `data` then is what the page knew before.
    pub error: Option<CommandError>,
    /// An answer is on its way.
    pub loading: bool,
}

impl<A> Default for QueryState<A> {
    fn default() -> Self {
        Self { data: None, error: None, loading: false }
    }
}

impl<A> QueryState<A> {
    /// The question was asked (again).
    pub fn start(&mut self) {
        self.loading = true;
    }

    /// Without the earlier answer where the person stopped the newest one: its numbers would be taken for the new ones.
    #[must_use]
    pub fn unless_stopped(self) -> Self {
        if self.error == Some(CommandError::Cancelled) { Self { data: None, ..self } } else { self }
    }

    /// The newest answer is here.
    pub fn finish(&mut self, result: Result<A, CommandError>) {
        self.loading = false;
        match result {
            Ok(answer) => {
                self.data = Some(answer);
                self.error = None;
            }
            Err(error) => self.error = Some(error),
        }
    }
}

/// Numbers the askings of one question; only the newest one's answer counts, whatever the order in which they arrive.
#[derive(Clone, Debug, Default)]
pub struct Latest {
    newest: u64,
}

/// One asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

impl Latest {
    /// Begins another asking; all earlier ones are stale from now on.
    pub fn begin(&mut self) -> Ticket {
        self.newest += 1;
        Ticket(self.newest)
    }

    /// True while no later asking has begun.
    #[must_use]
    pub fn is_current(&self, ticket: Ticket) -> bool {
        ticket.0 == self.newest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_answer_counts() {
        let mut latest = Latest::default();
        let (a, b) = (latest.begin(), latest.begin());
        assert!(!latest.is_current(a) && latest.is_current(b));
        let c = latest.begin();
        assert!(!latest.is_current(b) && latest.is_current(c));
    }

    #[test]
    fn the_old_answer_stays_while_loading_and_after_a_failure() {
        let mut state = QueryState::default();
        state.start();
        assert_eq!(state, QueryState { data: None, error: None, loading: true });
        state.finish(Ok(1));
        state.start();
        assert_eq!(state, QueryState { data: Some(1), error: None, loading: true });
        state.finish(Err(CommandError::WorkerLost));
        assert_eq!(state, QueryState { data: Some(1), error: Some(CommandError::WorkerLost), loading: false });
        assert_eq!(state.clone().unless_stopped().data, Some(1));
        // What was counted for another rule is no count of this one.
        state.start();
        state.finish(Err(CommandError::Cancelled));
        assert_eq!((state.data, state.clone().unless_stopped().data), (Some(1), None));
        state.start();
        state.finish(Ok(2));
        assert_eq!(state.clone().unless_stopped().data, Some(2));
        assert_eq!(state, QueryState { data: Some(2), error: None, loading: false });
    }
}
