//! Keeps an archive in step with the store that it is made from.

use super::doc::{Doc, Name};
use super::{Archive, Error};
use crate::annotate::{Annotated, EntityKind};
use crate::article::ContentHash;
use crate::resolve::EntityId;
use crate::search::index::{IN_TEXT, stretches};
use crate::store::{Numbered, Read};
use std::collections::{BTreeSet, HashMap};
use std::fs::{File, TryLockError};
use std::sync::PoisonError;

/// More new articles than this are sorted on disk; fewer are put in memory first.
const MANY: usize = 2000;
/// Larger segments than this are not merged while somebody waits for an answer.
const SMALL: u32 = 50_000;
/// Articles between two looks at whether somebody still waits.
const BATCH: usize = 128;

impl Archive {
    /// Takes in what is new in the store, takes out what is gone, and writes that to disk. Cheap where nothing is new:
    /// the state tells. Once `cancelled` the rest is left for the next time. Large
    /// segments stay as they are: see [`Self::merge`].
    pub fn follow(
        &self,
        store: &dyn Read,
        numbered: &dyn Numbered,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        let now = (numbered.state(), numbered.revision());
        // Where another process takes in what is new, what there is will do until the next question.
        let Some(_alone) = self.lock()? else {
            return self.refresh();
        };
        self.refresh()?;
        let shows = self.list().shows;
        if shows == Some(now) {
            return Ok(());
        }
        let (gone, new) = if shows.is_some_and(|(_, revision)| revision == now.1) {
            (Vec::new(), numbered.numbers(self.greatest()))
        } else {
            self.differences(numbered.numbers(0))
        };
        self.remove(&gone);
        let mut names = Names::default();
        if new.len() > MANY {
            let mut writer = self.writer();
            for (key, version) in new {
                if cancelled() {
                    return Ok(());
                }
                names.with_doc(store, numbered, (key, version), |doc| writer.add(doc))?;
            }
            writer.finish()?;
        } else {
            for batch in new.chunks(BATCH) {
                if cancelled() {
                    return Ok(());
                }
                for one in batch {
                    names.with_doc(store, numbered, *one, |doc| self.add(&[*doc]))?;
                }
            }
        }
        self.list().shows = Some(now);
        self.commit()?;
        self.merge(SMALL)?;
        Ok(())
    }

    /// Keeps other processes from changing the archive for as long as the file is there; `None` where one does.
    fn lock(&self) -> Result<Option<File>, Error> {
        let path = self.folder.join("lock");
        let file = File::create(&path).map_err(|error| Error::io(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Error::io(&path, error)),
        }
    }

    /// The greatest key there is.
    fn greatest(&self) -> u64 {
        let now = self.now();
        let keys = now.segments.iter().map(|own| own.segment.keys.1);
        keys.max().unwrap_or(0)
    }

    fn list(&self) -> std::sync::MutexGuard<'_, super::Manifest> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keys that the store has no more, and numbers that the archive has not, or in another version.
    fn differences(&self, mut numbers: Vec<(u64, u32)>) -> (Vec<u64>, Vec<(u64, u32)>) {
        let mut own = Vec::with_capacity(self.len());
        for held in &self.now().segments {
            let segment = &held.segment;
            let alive = |doc: &u32| held.dead.as_ref().is_none_or(|dead| !dead.has(*doc));
            let docs = (0..segment.docs).filter(alive);
            own.extend(docs.map(|doc| (segment.key(doc), segment.version(doc))));
        }
        own.sort_unstable();
        numbers.sort_unstable();
        let missing = |from: &[(u64, u32)], one: &(u64, u32)| from.binary_search(one).is_err();
        let gone = own
            .iter()
            .filter(|one| missing(&numbers, one))
            .map(|(key, _)| *key);
        let gone = gone.collect();
        let new = numbers
            .iter()
            .filter(|one| missing(&own, one))
            .copied()
            .collect();
        (gone, new)
    }
}

/// The spellings of an entity, under each of its ids.
#[derive(Debug)]
struct Known {
    ids: Vec<u64>,
    kind: EntityKind,
    spellings: Vec<String>,
}

/// Entities that were looked up lately: the same few are in most articles.
#[derive(Default)]
struct Names {
    known: HashMap<EntityId, Option<Known>>,
}

/// Entities that are kept.
const MOST_KNOWN: usize = 20_000;

impl Names {
    /// Gives an article to `take` as the archive wants it; `Ok` where it is gone.
    fn with_doc(
        &mut self,
        store: &dyn Read,
        numbered: &dyn Numbered,
        (key, version): (u64, u32),
        take: impl FnOnce(&Doc<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Some(id) = numbered.with_number(key) else {
            return Ok(());
        };
        let (Some(row), Some(article)) = (store.row(&id), store.article(&id)) else {
            return Ok(());
        };
        let locals = 0..article.entities.len() as u32;
        let entities: BTreeSet<EntityId> = locals
            .filter_map(|local| store.entity_of(&id, local))
            .collect();
        if self.known.len() > MOST_KNOWN {
            self.known.clear();
        }
        for entity in &entities {
            if !self.known.contains_key(entity) {
                self.known.insert(entity.clone(), look_up(store, entity));
            }
        }
        let known: Vec<&Known> = entities
            .iter()
            .filter_map(|id| self.known.get(id)?.as_ref())
            .collect();
        let spellings: Vec<Vec<&str>> = known
            .iter()
            .map(|own| own.spellings.iter().map(String::as_str).collect())
            .collect();
        let names: Vec<Name<'_>> = known
            .iter()
            .zip(&spellings)
            .flat_map(|(own, spellings)| {
                own.ids.iter().map(|id| Name {
                    id: *id,
                    kind: own.kind,
                    spellings,
                })
            })
            .collect();
        take(&Doc {
            key,
            version,
            hash: row.hash,
            published: row.published.interval,
            title: &row.title,
            text: &text_of(&article),
            names: &names,
            outlet: row.source.as_deref().unwrap_or_default(),
            path: row.path.as_deref().unwrap_or_default(),
            language: &row.language,
        })
    }
}

fn look_up(store: &dyn Read, id: &EntityId) -> Option<Known> {
    let entity = store.entity(id)?;
    let ids = entity.aliases.iter().chain([&entity.id]);
    let variants = entity.variants.iter().map(|variant| variant.text.clone());
    Some(Known {
        ids: ids
            .map(|id| super::short(&ContentHash::of(id.as_str().as_bytes())))
            .collect(),
        kind: entity.kind,
        spellings: variants.chain([entity.name.clone()]).collect(),
    })
}

/// What is searched of an article beside its headline: its blocks, parted by blank lines.
pub(in crate::search) fn text_of(article: &Annotated) -> String {
    let stretches = stretches(article).into_iter();
    let texts = stretches.filter(|(_, field)| *field == IN_TEXT);
    let texts: Vec<&str> = texts.map(|(span, _)| span.of(article.text())).collect();
    texts.join("\n\n")
}
