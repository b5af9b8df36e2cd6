//! How what was not decided about the catalogue becomes a refusal.

use api::{ErrorCode, ProblemItem};

use super::Problem;
use crate::admin::CatalogueRefusal;

impl From<CatalogueRefusal> for Problem {
    fn from(refusal: CatalogueRefusal) -> Self {
        let detail = refusal.to_string();
        let code = match refusal {
            CatalogueRefusal::Invalid { pointer, message } => {
                return Self::new(ErrorCode::InvalidBody, detail).item(ProblemItem {
                    index: None,
                    pointer,
                    code: "invalid_value".to_owned(),
                    message,
                });
            }
            CatalogueRefusal::Evolution(refused) => {
                let code = ErrorCode::EvolutionRefused;
                return Self::new(code, detail).items(refused.into_iter().map(|refused| {
                    ProblemItem {
                        index: None,
                        pointer: refused.pointer,
                        code: code.as_str().to_owned(),
                        message: refused.message,
                    }
                }));
            }
            CatalogueRefusal::NoSuchAction(_) => ErrorCode::ActionNotFound,
            CatalogueRefusal::NoSuchAlias(_) => ErrorCode::AliasNotFound,
            CatalogueRefusal::Taken(_) => ErrorCode::ActionTaken,
            CatalogueRefusal::Reserved(_) => ErrorCode::ActionReserved,
            CatalogueRefusal::TooMany(_) => ErrorCode::TooMany,
            CatalogueRefusal::Seen(_) => ErrorCode::ActionSeen,
            CatalogueRefusal::Version { .. } => ErrorCode::VersionConflict,
        };
        Self::new(code, detail)
    }
}
