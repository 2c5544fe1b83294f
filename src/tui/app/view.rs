//! The frame around every screen: the title line, the rules, the footer; and the screen within. It changes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{App, Screen};
use crate::domain::text::visible_line;
use crate::tui::canvas::{Canvas, inset, row};
use crate::tui::hit::{Hit, Target};
use crate::tui::keys::ALL;
use crate::tui::look::SMALLEST;
use crate::tui::work::{Kept, Work};
use crate::tui::wrap::width;

impl App {
    /// Draws everything; returns where a click leads.
    pub fn view(&self, frame: &mut Frame) -> Vec<Hit> {
        let area = frame.area();
        let mut canvas = Canvas::new(frame.buffer_mut(), &self.look);
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
        self.draw_screen(canvas, body);
        if self.overlay.is_some() {
            canvas.hits.clear();
            canvas.cursor = None;
            self.draw_overlay(canvas, area);
        }
        self.draw_footer(canvas, row(area, area.height - 1));
    }

    fn draw_screen(&self, canvas: &mut Canvas, body: Rect) {
        match &self.screen {
            Screen::Home(home) => home.draw(canvas, body, &self.work),
            Screen::Page(page) => page.draw(canvas, body, &self.work),
            Screen::Editor(editor) => editor.draw(canvas, body, &self.work),
            Screen::Preview(preview) => preview.draw(canvas, body),
            Screen::Explain(explain) => explain.draw(canvas, body),
            Screen::Check(check) => check.draw(canvas, body),
            Screen::Credential => self.work.credentials.draw(canvas, body),
        }
    }

    fn draw_title(&self, canvas: &mut Canvas, area: Rect) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let area = inset(area, 1);
        let used = canvas.line(area, &[("ramrole", theme.here), ("   ", theme.text)]);
        let kept = match &self.work.kept {
            Kept::Nothing => String::new(),
            Kept::Writing | Kept::Saved if self.work.lacks_text => "text too large for the draft".to_owned(),
            Kept::Writing | Kept::Saved if self.work.name.is_empty() => "draft saved".to_owned(),
            Kept::Writing | Kept::Saved => format!("{} saved", self.work.name),
            Kept::Failed(_) => "draft not saved".to_owned(),
        };
        let keys = self.key_of("keys", symbols.ascii).map(|key| format!("{key} keys")).unwrap_or_default();
        let gap = if kept.is_empty() { "" } else { "   " };
        let steps = self.progress();
        let end = match (self.look.is_medium(), steps.is_empty()) {
            (true, _) => format!("{steps}{kept}{gap}{keys} "),
            (false, true) => format!("{keys} "),
            // On a narrow terminal the way matters more than what is said elsewhere too.
            (false, false) => format!("{} ", steps.trim_end()),
        };
        let room = area.width.saturating_sub(used + width(&end) + 1);
        let title = self.title(symbols.dot);
        canvas.text(Rect { x: area.x + used, width: room, ..area }, &title, theme.strong);
        let fails = matches!(self.work.kept, Kept::Failed(_)) || self.work.lacks_text;
        let style = if fails { theme.warn } else { theme.dim };
        canvas.right(area, &end, style);
    }

    /// The first key that does something now, by its name.
    pub(super) fn key_of(&self, name: &str, ascii: bool) -> Option<String> {
        let mut rows = self.keys.active(self.contexts()).filter(|index| ALL[*index].name == name);
        rows.find_map(|index| self.keys.of(index).first()).map(|press| press.shown(ascii))
    }

    /// How far one is, where the steps are not shown; what time it is, where that matters.
    fn progress(&self) -> String {
        let page = match &self.screen {
            Screen::Page(page) => page,
            Screen::Credential => return self.work.credentials.time(),
            _ => return String::new(),
        };
        if self.look.is_wide() {
            return String::new();
        }
        let asked: Vec<usize> = Work::asked(&page.trial(&self.work)).collect();
        let here = asked.iter().position(|at| *at == page.at).unwrap_or(0) + 1;
        format!("{here} of {}   ", asked.len() + 1)
    }

    /// What is being worked on.
    fn title(&self, dot: &str) -> String {
        let answers = &self.work.answers;
        match &self.screen {
            Screen::Home(_) => "RAM roles for PAI and DataWorks".to_owned(),
            Screen::Explain(_) => "explain an error".to_owned(),
            Screen::Check(_) => "check a document".to_owned(),
            Screen::Credential if self.work.credentials.shows_clients => "who uses the credential".to_owned(),
            Screen::Credential => "credentials in this instance".to_owned(),
            Screen::Editor(editor) => {
                let changed = if editor.text.is_changed() { ", not saved" } else { "" };
                format!("{}{changed}", visible_line(&editor.name()))
            }
            Screen::Page(_) | Screen::Preview(_) => {
                let workload = answers.workload.map(|workload| workload.sheet().title.value.clone());
                let role = answers.role_name.as_ref().map(|role| format!("role {}", role.name()));
                let config = answers.service_config.as_ref().map(|path| visible_line(path).into_owned());
                let parts: Vec<_> = workload.into_iter().chain(config).chain(role).collect();
                if parts.is_empty() { "associate a role".to_owned() } else { parts.join(&format!(" {dot} ")) }
            }
        }
    }

    fn draw_footer(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        let mut area = inset(area, 1);
        if let Some(notice) = &self.notice {
            let style = if notice.bad { theme.warn } else { theme.good };
            let sign = if notice.bad { canvas.symbols().warn } else { canvas.symbols().done };
            canvas.line(area, &[(sign, style), (" ", theme.text), (&notice.text, theme.text)]);
            return;
        }
        let mut before = String::new();
        for index in self.keys.active(self.contexts()) {
            let label = self.label(index);
            let Some(press) = self.keys.of(index).first().filter(|_| !label.is_empty()) else { continue };
            let shown = format!("{before}{}", press.shown(canvas.symbols().ascii));
            before.clear();
            if label == "+" {
                before = shown;
                continue;
            }
            let takes = width(&shown) + 1 + width(&label);
            if takes > area.width {
                break;
            }
            canvas.hit(Rect { width: takes, ..area }, Target::Key(index));
            canvas.line(area, &[(&shown, theme.key), (" ", theme.text), (&label, theme.dim)]);
            area = inset(area, takes + 3);
        }
    }

    /// What a key is called in the footer: of something to confirm, what is confirmed.
    fn label(&self, index: usize) -> String {
        use crate::tui::keys::On;
        use crate::tui::overlay::Overlay;
        let binding = &ALL[index];
        match (&self.overlay, binding.on, binding.name) {
            (Some(Overlay::Ask(ask)), On::Ask, "yes") => ask.yes.to_owned(),
            (Some(Overlay::Ask(ask)), On::Ask, "other") => {
                ask.other.as_ref().map(|(label, _)| (*label).to_owned()).unwrap_or_default()
            }
            _ => binding.label.to_owned(),
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
