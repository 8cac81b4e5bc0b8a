package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/workflow"
)

// editorPage fills templates/pages/editor.html.
type editorPage struct {
	base
	Work    translations.Work
	Rows    []editorRow // those the filter lets through
	All     []editorRow
	Open    *editorRow // nil: none
	Show    string     // filter: all, open, checks, changed, comments
	Changed []editorRow
	Removed []removedBlock

	Earlier, Later  string // addresses of the parts before and behind; "" where there are none
	from, to, total int    // the place of Rows among those the filter lets through

	CanEdit, CanSubmit, CanTakeBack, CanKeep, CanReview bool

	Panel    panel
	Refuse   string       // why the last request was refused
	Hindered []hindrance  // what keeps the version from being submitted; shown when somebody tried
	Conflict *conflictBox // somebody else saved the open block first
	Terms    *archive.Terms
	Agreed   *archive.Agreement    // in the place of terms nobody has confirmed
	Budgets  []translations.Budget // how much of the limits of the source is used
	Asked    string                // what the editor who sent it back asked for
	AskedBy  string
	AskedAt  time.Time
	Typed    *string // text of the open block as it was sent and refused
}

// removedBlock is a translation of words the source no longer has.
type removedBlock struct {
	Was, Text []run
}

// hindrance is a line of what keeps a version from being submitted.
type hindrance struct {
	Number int
	Text   string
}

// Standing is what the chip says.
func (p editorPage) Standing() string { return string(p.Work.Version.Standing) }

// Most is the longest text a block takes, in bytes, and MostKB in kilobytes.
func (p editorPage) Most() int   { return translations.MaxTarget }
func (p editorPage) MostKB() int { return translations.MaxTarget >> 10 }

// ID is the version's.
func (p editorPage) ID() int64 { return int64(p.Work.Version.ID) }

// Path is the address of the editor.
func editorPath(id translations.VersionID) string {
	return "/desk/versions/" + strconv.FormatInt(int64(id), 10)
}

// At is the address a form of this version goes to.
func (p editorPage) At() string { return editorPath(p.Work.Version.ID) }

// IsApproved says whether a change would take an approval away.
func (p editorPage) IsApproved() bool { return p.Work.Version.State == workflow.Approved }

// InReview says whether somebody else has the version now.
func (p editorPage) InReview() bool { return p.Work.Version.State == workflow.InReview }

// ChangedAt is when the source's present revision was taken.
func (p editorPage) ChangedAt() time.Time { return p.Work.Revision.CreatedAt }

// editor shows a version for translation. ?block=4 opens a block, ?show= filters.
func (s *Server) editor(r *request) error {
	if r.query("part") == "rows" {
		return s.editorRows(r)
	}
	page, err := s.editorPage(r)
	if err != nil {
		return err
	}
	page.Flash = flashOf(r)
	return r.show("editor", page)
}

// editorPage gathers what the editor shows of a version.
func (s *Server) editorPage(r *request) (editorPage, error) {
	id, err := r.number("id")
	if err != nil {
		return editorPage{}, err
	}
	ctx := r.Context()
	w, err := s.Desk.Work(ctx, translations.VersionID(id))
	if err != nil {
		return editorPage{}, err
	}
	comments, err := s.Desk.Comments(ctx, w.Version.ID)
	if err != nil {
		return editorPage{}, err
	}
	page := newEditorPage(r, w, comments)
	if page.Open != nil {
		if page.Panel, err = s.panel(r, page.Open, w, comments); err != nil {
			return editorPage{}, err
		}
	}
	terms, err := s.Archive.TermsInForce(ctx, w.Source.ID)
	switch {
	case err == nil:
		page.Terms = &terms
	case !errors.Is(err, archive.ErrNotFound):
		return editorPage{}, err
	}
	preview, err := s.Desk.Preview(ctx, w.Version.ID)
	if err != nil {
		return editorPage{}, err
	}
	if page.Terms != nil || preview.Content.Agreement != 0 {
		page.Budgets = preview.Budgets
	}
	if id := preview.Content.Agreement; id != 0 {
		g, err := s.Archive.Agreement(ctx, id)
		if err != nil {
			return editorPage{}, err
		}
		page.Agreed = &g
	}
	if w.Version.State == workflow.ChangesRequested {
		if err := s.setAsked(r, &page); err != nil {
			return editorPage{}, err
		}
	}
	return page, nil
}

