//! The annotations of one article. Spans are bytes of its full text.

use crate::article::{Article, ArticleId};
use crate::text::{Projection, Span};
use crate::when::Interval;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

pub use super::timex::{Timex, TimexKind};

/// One article with everything found in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Annotated {
    /// The article; kept apart from what was found in it wherever both are stored.
    #[serde(skip)]
    pub article: Arc<Article>,
    /// Its headline.
    pub title: Option<String>,
    /// Author names, as printed.
    pub byline: Option<String>,
    /// The paper, agency or site.
    pub outlet: Option<String>,
    /// Its language, and whether the rules for English were run.
    pub language: Language,
    /// The full text cut into blocks with a role: rising, disjoint, without blank space between lines.
    pub blocks: Vec<Block>,
    /// Sentences of the analysed blocks, rising.
    pub sentences: Vec<Span>,
    /// When it was published.
    pub published: Published,
    /// Time expressions, rising.
    pub timexes: Vec<Timex>,
    /// Mentions of names, rising, disjoint.
    pub mentions: Vec<Mention>,
    /// Entities of this article alone; [`Mention::entity`] counts into it.
    pub entities: Vec<LocalEntity>,
    /// Event mentions, rising.
    pub events: Vec<EventMention>,
}

impl Annotated {
    /// An article with nothing found yet.
    pub fn new(article: Arc<Article>) -> Self {
        Self {
            article,
            title: None,
            byline: None,
            outlet: None,
            language: Language::default(),
            blocks: Vec::new(),
            sentences: Vec::new(),
            published: Published::default(),
            timexes: Vec::new(),
            mentions: Vec::new(),
            entities: Vec::new(),
            events: Vec::new(),
        }
    }

    /// The full text.
    pub fn text(&self) -> &str {
        &self.article.text
    }

    /// The id of the article.
    pub fn id(&self) -> ArticleId {
        self.article.id()
    }

    /// The block that holds byte `at`.
    pub fn block(&self, at: u32) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.span.start <= at);
        let block = self.blocks.get(after.checked_sub(1)?)?;
        block.span.holds(at).then_some(block)
    }

    /// The sentence that holds byte `at`, as an index into [`Self::sentences`].
    pub fn sentence(&self, at: u32) -> Option<usize> {
        let after = self.sentences.partition_point(|span| span.start <= at);
        let index = after.checked_sub(1)?;
        self.sentences.get(index)?.holds(at).then_some(index)
    }

    /// The text of the contract (body, subheads, captions; all of it under `--as-is`), with the
    /// table that carries spans over to its code points.
    pub fn projection(&self) -> Projection {
        if self.article.as_is {
            return Projection::whole(self.text());
        }
        let kept = self.blocks.iter().filter(|block| block.role.is_text());
        Projection::new(self.text(), kept.map(|block| block.span), "\n")
    }
}

/// A stretch of the full text (a line, or part of one) and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The stretch, without white space around it.
    pub span: Span,
    /// What it is.
    pub role: Role,
}

/// What a block of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Running text.
    Body,
    /// The headline.
    Headline,
    /// A heading inside the text.
    Subhead,
    /// Who wrote it.
    Byline,
    /// The place (and day) a report was filed from, before its first sentence.
    Dateline,
    /// A publication date line or a date header glued to the first sentence.
    DateLine,
    /// A picture caption.
    Caption,
    /// A caption said before, word for word.
    CaptionRepeat,
    /// The name of the outlet on a line of its own.
    Outlet,
    /// "With reporting by ...": agencies that contributed.
    WireCredit,
    /// Menus, breadcrumbs, "accessibility links".
    Navigation,
    /// The start of another article.
    Teaser,
    /// "See also", "watch", "read more" lines.
    CrossPromo,
    /// Invitations to subscribe.
    Newsletter,
    /// Text of a media player.
    Player,
    /// Comment forms and their small print.
    CommentForm,
    /// Copyright and republication lines.
    Copyright,
    /// Share buttons, cookie lines, tags and everything else that is not the article.
    Furniture,
}

impl Role {
    /// True where the block is part of the contract's `text`.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Body | Self::Subhead | Self::Caption)
    }

    /// True where expressions, names and events are looked for.
    pub const fn is_analysed(self) -> bool {
        self.is_text() || matches!(self, Self::Headline)
    }

    /// True where the block belongs to the article's head rather than to page furniture.
    pub const fn is_head(self) -> bool {
        matches!(
            self,
            Self::Headline | Self::Byline | Self::Dateline | Self::DateLine | Self::Outlet
        )
    }

    /// True where the block is page furniture: shown dimmed or hidden, never mined.
    pub const fn is_furniture(self) -> bool {
        !self.is_analysed() && !self.is_head()
    }

    /// The reason printed for a removed block.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Headline => "headline",
            Self::Subhead => "subhead",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::DateLine => "date-line",
            Self::Caption => "caption",
            Self::CaptionRepeat => "caption-repeat",
            Self::Outlet => "outlet",
            Self::WireCredit => "wire-credit",
            Self::Navigation => "navigation",
            Self::Teaser => "teaser",
            Self::CrossPromo => "cross-promo",
            Self::Newsletter => "newsletter",
            Self::Player => "player",
            Self::CommentForm => "comment-form",
            Self::Copyright => "copyright",
            Self::Furniture => "furniture",
        }
    }
}

