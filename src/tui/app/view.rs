//! The frame around every screen: the title line, the rules, the footer; and the screen within. It changes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::App;
use crate::tui::canvas::{Canvas, inset, row};
use crate::tui::hit::{Hit, Target};
use crate::tui::look::SMALLEST;
use crate::tui::overlays;
use crate::tui::shared::work::Kept;
use crate::tui::wrap::width;

impl App {
    /// Draws everything; returns where a click leads.
    pub fn view(&self, frame: &mut Frame) -> Vec<Hit> {
        let area = frame.area();
        let mut canvas = Canvas::new(frame.buffer_mut(), &self.shared.look);
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            draw_too_small(&mut canvas, area);
        } else {
            self.draw(&mut canvas, area);
        }
        let (hits, cursor) = (std::mem::take(&mut canvas.hits), canvas.cursor);
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
        hits
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        // On a low terminal the rules give their rows to the screen.
        let ruled = area.height >= 16;
        self.draw_title(canvas, row(area, 0));
        let (top, bottom) = if ruled { (2, 2) } else { (1, 1) };
        if ruled {
            canvas.rule(row(area, 1));
            canvas.rule(row(area, area.height - 2));
        }
        let body = Rect { y: area.y + top, height: area.height - top - bottom, ..area };
        self.screen.place().draw(canvas, body, &self.shared);
        if let Some(overlay) = &self.overlay {
            canvas.hits.clear();
            canvas.cursor = None;
            overlays::place(overlay).draw(canvas, area, &self.shared);
        }
        self.draw_footer(canvas, row(area, area.height - 1));
    }

    fn draw_title(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        let area = inset(area, 1);
        let used = canvas.line(area, &[("ramrole", theme.here), ("   ", theme.text)]);
        let kept = match &self.shared.work.kept {
            Kept::Nothing => String::new(),
            Kept::Writing | Kept::Saved if self.shared.work.lacks_text => {
                "text too large for the draft".to_owned()
            }
            Kept::Writing | Kept::Saved if self.shared.work.name.is_empty() => "draft saved".to_owned(),
            Kept::Writing | Kept::Saved => format!("{} saved", self.shared.work.name),
            Kept::Failed(_) => "draft not saved".to_owned(),
        };
        let keys = self.shared.key_of("keys").map(|key| format!("{key} keys")).unwrap_or_default();
        let gap = if kept.is_empty() { "" } else { "   " };
        let steps = self.screen.place().progress(&self.shared);
        let end = match (self.shared.look.is_medium(), steps.is_empty()) {
            (true, _) => format!("{steps}{kept}{gap}{keys} "),
            (false, true) => format!("{keys} "),
            // On a narrow terminal the way matters more than what is said elsewhere too.
            (false, false) => format!("{} ", steps.trim_end()),
        };
        let room = area.width.saturating_sub(used + width(&end) + 1);
        let title = self.screen.place().title(&self.shared);
        canvas.text(Rect { x: area.x + used, width: room, ..area }, &title, theme.strong);
        let fails = matches!(self.shared.work.kept, Kept::Failed(_)) || self.shared.work.lacks_text;
        let style = if fails { theme.warn } else { theme.dim };
        canvas.right(area, &end, style);
    }

    fn draw_footer(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        let mut area = inset(area, 1);
        if let Some(notice) = &self.shared.notice {
            let style = if notice.bad { theme.warn } else { theme.good };
            let sign = if notice.bad { canvas.symbols().warn } else { canvas.symbols().done };
            canvas.line(area, &[(sign, style), (" ", theme.text), (&notice.text, theme.text)]);
            return;
        }
        let mut before = String::new();
        for index in self.shared.keys.active(self.shared.kinds) {
            let label = self.top().label(self.shared.keys.binding(index));
            let Some(press) = self.shared.keys.of(index).first().filter(|_| !label.is_empty()) else {
                continue;
            };
            let shown = format!("{before}{}", press.shown(canvas.symbols().ascii));
            before.clear();
            if label == "+" {
                before = shown;
                continue;
            }
            let takes = width(&shown) + 1 + width(label);
            if takes > area.width {
                break;
            }
            canvas.hit(Rect { width: takes, ..area }, Target::Key(index));
            canvas.line(area, &[(&shown, theme.key), (" ", theme.text), (label, theme.dim)]);
            area = inset(area, takes + 3);
        }
    }
}

fn draw_too_small(canvas: &mut Canvas, area: Rect) {
    let theme = canvas.theme();
    let (columns, rows) = SMALLEST;
    let text = format!(
        "ramrole needs {columns} columns and {rows} rows; here are {} and {}. Make the window larger, or press Ctrl-C. Nothing is lost.",
        area.width, area.height
    );
    canvas.wrapped(area, &text, theme.text);
}
