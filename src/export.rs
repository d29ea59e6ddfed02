//! What leaves the program: the types that serialize, apart from the internal ones.

pub mod json;
