//! Numbers from plain slices: no data set, no storage, no locale. Pure.
