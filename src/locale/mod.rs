//! Every sentence the user sees, in both languages side by side. A missing one does not compile.
