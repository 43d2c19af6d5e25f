//! The few icons, drawn on a 24-unit grid with one stroke. Always beside a word or with a label on the button.

use crate::ui::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Today,
    Customers,
    Segments,
    Smile,
    Data,
    Settings,
    Search,
    Plus,
    Close,
    Left,
    Right,
    Up,
    Down,
    Check,
    Trash,
    Edit,
    Undo,
    Sun,
    Moon,
    Monitor,
    Copy,
    Warning,
    Info,
    Phone,
    Gift,
    Filter,
    Upload,
    Download,
    Shop,
    Globe,
    Order,
    Note,
    Shield,
    More,
    Calendar,
    Table,
    Chart,
    Print,
    Target,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Today => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7.5v5l3.5 2",
            Self::Customers => {
                "M9 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7M2.5 20c.3-3.6 3-5.8 6.5-5.8s6.2 2.2 6.5 5.8M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.8c2 .8 3.3 2.6 3.5 5.2"
            }
            Self::Segments => "M20.5 15A9 9 0 1 1 9 3.5M12.5 3v8.5H21A8.5 8.5 0 0 0 12.5 3",
            Self::Target => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8",
            Self::Smile => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M8.5 14.2c1.6 2.4 5.4 2.4 7 0M9 9.5v.6M15 9.5v.6",
            Self::Data => {
                "M4.5 6c0-1.7 3.4-3 7.5-3s7.5 1.3 7.5 3s-3.4 3-7.5 3s-7.5-1.3-7.5-3M4.5 6v12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3V6M4.5 12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3"
            }
            Self::Settings => {
                "M3.5 7.5h9M19 7.5h1.5M3.5 16.5H5M11.5 16.5h9M15.7 4.8a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 0 0 0-5.4M8.3 13.8a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 0 0 0-5.4"
            }
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L20.5 20.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Left => "M14.5 5.5L8 12l6.5 6.5",
            Self::Right => "M9.5 5.5L16 12l-6.5 6.5",
            Self::Up => "M5.5 14.5L12 8l6.5 6.5",
            Self::Down => "M5.5 9.5L12 16l6.5-6.5",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Trash => "M4 6.5h16M9 6.5V4h6v2.5M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6",
            Self::Edit => "M4 20l.8-4L16.5 4.3l3.2 3.2L8 19.2zM14 6.8l3.2 3.2",
            Self::Undo => "M8.5 4.5L4 9l4.5 4.5M4.5 9H14a5.5 5.5 0 0 1 0 11h-4",
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5",
            Self::Monitor => "M3.5 4.5h17v12h-17zM9 20.5h6M12 16.5v4",
            Self::Copy => "M8.5 8.5h11v12h-11zM15.5 8.5v-5h-11v12h4",
            Self::Warning => "M12 3.5L22 20.5H2zM12 10v5M12 17.5v.5",
            Self::Info => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 11v5.5M12 7.5v.5",
            Self::Phone => {
                "M5 3.5h4l1.5 5l-2.5 1.7a12 12 0 0 0 5.8 5.8l1.7-2.5l5 1.5v4c0 .8-.7 1.5-1.5 1.5C11 20.5 3.5 13 3.5 5c0-.8.7-1.5 1.5-1.5"
            }
            Self::Gift => {
                "M4 8h16v4H4zM5.5 12v8.5h13V12M12 8v12.5M12 8C9 8 7.5 6.8 7.5 5.2S9.5 3 12 8c2.5-5 4.5-4.4 4.5-2.8S15 8 12 8"
            }
            Self::Filter => "M4 6h16M7 12h10M10 18h4",
            Self::Upload => "M12 15.5V4M7 8.5L12 3.5l5 5M4 15.5v5h16v-5",
            Self::Download => "M12 3.5V15M7 10.5l5 5l5-5M4 15.5v5h16v-5",
            Self::Shop => "M4 10.5v10h16v-10M3 7.5l2-4h14l2 4c0 1.7-1.3 3-3 3s-3-1.3-3-3c0 1.7-1.3 3-3 3s-3-1.3-3-3c0 1.7-1.3 3-3 3s-3-1.3-3-3M9.5 20.5v-5h5v5",
            Self::Globe => {
                "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M3 12h18M12 3c2.5 2.5 3.8 5.5 3.8 9s-1.3 6.5-3.8 9c-2.5-2.5-3.8-5.5-3.8-9s1.3-6.5 3.8-9"
            }
            Self::Order => "M5.5 3.5h13v17l-2.2-1.5l-2.1 1.5l-2.2-1.5l-2.2 1.5l-2.1-1.5l-2.2 1.5zM9 8.5h6M9 12.5h6",
            Self::Note => "M4 4.5h16v12H10.5L6.5 20.5v-4H4zM8 9h8M8 12.5h5",
            Self::Shield => "M12 3l8 3v5.5c0 4.5-3.2 7.8-8 9.5c-4.8-1.7-8-5-8-9.5V6zM8.5 12l2.5 2.5l4.5-5",
            Self::More => "M5.5 12h.01M12 12h.01M18.5 12h.01",
            Self::Calendar => "M4 5.5h16v15H4zM4 10h16M8.5 3v4M15.5 3v4",
            Self::Table => "M3.5 4.5h17v15h-17zM3.5 9.5h17M3.5 14.5h17M9.5 9.5v10",
            Self::Print => "M7 9V4h10v5M7 17H4.5V9.5h15V17H17M7 14h10v6H7z",
            Self::Chart => "M4 4v16h16M8.5 16v-5M13 16V7.5M17.5 16v-3",
        }
    }
}

/// An icon, 18 px, in the colour of its text.
pub fn icon(icon: Icon) -> impl IntoView {
    view! {
        <svg
            class="icon"
            class:bold=icon == Icon::More
            viewBox="0 0 24 24"
            width="18"
            height="18"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=icon.path() />
        </svg>
    }
}
