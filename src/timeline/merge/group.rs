//! Mentions of one event as one thing: what they share, and how like another group they are.

use super::bag::Bag;
use super::{ENTITIES, LIKE_WORDS, SAME_WORDS};
use crate::annotate::event::Class;
use crate::timeline::profile::{Told, is_person, is_place};
use crate::when::Interval;
use chrono::NaiveDate;

/// A mention with its entities resolved.
pub(in crate::timeline) struct Item<'a> {
    pub(in crate::timeline) told: &'a Told,
    /// Index of its article.
    pub(in crate::timeline) article: usize,
    /// Entities that take part, as keys, rising.
    pub(in crate::timeline) entities: Vec<u64>,
    /// The main entities of its article, rising.
    pub(in crate::timeline) top: Vec<u64>,
    /// Last day on which its article can have been written.
    pub(in crate::timeline) written: Option<NaiveDate>,
}

/// Mentions of one event, with counts for comparison.
#[derive(Clone, Debug, Default)]
pub(in crate::timeline) struct Group {
    /// Indices of items, rising.
    pub(in crate::timeline) items: Vec<usize>,
    /// Its date: the finest of its mentions.
    pub(in crate::timeline) date: Interval,
    pub(super) classes: Bag<Class>,
    /// The class most of its mentions have.
    class: Option<Class>,
    /// Verbs of mentions that have no class.
    pub(super) verbs: Bag<u64>,
    pub(super) entities: Bag<u64>,
    /// The main entities of its articles.
    pub(super) top: Bag<u64>,
    pub(super) words: Bag<u64>,
    /// What was counted, with how many and without.
    pub(super) figures: Bag<u64>,
    /// Mentions counted in `words`: those whose clause tells the event itself.
    pub(super) texts: u32,
    pub(super) nouns: u32,
    pub(super) reports: u32,
    /// Mentions that say it did not happen.
    pub(super) denials: u32,
    /// Mentions that say it was more often than once.
    pub(super) repeats: u32,
    /// The article of all its mentions, where they have one.
    article: Option<usize>,
    /// Mentions that say it lies ahead, or was planned.
    pub(super) plans: u32,
    pub(super) began: Option<(NaiveDate, NaiveDate)>,
}

impl Group {
    pub(super) fn of(index: usize, item: &Item) -> Self {
        let mut made = Self {
            date: item.told.date,
            began: item.told.began,
            ..Self::default()
        };
        made.add(index, item);
        made
    }

    pub(super) fn add(&mut self, index: usize, item: &Item) {
        self.items.push(index);
        if let Some(class) = item.told.class {
            self.classes.add_one(class);
            self.class = self
                .classes
                .iter()
                .max_by_key(|(class, count)| (*count, std::cmp::Reverse(*class)))
                .map(|(class, _)| class);
        } else {
            self.verbs.add_one(item.told.word);
        }
        self.entities.add(&item.entities);
        self.top.add(&item.top);
        self.figures.add(&item.told.counted);
        // The words around "the August 9 election" tell of something else.
        if item.told.noun {
            self.nouns += 1;
        } else {
            self.texts += 1;
            self.words.add(&item.told.words);
        }
        self.reports += u32::from(item.told.report);
        self.repeats += u32::from(item.told.repeated);
        self.article =
            (self.items.len() == 1 || self.article == Some(item.article)).then_some(item.article);
        self.denials += u32::from(item.told.denied);
        self.plans += u32::from(item.told.planned);
        if let (Some(mine), Some(theirs)) = (self.began, item.told.began) {
            let both = (mine.0.max(theirs.0), mine.1.min(theirs.1));
            self.began = Some(if both.0 <= both.1 { both } else { mine });
        }
    }

    pub(super) fn absorb(&mut self, other: &Self, items: &[Item]) {
        for index in &other.items {
            if let Some(item) = items.get(*index) {
                self.add(*index, item);
            }
        }
        self.items.sort_unstable();
    }

    /// The class most of its mentions have.
    pub(in crate::timeline) const fn class(&self) -> Option<Class> {
        self.class
    }

    pub(super) fn len(&self) -> f64 {
        self.items.len().max(1) as f64
    }

    /// A third of its mentions.
    fn least(&self) -> u32 {
        (self.items.len() as u32).div_ceil(3)
    }