// setAsked finds the words with which the version was sent back.
func (s *Server) setAsked(r *request, page *editorPage) error {
	steps, err := s.Desk.Reviews(r.Context(), page.Work.Version.ID)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if step.Verdict != translations.ChangesRequested {
			continue
		}
		names, err := s.Desk.Names(r.Context(), step.By)
		if err != nil {
			return err
		}
		page.Asked, page.AskedBy, page.AskedAt = step.Comment, names[step.By], step.At
		return nil
	}
	return nil
}

// newEditorPage is the page of a version, without what needs the database.
func newEditorPage(r *request, w translations.Work, comments []translations.Comment) editorPage {
	v := w.Version
	role := r.member.RoleIn(v.Language)
	page := editorPage{
		base: r.base(r.T("editor.title", "Title", w.Revision.Title)), Work: w, Show: cmp.Or(r.query("show"), "all"),
		CanEdit: v.State.Can(workflow.Edit, role) && !w.IsOriginal, CanSubmit: v.State.Can(workflow.Submit, role),
		CanTakeBack: v.State.Can(workflow.TakeBack, role), CanReview: role.AtLeast(workflow.Editor),
		CanKeep: v.State.Can(workflow.KeepApproval, role) && !w.IsOriginal && v.Stale,
	}
	page.NoIndex, page.Desk, page.Keys = true, "board", editorKeys()
	remarks := map[archive.BlockKey]int{}
	for _, c := range comments {
		if !c.IsResolved() {
			remarks[c.Block]++
		}
	}
	for _, u := range w.Units {
		page.All = append(page.All, newRow(u, w, remarks[u.Block.Key]))
	}
	for _, t := range w.Removed {
		if t.Text != "" {
			page.Removed = append(page.Removed, removedBlock{plainRuns(t.SourceText), plainRuns(t.Text)})
		}
	}
	page.choose(r.query("block"))
	for _, row := range page.All {
		if row.SourceChanged {
			page.Changed = append(page.Changed, row)
		}
	}
	page.filter()
	page.part()
	return page
}

// choose opens a block: the one asked for, or the first that is not confirmed, or the first.
func (p *editorPage) choose(asked string) {
	number, _ := strconv.Atoi(asked)
	at := slices.IndexFunc(p.All, func(r editorRow) bool { return r.Number == number && r.Block.IsTranslated() })
	if at < 0 {
		at = slices.IndexFunc(p.All, func(r editorRow) bool { return r.State != "confirmed" && r.State != "none" })
	}
	if at < 0 {
		at = slices.IndexFunc(p.All, func(r editorRow) bool { return r.Block.IsTranslated() })
	}
	if at < 0 {
		return
	}
	p.All[at].IsOpen, p.All[at].IsNow = true, true
	p.Open = &p.All[at]
	p.Title = p.T("editor.title.block", "Number", p.Open.Number, "Total", len(p.All), "Title", p.Work.Revision.Title)
}

// filter keeps the rows the filter lets through, and the open one.
func (p *editorPage) filter() {
	has := p.filters()[0].has
	known := false
	for _, f := range p.filters() {
		if f.name == p.Show {
			has, known = f.has, true
		}
	}
	if !known {
		p.Show = "all"
	}
	p.Rows = nil
	for _, row := range p.All {
		if p.Show == "all" || row.Block.IsTranslated() && has(row) || row.IsOpen {
			p.Rows = append(p.Rows, row)
		}
	}
}

// after is the number of the next block a filter names, looking on from a block and round again; 0 where there is none.
func (p editorPage) after(number int, has func(editorRow) bool) int {
	for _, turn := range []func(n int) bool{func(n int) bool { return n > number }, func(n int) bool { return n < number }} {
		for _, row := range p.All {
			if turn(row.Number) && row.Block.IsTranslated() && has(row) {
				return row.Number
			}
		}
	}
	return 0
}

