//! The people at an organisation.

use crate::ui::prelude::*;

use super::quick::begin;
use crate::domain::{Kind, Value};
use crate::engine::api::{CustomerView, RecordRow};
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Icon, IconButton};
use crate::ui::pages::record::{Opened, reach, use_forms};

#[component]
pub(super) fn People(customer: Memo<CustomerView>) -> impl IntoView {
    let app = use_app();
    let forms = use_forms();
    let contacts = Memo::new(move |_| customer.with(|c| c.contacts.clone()));
    let add = move || {
        let (id, name) = customer.with_untracked(|c| (c.id, c.record.title.clone()));
        begin(forms, Kind::Contact, id, name);
    };
    let person = move |row: RecordRow| {
        let text = |name: &str| match row.values.iter().find(|(n, _)| n == name) {
            Some((_, Value::Text(text))) => text.clone(),
            _ => String::new(),
        };
        let (role, phone, email) = (text("role"), text("phone"), text("email"));
        let name = row.title.clone();
        let label = Signal::derive(move || app.locale.get().form_title(Kind::Contact, false));
        view! {
            <li class="contact-row">
                <div>
                    <b>{name}</b> <span class="quiet-text">{role}</span>
                    <p>{[("phone", phone), ("email", email)].map(|(name, text)| reach(name, text)).collect_view()}</p>
                </div>
                <IconButton icon=Icon::Edit label on_click=move || forms.open(Opened::edit(row.clone())) />
            </li>
        }
    };
    view! {
        <section class="card profile" aria-labelledby="people-title">
            <div class="card-head">
                <h2 id="people-title">{move || app.locale.get().word("contacts")}</h2>
                <Button kind=ButtonKind::Quiet icon=Icon::Plus on_click=add>{move || app.t().common.add}</Button>
            </div>
            <ul class="contact-list">{dynamic(move || contacts.get().into_iter().map(person).collect_view())}</ul>
        </section>
    }
}
