//! What a customer is worth from now on (SPEC V3): how often they will buy (BG/NBD), for how much (gamma-gamma), discounted
//! over a horizon; the retention curve of contracts (shifted-beta-geometric); and whether the models fit at all.
//!
//! Letters inside the functions are those of the papers; each function names its own.

mod bg_nbd;
mod descent;
mod expected;
mod gamma_gamma;
mod histories;
mod hold_out;
mod related;
mod retention;
mod worth;

pub use bg_nbd::*;
pub use expected::*;
pub use gamma_gamma::*;
pub use histories::*;
pub use hold_out::*;
pub use related::*;
pub use retention::*;
pub use worth::*;

pub use descent::Convergence;

#[cfg(test)]
mod cdnow;
#[cfg(test)]
mod laws;
