//! Viewer tokens of an account.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod revoke;

use api::{ErrorCode, Permission, viewer::ViewerScope};
use index::QueryPart;

use crate::{
    admin::ViewerRequest,
    app::App,
    auth::{permit::CanRead, viewer},
    control::Maker,
    http::Problem,
    reading::Lens,
    search::question::refuse_hidden,
};

/// Who makes a token or a link with this permit, when what it shall show is nothing that is hidden from the maker.
///
/// A question about a hidden column would tell what stands there: by what is found.
pub(super) fn maker(
    app: &App,
    permit: &CanRead,
    request: &mut ViewerRequest,
) -> Result<Maker, Problem> {
    let Some(maker) = permit.principal().maker() else {
        let detail = "keys and people make viewer tokens; tokens do not make tokens".to_owned();
        return Err(permit.refuse(app, ErrorCode::PermissionMissing, detail));
    };
    if request.grant.scopes.contains(&ViewerScope::Export) {
        permit.need(app, Permission::AuditExport)?;
    }
    let asked = viewer::question(&request.grant, permit.account())?;
    let mut parts: Vec<(String, QueryPart<'_>)> = Vec::new();
    if let Some(question) = &asked {
        let in_filter = question.filter.criteria.iter();
        parts.extend(in_filter.map(|one| ("/filter".to_owned(), QueryPart::Column(&one.column))));
        let refining = question.refine.iter();
        parts.extend(refining.map(|one| ("/refine".to_owned(), QueryPart::Column(&one.column))));
        if !question.text.is_empty() {
            parts.push(("/q".to_owned(), QueryPart::Text));
        }
    }
    if request.grant.resource.is_some() {
        parts.push(("/resource".to_owned(), QueryPart::Resource));
    }
    refuse_hidden(app, permit, &Lens::of(app, permit), parts)?;
    request.hide_what_is_hidden_from(permit.reach());
    Ok(maker)
}
