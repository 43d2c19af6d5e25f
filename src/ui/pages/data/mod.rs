//! The data page: what is here, bringing in files, products, history, trash.

mod aside;
mod drop;
mod duplicates;
mod history;
mod import;
mod overview;
mod products;
mod rows;
mod share;
mod storage;
mod trash;

use crate::ui::prelude::*;

pub use self::import::flow::ImportFlow;
pub use self::share::flow::ShareFlow;
use crate::domain::Seq;
pub use self::storage::RemindAfter;
use crate::ui::app::{App, use_app};
use crate::ui::components::{Skeleton, Tab, Tabs};
use crate::ui::pages::failed;
use crate::ui::route::{DataTab, Route};

/// A part of the data page, or the report of the merge `seq` below the history.
#[component]
pub fn DataPage(tab: DataTab, #[prop(optional)] seq: Option<Seq>) -> impl IntoView {
    let app = use_app();
    let tabs = Signal::derive(move || {
        let t = &app.t().data;
        let words = |this: DataTab| match this {
            DataTab::Overview => t.tab_overview,
            DataTab::Import => t.tab_import,
            DataTab::Share => app.t().share.tab,
            DataTab::Products => t.tab_products,
            DataTab::Duplicates => app.t().duplicates.tab,
            DataTab::History => t.tab_history,
            DataTab::Trash => t.tab_trash,
        };
        DataTab::ALL
            .map(|this| Tab { label: words(this).to_owned(), href: Route::Data(this).href(), current: this == tab })
            .to_vec()
    });
    view! {
        <div class="page data" class:tall=tab == DataTab::Products>
            <Tabs label=Signal::derive(move || app.t().data.tabs.to_owned()) tabs />
            {match tab {
                _ if seq.is_some() => view! { <share::MergePage seq=seq.unwrap_or_default() /> }.into_any(),
                DataTab::Overview => view! { <overview::OverviewTab /> }.into_any(),
                DataTab::Import => view! { <import::ImportTab /> }.into_any(),
                DataTab::Share => view! { <share::ShareTab /> }.into_any(),
                DataTab::Products => view! { <products::ProductsTab /> }.into_any(),
                DataTab::Duplicates => view! { <duplicates::DuplicatesTab /> }.into_any(),
                DataTab::History => view! { <history::HistoryTab /> }.into_any(),
                DataTab::Trash => view! { <trash::TrashTab /> }.into_any(),
            }}
        </div>
    }
}

/// What stands in for an answer that is not here yet.
fn waiting(app: App) -> AnyView {
    view! { <Skeleton lines=8 label=Signal::derive(move || app.t().common.loading.to_owned()) /> }.into_any()
}
