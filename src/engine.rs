//! The pipeline that fills a store while readers look at it.
//!
//! Work runs on its own threads; readers get immutable snapshots through a channel, each newer
//! than the last. The screen never waits for any of it.

use crate::source::{FileReport, Options};
use crate::store::Read;
use crossbeam_channel::Receiver;
use std::path::PathBuf;
use std::sync::Arc;

/// What to read.
#[derive(Clone, Debug)]
pub enum Input {
    /// Files and folders.
    Paths(Vec<PathBuf>),
    /// The collection that is compiled in.
    BuiltIn,
    /// Bytes that were read from standard input.
    Stdin(Vec<u8>),
}

/// How to read it.
#[derive(Clone, Debug)]
pub struct Request {
    /// What.
    pub input: Input,
    /// How.
    pub options: Options,
    /// What a person changed; empty where there is none.
    pub overlay: crate::store::Overlay,
}

/// News from the pipeline.
#[derive(Clone)]
pub enum Progress {
    /// A newer state of the collection. The last one before `Done` is complete.
    Snapshot(Arc<dyn Read>),
    /// Files read and files found so far.
    Files {
        /// Read.
        done: usize,
        /// Found.
        total: usize,
    },
    /// A file did not load whole.
    Report(FileReport),
    /// All is read and analysed.
    Done,
}

/// A pipeline at work. Dropping it asks the work to stop.
pub struct Engine {
    /// Its news, in order.
    pub progress: Receiver<Progress>,
    /// Where what a person changes is sent: the pipeline answers with a snapshot.
    pub decisions: crossbeam_channel::Sender<crate::store::overlay::Entry>,
}
