//! What lies over a screen, drawn.

use ratatui::layout::Rect;

use super::{Ask, Overlay, Pick, Prompt};
use crate::tui::app::App;
use crate::tui::canvas::{Canvas, above, below, inset, left, row};
use crate::tui::completions;
use crate::tui::highlight::Language;
use crate::tui::hit::Target;
use crate::tui::keys::ALL;
use crate::tui::list::{List, scrolled};
use crate::tui::sheet_view;
use crate::tui::wrap::width;

impl App {
    /// Draws what lies over the screen.
    pub fn draw_overlay(&self, canvas: &mut Canvas, area: Rect) {
        match &self.overlay {
            Some(Overlay::Keys { first }) => self.draw_keys(canvas, area, *first),
            Some(Overlay::Palette(list)) => self.draw_palette(canvas, area, list),
            Some(Overlay::Ask(ask)) => draw_ask(canvas, area, ask),
            Some(Overlay::Pick(pick)) => draw_pick(canvas, area, pick),
            Some(Overlay::Prompt(prompt)) => draw_prompt(canvas, area, prompt),
            None => {}
        }
    }

    fn draw_keys(&self, canvas: &mut Canvas, area: Rect, first: usize) {
        let (theme, ascii) = (canvas.theme(), canvas.symbols().ascii);
        let rows: Vec<(String, &str)> = self
            .help_rows()
            .into_iter()
            .map(|index| (self.keys.shown(index, ascii), ALL[index].help))
            .collect();
        let area = panel(canvas, area, "The keys that work now");
        let keys = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0).min(area.width / 2);
        for (at, (shown, help)) in (0..area.height).zip(rows.iter().skip(first)) {
            let line = row(area, at);
            canvas.text(left(line, keys), shown, theme.key);
            canvas.text(inset(line, keys + 2), help, theme.text);
        }
    }

    fn draw_palette(&self, canvas: &mut Canvas, area: Rect, list: &List) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let entries = self.palette();
        let shown = list.shown(&self.palette_words());
        let area = panel(canvas, area, "What should be done?");
        let list_area = below(area, 2);
        let at = shown.iter().position(|index| *index == list.cursor).unwrap_or(0);
        let first = scrolled(at, shown.len(), usize::from(list_area.height));
        for (place, index) in (0..list_area.height).zip(shown.iter().skip(first)) {
            let here = *index == list.cursor;
            let entry = entries[*index];
            let line = row(list_area, place);
            let sign = if here { symbols.here } else { " " };
            let style = if here { theme.here } else { theme.text };
            canvas.line(line, &[(sign, theme.here), (" ", theme.text), (ALL[entry].help, style)]);
            canvas.right(line, &self.keys.shown(entry, symbols.ascii), theme.dim);
            canvas.hit(line, Target::Entry(*index));
        }
        if let Some(field) = &list.filter {
            completions::field(canvas, row(area, 0), field, "save", true);
        }
    }
}

fn draw_ask(canvas: &mut Canvas, area: Rect, ask: &Ask) {
    let theme = canvas.theme();
    let area = panel(canvas, area, "");
    let used = canvas.wrapped(area, &ask.title, theme.strong);
    sheet_view::lines(canvas, below(area, used + 1), &ask.lines, ask.first, Language::Json);
}

fn draw_pick(canvas: &mut Canvas, area: Rect, pick: &Pick) {
    let (theme, symbols) = (canvas.theme(), canvas.symbols());
    let area = panel(canvas, area, pick.title);
    for ((at, index), (title, _)) in (0..area.height).zip(0..).zip(&pick.rows) {
        let here = index == pick.list.cursor;
        let (sign, style) = if here { (symbols.here, theme.here) } else { (" ", theme.text) };
        canvas.line(row(area, at), &[(sign, theme.here), (" ", theme.text), (title, style)]);
        canvas.hit(row(area, at), Target::Entry(index));
        if here {
            canvas.cursor_at(row(area, at), 0);
        }
    }
}

fn draw_prompt(canvas: &mut Canvas, area: Rect, prompt: &Prompt) {
    let theme = canvas.theme();
    let area = panel(canvas, area, &prompt.title);
    let used = canvas.wrapped(above(area, 2), prompt.help, theme.dim);
    completions::field(canvas, row(area, used + 1), &prompt.field, "", true);
    if let Some(problem) = &prompt.problem {
        canvas.wrapped(below(area, used + 3), problem, theme.bad);
    }
}

/// The place between the rules, blank, with a title; the screen comes back once it is closed.
fn panel(canvas: &mut Canvas, area: Rect, title: &str) -> Rect {
    let theme = canvas.theme();
    let ruled = area.height >= 16;
    let edge = if ruled { 2 } else { 1 };
    let body = above(below(area, edge), edge);
    canvas.clear(body);
    let inner = inset(below(body, u16::from(ruled)), 2);
    let inner = left(inner, inner.width.saturating_sub(2).min(100));
    if title.is_empty() {
        return inner;
    }
    canvas.text(inner, title, theme.strong);
    below(inner, 2)
}
