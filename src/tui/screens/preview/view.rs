//! The finished plan, drawn.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Preview, Tab};
use crate::domain::plan::Plan;
use crate::domain::report::left_out;
use crate::domain::sketch::{Change, Line};
use crate::tui::canvas::{Canvas, below, inset, left, row};

use crate::tui::highlight::Language;
use crate::tui::hit::Target;
use crate::tui::severity::{colour, sign};
use crate::tui::sheet_view;
use crate::tui::wrap::{width, wrap};

impl Preview {
    pub(super) fn draw_all(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        let area = inset(area, 2);
        let Some(plan) = self.plan() else {
            canvas.text(row(area, 1), "Making the plan.", theme.dim);
            return;
        };
        self.draw_tabs(canvas, area);
        let purpose = self.purpose(plan);
        canvas.text(row(area, 3), &purpose, theme.text);
        let area = below(area, 5);
        match self.tab() {
            Some(Tab::Document(index)) => {
                let language = Language::of(plan.documents[index].name);
                let changes = self.diff.then(|| changed(&self.lines));
                let lines = changes.as_deref().unwrap_or(&self.lines);
                // What fits is shown whole.
                let first = self.first.min(lines.len().saturating_sub(usize::from(area.height)));
                sheet_view::lines(canvas, area, lines, first, language);
            }
            Some(Tab::Summary) => self.draw_text(canvas, area, &summary(plan)),
            Some(Tab::Commands) => self.draw_text(canvas, area, &commands(plan)),
            Some(Tab::Console) => self.draw_text(canvas, area, &console(plan)),
            Some(Tab::Findings) => self.draw_text(canvas, area, &findings(plan)),
            None => {}
        }
    }

    /// The tabs, as many as fit around the one at hand, which is underlined.
    fn draw_tabs(&self, canvas: &mut Canvas, area: Rect) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let titles: Vec<String> = self.tabs().into_iter().map(|tab| self.title(tab)).collect();
        let mut first = 0;
        let room = |first: usize| titles[first..=self.at].iter().map(|title| width(title) + 3).sum::<u16>();
        while first < self.at && room(first) > area.width {
            first += 1;
        }
        let mut place = row(area, 0);
        if first > 0 {
            canvas.text(place, symbols.ellipsis, theme.dim);
            place = inset(place, 2);
        }
        for (index, title) in titles.iter().enumerate().skip(first) {
            if width(title) > place.width {
                canvas.right(row(area, 0), symbols.ellipsis, theme.dim);
                break;
            }
            let here = index == self.at;
            let used = canvas.text(place, title, if here { theme.here } else { theme.dim });
            canvas.hit(left(place, used), Target::Tab(index));
            if here {
                let line = symbols.under.repeat(usize::from(used));
                canvas.text(Rect { y: place.y + 1, ..left(place, used) }, &line, theme.here);
                canvas.cursor_at(place, 0);
            }
            place = inset(place, used + 3);
        }
    }

    /// What the tab is for, in a sentence.
    fn purpose(&self, plan: &Plan) -> String {
        match self.tab() {
            Some(Tab::Summary) | None => plan.summary.clone(),
            Some(Tab::Document(index)) => {
                let document = &plan.documents[index];
                format!("{}, {}.", document.name, document.purpose)
            }
            Some(Tab::Commands) => {
                "In this order, in the folder with the documents; each is safe to paste.".to_owned()
            }
            Some(Tab::Console) => "The same in the console, in this order.".to_owned(),
            Some(Tab::Findings) if plan.findings.is_empty() => "Nothing to say.".to_owned(),
            Some(Tab::Findings) => "Good to know before you deploy, the gravest first.".to_owned(),
        }
    }

    fn draw_text(&self, canvas: &mut Canvas, area: Rect, lines: &[(Kind, String)]) {
        let wide = area.width.min(108);
        let rows = lines.iter().flat_map(|(kind, text)| {
            let indent = kind.indent();
            let wrapped = wrap(text, wide.saturating_sub(indent));
            let wrapped = if wrapped.is_empty() { vec![String::new()] } else { wrapped };
            wrapped.into_iter().map(move |line| (*kind, indent, line))
        });
        for (at, (kind, indent, line)) in (0..area.height).zip(rows.skip(self.first)) {
            canvas.text(inset(row(area, at), indent), &line, kind.style(canvas));
        }
    }
}

