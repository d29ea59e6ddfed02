//! The one vocabulary of everything a person can make the screen do.
//!
//! An action's name is used in keymap files, on the `:` command line and in the help; its doc
//! comment is its help text. Not here: what an action does (that is `tui`), and which keys give
//! it (that is [`super::keymap`]).

use std::fmt;

/// Declares the vocabulary once: variants, names and help texts cannot drift apart.
macro_rules! actions {
    (
        plain { $( $(#[doc = $doc:literal])+ $variant:ident = $name:literal, )+ }
        with_argument { $( $(#[doc = $adoc:literal])+ $avariant:ident = $aname:literal $hint:literal, )+ }
    ) => {
        /// What a person asks for: plain data, bound to keys, typed on the command line, clicked.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $( $(#[doc = $doc])+ $variant, )+
            $( $(#[doc = $adoc])+ $avariant(String), )+
        }

        impl Action {
            /// Every action, in the order of the help; those with an argument have an empty one.
            pub fn all() -> Vec<Self> {
                vec![ $( Self::$variant, )+ $( Self::$avariant(String::new()), )+ ]
            }

            /// Its name, in kebab-case.
            pub const fn name(&self) -> &'static str {
                match self {
                    $( Self::$variant => $name, )+
                    $( Self::$avariant(_) => $aname, )+
                }
            }

            /// What it does, in one sentence.
            pub const fn help(&self) -> &'static str {
                match self {
                    $( Self::$variant => concat!($($doc),+).trim_ascii_start(), )+
                    $( Self::$avariant(_) => concat!($($adoc),+).trim_ascii_start(), )+
                }
            }

            /// What its argument is, where it takes one.
            pub const fn argument(&self) -> Option<&'static str> {
                match self {
                    $( Self::$avariant(_) => Some($hint), )+
                    _ => None,
                }
            }

            /// The action called `name` with this argument.
            fn named(name: &str, argument: &str) -> Option<Self> {
                match name {
                    $( $name => Some(Self::$variant), )+
                    $( $aname => Some(Self::$avariant(argument.to_owned())), )+
                    _ => None,
                }
            }
        }
    };
}

actions! {
    plain {
        /// Move down.
        Down = "down",
        /// Move up.
        Up = "up",
        /// Go to the top.
        Top = "top",
        /// Go to the bottom.
        Bottom = "bottom",
        /// Move down half a page.
        HalfPageDown = "half-page-down",
        /// Move up half a page.
        HalfPageUp = "half-page-up",
        /// Move down a page.
        PageDown = "page-down",
        /// Move up a page.
        PageUp = "page-up",
        /// Scroll the text down, from any pane.
        ScrollTextDown = "scroll-text-down",
        /// Scroll the text up, from any pane.
        ScrollTextUp = "scroll-text-up",
        /// Go to the next pane.
        NextPane = "next-pane",
        /// Go to the previous pane.
        PreviousPane = "previous-pane",
        /// Go to the articles.
        FocusArticles = "focus-articles",
        /// Go to the text.
        FocusText = "focus-text",
        /// Go to the entities.
        FocusEntities = "focus-entities",
        /// Go to the timeline.
        FocusTimeline = "focus-timeline",
        /// Go to the evidence.
        FocusEvidence = "focus-evidence",
        /// Enlarge the pane, or bring the others back.
        Enlarge = "enlarge",
        /// Give the pane more room.
        Grow = "grow",
        /// Give the pane less room.
        Shrink = "shrink",
        /// Open or follow: an article's text, an event's sentence, an entity's next mention.
        Open = "open",
        /// Clear what is searched, filtered or marked, or close what is on top.
        Back = "back",
        /// Go back; leave when there is nowhere to go back to.
        Close = "close",
        /// Leave.
        Quit = "quit",
        /// Search articles as you type; in the text, find in the text.
        Search = "search",
        /// Go to the next match.
        NextMatch = "next-match",
        /// Go to the previous match.
        PreviousMatch = "previous-match",
        /// Type a command by name.
        CommandLine = "command-line",
        /// Show all keys; type to search them.
        Help = "help",
        /// Show the next kind of entities.
        NextKind = "next-kind",
        /// Show the previous kind of entities.
        PreviousKind = "previous-kind",
        /// Switch between the entities of this article and of all.
        ToggleScope = "toggle-scope",
        /// Zoom the timeline in: year, month, week, day.
        ZoomIn = "zoom-in",
        /// Zoom the timeline out: day, week, month, year.
        ZoomOut = "zoom-out",
        /// Show or fold away menus, teasers and other boilerplate of the page.
        Boilerplate = "boilerplate",
        /// Mark or unmark.
        Mark = "mark",
        /// Mark everything from the last mark to here; in the timeline, filter by these days.
        MarkRange = "mark-range",
        /// Go to the entity at the cursor.
        EntityAtCursor = "entity-at-cursor",
        /// Go to the event at the cursor in the timeline.
        TimelineAtCursor = "timeline-at-cursor",
        /// Go to the next mention of the selected name, through all articles.
        NextMention = "next-mention",
        /// Go to the previous mention of the selected name, through all articles.
        PreviousMention = "previous-mention",
        /// List the links of the article; a number opens one.
        Links = "links",
        /// Compare the article with its copies, side by side, or with the one that was open before.
        Compare = "compare",
        /// Show who is told of together with the selected name.
        Company = "company",
        /// Show a month with what fell on each day.
        Calendar = "calendar",
        /// Show articles and events over time, to choose a stretch of days.
        Histogram = "histogram",
        /// Show why this date: the words, the rule, what speaks against it.
        WhyThisDate = "why-this-date",
        /// Set the publication date of the article.
        SetDate = "set-date",
        /// Filter everything by the selected entity: adds it, or takes it out again.
        FilterEntity = "filter-entity",
        /// Show only what the open article tells, or everything again.
        OnlyArticle = "only-article",
        /// Show only what is new since last time, or everything again.
        OnlyNew = "only-new",
        /// Clear the filter and the search.
        ClearFilter = "clear-filter",
        /// Merge the marked entities into the selected one, or accept what is suggested.
        Merge = "merge",
        /// List the spellings of the selected entity, to take some out or accept one.
        Split = "split",
        /// Hide the selected entity in all articles.
        Hide = "hide",
        /// Hide the selected entity in the open article only.
        HideHere = "hide-here",
        /// List the hidden names, to show some again.
        Hidden = "hidden",
        /// Star the article or the marked ones, or take the star off.
        Star = "star",
        /// Mark the article or the marked ones read, or unread again.
        ToggleRead = "toggle-read",
        /// Give the article or the marked ones tags, or take some off.
        EditTags = "edit-tags",
        /// Write a note on the article.
        EditNote = "edit-note",
        /// Take the last change back: all that one action did.
        Undo = "undo",
        /// Do what was taken back again.
        Redo = "redo",
        /// Copy a citation: the event, the quote, file and line, the content hash.
        CopyCitation = "copy-citation",
        /// Copy the path of the article.
        CopyPath = "copy-path",
        /// Open the original link of the article; it is shown first.
        OpenLink = "open-link",
        /// Open the file in your editor, at the line.
        OpenEditor = "open-editor",
        /// Show around in six steps.
        Tour = "tour",
        /// List folders that were open lately, to open one.
        Recent = "recent",
        /// Give what is in front of you to a command of the shell: the article, the names, the events.
        PipeLine = "pipe-line",
        /// Write what is shown into a file, in a form that other programs read.
        ExportView = "export-view",
        /// List the saved searches.
        Sources = "sources",
        /// Show the next source of the list: all articles, or a saved search.
        NextSource = "next-source",
        /// Show the previous source of the list.
        PreviousSource = "previous-source",
        /// Draw the screen anew.
        Redraw = "redraw",
        /// Stop and go to the shell; `fg` comes back.
        Suspend = "suspend",
    }
    with_argument {
        /// Show only articles that match a query.
        Filter = "filter" "QUERY",
        /// Tell the story of what is shown in N dates, with K sentences each.
        Digest = "digest" "N [K]",
        /// Show only what falls on these days; FROM and TO may be years or months.
        Range = "range" "FROM [TO]",
        /// Go to a date in the timeline and the list.
        Goto = "goto" "YYYY[-MM[-DD]]",
        /// Set the publication date of the article.
        Date = "date" "YYYY-MM-DD",
        /// Give the article tags; `-` before one takes it off.
        Tag = "tag" "TAG [-TAG]",
        /// Write a note on the article.
        Note = "note" "TEXT",
        /// Keep what is searched and filtered as a source of the list.
        Save = "save" "NAME",
        /// Forget a saved search.
        Forget = "forget" "NAME",
        /// Give what is in front of you to a command of the shell.
        Pipe = "pipe" "COMMAND",
        /// Write what is shown into a file; `!` before its name writes over one.
        Export = "export" "FORM [FILE]",
        /// Change the colours.
        Theme = "theme" "NAME",
    }
}

impl Action {
    /// Reads `name` or `name argument`.
    ///
    /// # Errors
    /// A sentence that names the nearest action.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (name, argument) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let argument = argument.trim();
        let Some(action) = Self::named(name, argument) else {
            let all = Self::all();
            let near = super::nearest(name, all.iter().map(Self::name));
            return Err(match near {
                Some(near) => format!("no action is called {name:?}; did you mean {near:?}?"),
                None => format!("no action is called {name:?}"),
            });
        };
        match (action.argument(), argument.is_empty()) {
            (None, false) => Err(format!("{name} takes no argument")),
            (Some(what), true) => Err(format!("{name} needs an argument: {what}")),
            _ => Ok(action),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Filter(argument)
            | Self::Digest(argument)
            | Self::Goto(argument)
            | Self::Range(argument)
            | Self::Date(argument)
            | Self::Tag(argument)
            | Self::Note(argument)
            | Self::Save(argument)
            | Self::Forget(argument)
            | Self::Pipe(argument)
            | Self::Export(argument)
            | Self::Theme(argument) => write!(f, "{} {argument}", self.name()),
            _ => f.write_str(self.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for action in Action::all() {
            let text = match action.argument() {
                Some(_) => format!("{} x", action.name()),
                None => action.name().to_owned(),
            };
            let read = Action::parse(&text).unwrap();
            assert_eq!(read.name(), action.name());
            assert_eq!(read.to_string(), text);
            assert!(action.help().ends_with('.'), "{}", action.name());
        }
    }

    #[test]
    fn a_typo_gets_the_nearest_name() {
        assert_eq!(
            Action::parse("why-this-dat").unwrap_err(),
            "no action is called \"why-this-dat\"; did you mean \"why-this-date\"?"
        );
        assert!(Action::parse("filter").unwrap_err().contains("QUERY"));
        assert!(Action::parse("down 3").is_err());
    }
}
