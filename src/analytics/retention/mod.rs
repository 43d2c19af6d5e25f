//! Who stays, who brings whom, and what keeping is worth (SPEC V8–V10).

mod churn;
mod cohorts;
mod keeping;
mod lengths;
mod referral;
mod survival;
mod tenure;

pub use churn::{ChurnRule, ChurnStep, ChurnSteps, Loss, losses};
pub use cohorts::{CohortRow, CohortStep, Cohorts};
pub use keeping::{Keeping, Kept};
pub use lengths::{LENGTH_EDGES_DAYS, Lengths, Relationship};
pub use referral::{Forest, Own};
pub use tenure::{Tenure, tenure};
