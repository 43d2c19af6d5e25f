//! The browser: IndexedDB store, workers, files. Wasm only.
