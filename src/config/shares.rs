//! How much of the screen each pane has: shares in thousandths, given in the settings in hundredths.

use serde::{Deserialize, Serialize};

macro_rules! shares {
    ($($(#[doc = $doc:literal])+ $field:ident = $name:literal $default:literal,)+) => {
        /// Shares of the screen, in thousandths.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Shares {
            $($(#[doc = $doc])+ pub $field: u16,)+
        }

        impl Default for Shares {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl Shares {
            /// Names in the settings file, with the default in hundredths and what each is.
            pub const NAMES: &'static [(&'static str, u16, &'static str)] =
                &[$(($name, $default / 10, concat!($($doc),+)),)+];

            /// Sets a share by its name, in hundredths.
            ///
            /// # Errors
            /// A sentence, where there is no such share or the number is out of bounds.
            pub fn set(&mut self, name: &str, percent: i64) -> Result<(), String> {
                let field = match name {
                    $($name => &mut self.$field,)+
                    _ => return Err(format!("{name:?} is no share of the screen")),
                };
                match u16::try_from(percent) {
                    Ok(percent @ 10..=90) => {
                        *field = percent * 10;
                        Ok(())
                    }
                    _ => Err(format!("{name} must be a number from 10 to 90, not {percent}")),
                }
            }

            /// The same, with every share in its bounds.
            #[must_use]
            pub fn bounded(self) -> Self {
                Self { $($field: self.$field.clamp(100, 900),)+ }
            }
        }
    };
}

shares! {
    /// Height of the list above the other pane, below 100 columns.
    list = "list" 300,
    /// Width of the left panes, from 100 to 159 columns.
    left = "left" 430,
    /// Height of the upper panes, from 100 to 159 columns.
    top = "top" 500,
    /// Height of the upper panes, from 160 columns on.
    wide_top = "wide-top" 560,
    /// Width of the text, from 160 columns on.
    wide_text = "wide-text" 400,
    /// Width of the list, of what the text leaves, from 160 columns on.
    wide_list = "wide-list" 500,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_set_by_name_within_bounds() {
        let mut shares = Shares::default();
        assert_eq!(shares.set("left", 60), Ok(()));
        assert_eq!(shares.left, 600);
        assert!(shares.set("left", 95).is_err() && shares.set("right", 50).is_err());
        for (name, percent, _) in Shares::NAMES {
            assert_eq!(shares.set(name, i64::from(*percent)), Ok(()));
        }
        assert_eq!(shares, Shares::default());
    }
}