    /// Share of the smaller set of entities that both have, counting those in at least a third of the
    /// mentions; `None` where one has none.
    pub(super) fn entity_overlap(&self, other: &Self) -> Option<f64> {
        let (mine, theirs) = (self.least(), other.least());
        let smaller = self.entities.often(mine).min(other.entities.often(theirs));
        if smaller == 0 {
            return None;
        }
        let both = self.entities.both(&other.entities);
        let shared = both.filter(|(a, b)| *a >= mine && *b >= theirs).count();
        Some(shared as f64 / smaller as f64)
    }

    /// Entities in at least a third of its mentions that the other names at all.
    pub(super) fn shared_entities(&self, other: &Self) -> usize {
        let least = self.least();
        let both = self.entities.both(&other.entities);
        both.filter(|(mine, _)| *mine >= least).count()
    }

    pub(super) fn top_overlap(&self, other: &Self) -> f64 {
        let smaller = self.top.len().min(other.top.len());
        if smaller == 0 {
            return 0.0;
        }
        self.top.both(&other.top).count() as f64 / smaller as f64
    }

    /// Cosine of the word counts; 0 where one has too few words to tell.
    pub(super) fn word_likeness(&self, other: &Self) -> f64 {
        if self.words.len().min(other.words.len()) < 3 {
            return 0.0;
        }
        self.words.cosine(&other.words)
    }

    pub(super) fn same_class(&self, other: &Self) -> bool {
        if self.classes.is_empty() || other.classes.is_empty() {
            return self.classes.is_empty()
                && other.classes.is_empty()
                && self.verbs.both(&other.verbs).next().is_some();
        }
        self.leading().any(|mine| {
            other
                .leading()
                .any(|theirs| mine == theirs || (mine.akin() && theirs.akin()))
        })
    }