/// The language of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// ISO 639-1 where there is one, else 639-3; `und` where unsure.
    pub code: Cow<'static, str>,
    /// English rules were run.
    pub analysed: bool,
}

/// When an article was published, and why we think so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The day, or the days it may be.
    pub interval: Interval,
    /// How it is known.
    pub basis: Basis,
    /// How sure.
    pub confidence: Confidence,
    /// The quotes and rules that decided, most telling first.
    pub evidence: Vec<Evidence>,
    /// Candidates that were seen and not believed.
    pub rejected: Vec<Rejected>,
    /// Evidence that speaks against the result, in plain words.
    pub conflicts: Vec<String>,
}

/// How a publication date is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The text says so (a date line, a stamp in the byline).
    Stated,
    /// The file's metadata say so.
    Metadata,
    /// It follows from what the text says.
    Inferred,
    /// The caller or a person gave it.
    Given,
    /// Nothing is known.
    #[default]
    None,
}

/// How sure a date is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Nothing to go by.
    #[default]
    None,
    /// The year comes from elsewhere, or the window is wide.
    Low,
    /// Inferred within a week, the year stated.
    Medium,
    /// Stated, and nothing speaks against it.
    High,
}

/// One quote that decided a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The words.
    pub quote: String,
    /// Where they stand.
    pub place: EvidencePlace,
    /// Another article, where the words stand there.
    pub article: Option<ArticleId>,
    /// The words in the full text, where they stand there.
    pub span: Option<Span>,
    /// 1-based source line.
    pub line: Option<u32>,
    /// The rule that read them, such as `weekday-past`.
    pub rule: Cow<'static, str>,
}

/// Where a quote of evidence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidencePlace {
    /// In the contract's `text`.
    Text,
    /// In a block that `text` leaves out (a date line, a byline).
    Removed,
    /// In the headline.
    Title,
    /// In the metadata of the source.
    Metadata,
    /// In the URL or path.
    Path,
    /// In another article.
    Article,
}

/// A candidate date that was not believed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rejected {
    /// The words.
    pub quote: String,
    /// The date they give.
    pub value: Interval,
    /// The rule that saw them.
    pub rule: Cow<'static, str>,
    /// Why not, in plain words.
    pub why: String,
}

/// Kinds of named entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organization.
    Org,
    /// A place: country, town, region, river.
    Place,
    /// A nationality, religious or political group.
    Norp,
    /// Any other name.
    Misc,
}

impl EntityKind {
    /// All kinds, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::Person, Self::Org, Self::Place, Self::Norp, Self::Misc];

    /// The word of the JSON contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Org => "ORG",
            Self::Place => "PLACE",
            Self::Norp => "NORP",
            Self::Misc => "MISC",
        }
    }
}

/// One mention of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The name as written, without title or possessive.
    pub span: Span,
    /// Its kind.
    pub kind: EntityKind,
    /// The entity of this article it belongs to: an index into [`Annotated::entities`].
    pub entity: u32,
}

/// One entity within one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalEntity {
    /// Its kind.
    pub kind: EntityKind,
    /// Its fullest form in this article.
    pub name: String,
}

/// Whether something happened or held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// It happened.
    #[default]
    Event,
    /// It held over a stretch ("has been in power since 1994").
    State,
}

/// What dates an event mention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventBasis {
    /// A time expression of its own.
    Timex,
    /// The publication date.
    Published,
    /// The day carried over from the sentence before.
    Carried,
    /// Nothing.
    #[default]
    None,
}

/// One mention of an event: a clause that says that something happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventMention {
    /// The clause.
    pub span: Span,
    /// The sentence that holds it: an index into [`Annotated::sentences`].
    pub sentence: u32,
    /// When.
    pub date: Interval,
    /// Happened or held.
    pub kind: EventKind,
    /// Said to lie ahead.
    pub planned: bool,
    /// What dates it.
    pub basis: EventBasis,
    /// The time expression that dates it: an index into [`Annotated::timexes`].
    pub timex: Option<u32>,
    /// Entities of this article that take part: indices into [`Annotated::entities`].
    pub entities: Vec<u32>,
}
