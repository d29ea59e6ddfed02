//! dateline opens a pile of news articles and shows who, where and when.
//!
//! # A map of the code
//!
//! Data goes one way. Each layer uses lower layers only (`tests/tidy.rs` checks it):
//!
//! | layer | module | what it does |
//! |---|---|---|
//! | 0 | [`text`], [`when`], [`article`] | spans, sentences, dates with precision; data only |
//! | 1 | [`source`] | bytes to articles: formats, encodings, scrubbing |
//! | 2 | [`annotate`] | one article to blocks, dates, names and event mentions |
//! | 3 | [`resolve`], [`timeline`] | mentions of many articles to entities and events |
//! | 4 | [`store`], [`search`], [`export`], [`config`] | the read trait and the overlay, the query language, the JSON contract, settings |
//! | 5 | [`engine`] | the pipeline that fills a store while readers look at it |
//! | 6 | [`cli`], [`tui`] | what a person or a script sees |
//!
//! Everything left of [`store`] is a pure function of bytes, configuration and an explicit "now".
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreadable_literal
    )
)]

pub mod annotate;
pub mod article;
pub mod cli;
pub mod config;
pub mod engine;
pub mod export;
pub mod resolve;
pub mod search;
pub mod source;
pub mod store;
pub mod text;
pub mod timeline;
pub mod tui;
pub mod when;