    /// Classes that at least a third of its mentions have.
    fn leading(&self) -> impl Iterator<Item = Class> + '_ {
        let least = self.least();
        self.classes
            .iter()
            .filter(move |(_, count)| *count >= least)
            .map(|(class, _)| class)
    }

    /// True where both name a person.
    pub(super) fn shares_person(&self, other: &Self) -> bool {
        let mut both = self.entities.join(&other.entities);
        both.any(|(key, ..)| is_person(key))
    }

    /// True where one has a day and the other at most a month.
    fn near_to(&self, other: &Self) -> bool {
        let days = |group: &Self| group.date.days().unwrap_or(i64::MAX);
        days(self).min(days(other)) == 1 && days(self).max(days(other)) <= 31
    }

    /// True where both name people, and none of them is the same.
    fn other_people(&self, other: &Self) -> bool {
        let people = |group: &Self| group.entities.keys().any(is_person);
        people(self) && people(other) && !self.shares_person(other)
    }

    /// True where one says that it happened and the other that it did not.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        let denies = |group: &Self| f64::from(group.denials) > group.len() / 2.0;
        let opposite = self
            .class()
            .zip(other.class())
            .is_some_and(|(mine, theirs)| mine.opposes(theirs));
        // A plan and its calling off are one.
        let plans = self.is_plan() && other.is_plan();
        (denies(self) != denies(other) && !plans) || opposite
    }

    /// True where all its mentions only plan it.
    pub(super) fn is_plan(&self) -> bool {
        self.plans as usize == self.items.len()
    }

    /// How surely two groups count one thing: "killing at least 19" and "19 people died" of articles
    /// on one matter, or "killing 19" and "killing 27" of one day and place.
    fn counts_alike(&self, other: &Self, shared: f64) -> Option<f64> {
        let (number, thing) = self.count_one(other);
        let close = |days: i64| {
            let mut dates = [self.date, other.date].into_iter();
            dates.all(|date| date.days().is_some_and(|long| long <= days))
        };
        if number && close(31) && self.top_overlap(other) >= ENTITIES {
            return Some(0.9 + shared);
        }
        // Many things can happen to many people in one town.
        let mut entities = self.entities.join(&other.entities);
        let beyond = shared >= 1.0 && entities.any(|(key, ..)| !is_place(key));
        (thing && close(1) && beyond).then_some(0.4 + shared)
    }

    /// True where both name somebody or something whom the other does not, of a kind that `wanted`
    /// tells, in half of their mentions and more.
    fn each_its_own(&self, other: &Self, wanted: fn(u64) -> bool) -> bool {
        let own = |one: &Self, two: &Self| {
            let least = (one.items.len() as u32).div_ceil(2);
            let mut keys = one.entities.iter();
            keys.any(|(key, count)| count >= least && wanted(key) && !two.entities.contains(key))
        };
        own(self, other) && own(other, self)
    }

    /// Whether both give one number of one thing, and whether they count one thing at all.
    fn count_one(&self, other: &Self) -> (bool, bool) {
        let (mut number, mut thing) = (false, false);
        for (key, ..) in self.figures.join(&other.figures) {
            number |= key & 1 == 1;
            thing |= key & 1 == 0;
        }
        (number, thing)
    }

    /// True where both count the same thing, and as many: "the bombings that killed 15".
    pub(super) fn counts_same(&self, other: &Self) -> bool {
        self.count_one(other).0
    }

    /// True where both count the same thing and never as many.
    fn counts_apart(&self, other: &Self) -> bool {
        let (number, thing) = self.count_one(other);
        thing && !number
    }

    /// True for two meetings of one person with others, and two attacks in one town: who or where
    /// else differs, and one article tells them apart or their counts do.
    fn other_of_its_kind(&self, other: &Self) -> bool {
        let Some(class) = self.class().filter(|class| Some(*class) == other.class()) else {
            return false;
        };
        let told_apart = self.article.is_some() && self.article == other.article;
        let by_whom = class.with_others() && told_apart && self.each_its_own(other, is_person);
        let by_place = class.at_a_place()
            && (told_apart || self.counts_apart(other))
            && self.each_its_own(other, is_place);
        by_whom || by_place
    }

    fn says(&self) -> bool {
        f64::from(self.reports) > self.len() / 2.0
    }

    /// How surely two groups with compatible dates are one event; 0 where they are not.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        if self.contradicts(other) {
            return 0.0;
        }
        let words = self.word_likeness(other);
        if words < SAME_WORDS && self.other_of_its_kind(other) {
            return 0.0;
        }
        let entities = self.entity_overlap(other);
        let shared = entities.unwrap_or(0.0);
        if self.says() || other.says() {
            // What two speakers say on one day are two events.
            let same = self.says() == other.says() && shared >= ENTITIES && words >= LIKE_WORDS;
            return if same || words >= 0.6 {
                0.5 + words
            } else {
                0.0
            };
        }
        // "Holders will vote on April 28", "holders approved the sale on April 28".
        let came = self.is_plan() != other.is_plan();
        if came && shared >= 1.0 && words >= LIKE_WORDS {
            return 0.7 + words;
        }
        if self.same_class(other) {
            // "A verdict is expected in mid-April": whose, the article says.
            let turns = self.class().is_some_and(Class::turns);
            if came && turns && entities.is_none() && self.top_overlap(other) >= ENTITIES {
                return 0.8;
            }
            let apart = entities.is_some_and(|overlap| overlap == 0.0);
            // A place has one election a day: articles about like things mean the same one.
            let once = self
                .leading()
                .any(|class| class.once() && other.classes.contains(class));
            let named = once || self.nouns > 0 || other.nouns > 0;
            let about_same = || self.top_overlap(other) >= if once { 0.25 } else { ENTITIES };
            // One shared country says little where many things happen in it.
            let several = || self.shared_entities(other) >= 2;
            // Many like things happen within a month: there the words must agree too.
            let narrow = self.date.days().is_some_and(|days| days <= 14);
            let classed = || self.class().is_some() && (once || (narrow && several()));
            // "Police arrested Ann Lee", "police arrested Tom Veld": a day for each.
            let fates = self.class().is_some_and(Class::sole) && self.other_people(other);
            if fates {
                return if words >= 0.8 { 0.5 + words } else { 0.0 };
            }
            // "was charged in September" and "prosecutors charged Ann Lee on 14 September".
            // "Police detained the director, Ann Lee" and "Lee, who was detained on March 15".
            let turning = self.class().is_some_and(Class::turns) && shared >= 1.0;
            if turning && self.near_to(other) && self.shares_person(other) {
                return 0.9 + shared + words;
            }
            if shared >= ENTITIES && (words >= 0.15 || classed()) {
                return 1.0 + shared + words;
            }
            if words >= LIKE_WORDS && !apart {
                return 1.0 + words;
            }
            if named && self.class().is_some() && (narrow || once) && about_same() {
                return 0.8 + shared;
            }
        }
        if let Some(likeness) = self.counts_alike(other, shared) {
            return likeness + words;
        }
        // Another kind of event with other people needs nearly the same words.
        let other_kind = self.class().is_some() && other.class().is_some();
        let least = if other_kind && shared < ENTITIES {
            0.8
        } else {
            SAME_WORDS
        };
        if words >= least {
            return 0.6 + words;
        }
        let akin = shared >= ENTITIES && self.shared_entities(other) >= 2 && words >= LIKE_WORDS;
        if akin { 0.4 + words } else { 0.0 }
    }
}