/// What a line of text is.
#[derive(Clone, Copy)]
enum Kind {
    Title,
    Text,
    Command,
    Finding(crate::domain::finding::Severity),
    Advice,
}

impl Kind {
    fn indent(self) -> u16 {
        match self {
            Self::Title | Self::Finding(_) => 0,
            Self::Text | Self::Command | Self::Advice => 3,
        }
    }

    fn style(self, canvas: &Canvas) -> Style {
        let theme = canvas.theme();
        match self {
            Self::Title => theme.strong,
            Self::Text => theme.text,
            Self::Command => theme.value,
            Self::Finding(severity) => colour(theme, severity),
            Self::Advice => theme.dim,
        }
    }
}

fn gap() -> (Kind, String) {
    (Kind::Text, String::new())
}

fn summary(plan: &Plan) -> Vec<(Kind, String)> {
    let mut lines = vec![(Kind::Title, "What is to be done".to_owned())];
    lines.extend(
        plan.steps
            .iter()
            .enumerate()
            .map(|(index, step)| (Kind::Text, format!("{}. {}", index + 1, step.title))),
    );
    lines.extend([gap(), (Kind::Title, "What you have for it".to_owned())]);
    lines.extend(
        plan.documents
            .iter()
            .map(|document| (Kind::Text, format!("{}: {}", document.name, document.purpose))),
    );
    lines.extend([gap(), (Kind::Title, "This plan again, as one command (Y copies it)".to_owned())]);
    lines.push((Kind::Command, plan.command_line.clone()));
    lines
}

fn commands(plan: &Plan) -> Vec<(Kind, String)> {
    let steps = plan.steps.iter().filter(|step| !step.commands.is_empty());
    let step = |step: &crate::domain::plan::Step| {
        let title = (Kind::Title, format!("# {}", step.title));
        let commands = step.commands.iter().map(|command| (Kind::Command, command.clone()));
        std::iter::once(title).chain(commands).chain([gap()]).collect::<Vec<_>>()
    };
    steps.flat_map(step).collect()
}

fn console(plan: &Plan) -> Vec<(Kind, String)> {
    let steps = plan.steps.iter().enumerate().flat_map(|(index, step)| {
        [(Kind::Title, format!("{}. {}", index + 1, step.title)), (Kind::Text, step.console.clone()), gap()]
    });
    steps.collect()
}

fn findings(plan: &Plan) -> Vec<(Kind, String)> {
    let said = plan.findings.iter().flat_map(|finding| {
        let severity = finding.severity();
        let head = format!("{} {}", sign(severity), finding.message);
        let advice = format!("{} [{}]", finding.advice(), finding.rule.code);
        [(Kind::Finding(severity), head), (Kind::Advice, advice), gap()]
    });
    let left_out = Some(left_out("plan", &plan.findings)).filter(|line| !line.is_empty());
    said.chain(left_out.map(|line| (Kind::Advice, line.trim_end().to_owned()))).collect()
}

/// The lines that change, with two lines around each.
fn changed(lines: &[Line]) -> Vec<Line> {
    const AROUND: usize = 2;
    let near = |at: usize| {
        let from = at.saturating_sub(AROUND);
        lines[from..(at + AROUND + 1).min(lines.len())].iter().any(|line| line.change != Change::Kept)
    };
    (0..lines.len()).filter(|at| near(*at)).map(|at| lines[at].clone()).collect()
}

/// How many lines a text takes that is not a document, for scrolling.
pub(super) fn text_lines(plan: &Plan, tab: Tab, columns: u16) -> usize {
    let lines = match tab {
        Tab::Summary => summary(plan),
        Tab::Commands => commands(plan),
        Tab::Console => console(plan),
        Tab::Findings => findings(plan),
        Tab::Document(_) => return 0,
    };
    let wide = columns.saturating_sub(2).min(108);
    lines.iter().map(|(kind, text)| wrap(text, wide.saturating_sub(kind.indent())).len().max(1)).sum()
}
