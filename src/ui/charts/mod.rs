//! Charts: SVG of our own (a canvas under it where there are too many marks), each with a table view, an explanation and
//! two exports. What is drawn where comes from `ui::model`; here is only markup and the pointer.

mod bars;
mod cohorts;
mod export;
mod flow_bands;
mod frame;
mod heat;
mod ladder;
mod map;
mod map_area;
mod map_handle;
mod map_marks;
mod pareto;
mod size;

pub use flow_bands::{FlowBands, route_of as flow_route};
pub use bars::{Bar, Bars};
pub use cohorts::{Cell, CohortGrid, CohortLine};
pub use frame::{ChartFrame, How};
pub use heat::RfmGrid;
pub use ladder::Ladder;
pub use map::KotlerMap;
pub use pareto::ParetoCurve;
pub use size::use_width;