// blockPath is the address of the editor with a block open.
func blockPath(id translations.VersionID, number int) string {
	if number == 0 {
		return editorPath(id)
	}
	return fmt.Sprintf("%s?block=%d#b%d", editorPath(id), number, number)
}

// flashes are what a page may say has just happened, by the word after ?done=.
var flashes = map[string]string{
	"submitted": "editor.done.submitted", "taken_back": "editor.done.taken_back", "kept": "editor.done.kept",
	"restored": "editor.done.restored", "commented": "editor.done.commented", "resolved": "editor.done.resolved",
	"approved": "review.done.approved", "changes": "review.done.changes", "published": "review.done.published",
	"withdrawn": "review.done.withdrawn",
}

func flashOf(r *request) string {
	if id := flashes[r.query("done")]; id != "" {
		return r.T(id)
	}
	return ""
}

// editorKeys is the one list of the editor's shortcuts: the legend, the dialog and editor.js (by data-key) go by it.
func editorKeys() []shortcut {
	return []shortcut{
		{Keys: []string{"Ctrl", "Enter"}, Text: "keys.confirm", Short: "keys.confirm.short"},
		{Keys: []string{"Ctrl", "Shift", "Enter"}, Text: "keys.untranslated"},
		{Keys: []string{"Alt", "↑", "↓"}, Text: "keys.blocks", Short: "keys.blocks.short"},
		{Keys: []string{"Alt", "Shift", "↑", "↓"}, Text: "keys.unconfirmed"},
		{Keys: []string{"Alt", "G"}, Text: "keys.goto", Short: "keys.goto.short"},
		{Keys: []string{"Ctrl", "Shift", "C"}, Text: "keys.copy", Short: "keys.copy.short"},
		{Keys: []string{"Alt", "1", "…", "9"}, Text: "keys.tag", Short: "keys.tag.short"},
		{Keys: []string{"Ctrl", ","}, Text: "keys.nexttag"},
		{Keys: []string{"Ctrl", "M"}, Text: "keys.comment", Short: "keys.comment.short"},
		{Keys: []string{"Ctrl", "."}, Text: "keys.panel"},
		{Keys: []string{"Alt", "P"}, Text: "keys.preview", Short: "keys.preview.short"},
		{Keys: []string{"Ctrl", "Z"}, Text: "keys.undo"},
		{Keys: []string{"Esc"}, Text: "keys.escape"},
		{Keys: []string{"?"}, Text: "keys.list"},
		{Keys: []string{"Alt", "/"}, Text: "keys.list.field"},
	}
}

// termsClauses are the clauses of the terms in force, for the panel.
func (p editorPage) Clauses() []rights.Clause {
	switch {
	case p.Terms != nil:
		return p.Terms.Clauses
	case p.Agreed != nil:
		return p.Agreed.Clauses
	}
	return nil
}

// previewVersion is the real page as it would be published now, with the texts of the form in place of what is saved:
// pairs of key and text.
func (s *Server) previewVersion(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	unsaved := map[archive.BlockKey]string{}
	if r.http.Method == http.MethodPost {
		if err := r.form(); err != nil {
			return err
		}
		texts := r.http.PostForm["text"]
		for i, key := range r.http.PostForm["key"] {
			if i < len(texts) {
				unsaved[archive.BlockKey(key)] = texts[i]
			}
		}
	}
	p, err := s.Desk.PreviewWith(r.Context(), translations.VersionID(id), unsaved)
	if err != nil {
		return err
	}
	page, err := s.Render(r.Context(), p)
	if err != nil {
		return err
	}
	r.send(http.StatusOK, "text/html; charset=utf-8", scripts.ReplaceAll(page.Body, nil))
	return nil
}

// scripts are the script elements of our own pages. A preview has none: its policy would block them, with a complaint.
var scripts = regexp.MustCompile(`(?s)<script\b[^>]*>.*?</script>`)
