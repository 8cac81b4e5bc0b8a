package web

import (
	"strconv"
	"time"

	"colophon/archive"
	"colophon/translations"
)

// panel is what stands beside the open block: checks, remarks, earlier texts.
type panel struct {
	Row      editorRow
	At       string // address of the block, for forms
	Version  string // address of the version
	Comments []remark
	Past     []pastText
	Now      translations.Target
	NowBy    string
	Lang     string
	CanEdit  bool
	CanSay   bool
}

// remark is a comment as it shows.
type remark struct {
	translations.Comment
	Name     string
	Initials string
	Lang     string // of the words it quotes
}

// pastText is an earlier text of a block, and how it became the one after it.
type pastText struct {
	translations.Past
	Name string
	Diff []run
}

// panel gathers what belongs to a block.
func (s *Server) panel(r *request, row *editorRow, w translations.Work, comments []translations.Comment) (panel, error) {
	ctx := r.Context()
	past, err := s.Desk.TargetHistory(ctx, w.Version.ID, row.Block.Key)
	if err != nil {
		return panel{}, err
	}
	ids := []translations.MemberID{row.Target.Author}
	for _, p := range past {
		ids = append(ids, p.Author)
	}
	for _, c := range comments {
		ids = append(ids, c.Author)
	}
	names, err := s.Desk.Names(ctx, ids...)
	if err != nil {
		return panel{}, err
	}
	out := newPanel(r, row, w, comments, past, names)
	return out, nil
}

func newPanel(r *request, row *editorRow, w translations.Work, comments []translations.Comment, past []translations.Past, names map[translations.MemberID]string) panel {
	v := w.Version
	out := panel{
		Row: *row, Version: editorPath(v.ID), At: editorPath(v.ID) + "/blocks/" + string(row.Block.Key), Now: row.Target,
		NowBy: names[row.Target.Author], Lang: v.Language, CanSay: r.member.RoleIn(v.Language) != "",
	}
	out.CanEdit = out.CanSay && v.State.Can("edit", r.member.RoleIn(v.Language)) && !w.IsOriginal
	for _, c := range comments {
		if c.Block != row.Block.Key {
			continue
		}
		lang := v.Language
		if c.Side == "source" {
			lang = w.Article.Language
		}
		out.Comments = append(out.Comments, remark{c, names[c.Author], translations.Member{Name: names[c.Author]}.Initials(), lang})
	}
	after := row.Target.Text
	for _, p := range past {
		if p.Text == after && len(out.Past) == 0 && p.Status == row.Target.Status {
			continue
		}
		out.Past = append(out.Past, pastText{p, names[p.Author], excerpt(diffWords(v.Language, p.Text, after))})
		after = p.Text
	}
	return out
}

// Open counts the remarks not dealt with.
func (p panel) Open() int {
	n := 0
	for _, c := range p.Comments {
		if !c.IsResolved() {
			n++
		}
	}
	return n
}

// Failing counts what is wrong with the block.
func (p panel) Failing() int {
	n := len(p.Row.Problems)
	if p.Row.SourceChanged {
		n++
	}
	return n
}

// blockPanel answers with the panel of a block, for a script that opens it.
func (s *Server) blockPanel(r *request) error {
	page, err := s.opened(r, archive.BlockKey(r.param("key")))
	if err != nil {
		return err
	}
	return r.part("editor", "editor/panel", page)
}

// restoreBlock brings an earlier text of a block back.
func (s *Server) restoreBlock(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	id, err := r.number("id")
	if err != nil {
		return err
	}
	past, err := strconv.ParseInt(r.value("past"), 10, 64)
	if err != nil {
		return errNoPage
	}
	if _, _, err := s.Desk.Restore(r.Context(), translations.VersionID(id), past, r.member); err != nil {
		return err
	}
	return s.backToBlock(r, "restored")
}

// commentBlock adds a remark on the open block, or on the words from start to end of its side.
func (s *Server) commentBlock(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	id, err := r.number("id")
	if err != nil {
		return err
	}
	c := translations.Comment{
		Version: translations.VersionID(id), Block: archive.BlockKey(r.param("key")), Side: r.value("side"), Text: r.value("say"),
	}
	c.Start, _ = strconv.Atoi(r.value("start")) // no number is the whole block
	c.End, _ = strconv.Atoi(r.value("end"))
	if _, err := s.Desk.AddComment(r.Context(), c, r.member); err != nil {
		return err
	}
	return s.backToBlock(r, "commented")
}

// resolveComment marks a remark as dealt with, or open again.
func (s *Server) resolveComment(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	id, err := r.number("id")
	if err != nil {
		return err
	}
	comment, err := r.number("comment")
	if err != nil {
		return err
	}
	if err := s.Desk.ResolveComment(r.Context(), translations.VersionID(id), comment, r.value("resolved") == "1", r.member); err != nil {
		return err
	}
	return s.backToBlock(r, "resolved")
}

// backToBlock ends a form about a block: a script gets the new panel, a browser the page the form stood on.
func (s *Server) backToBlock(r *request, done string) error {
	key := archive.BlockKey(r.param("key"))
	if key == "" {
		key = archive.BlockKey(r.value("key"))
	}
	page, err := s.opened(r, key)
	if err != nil {
		return err
	}
	if r.value("from") == "script" {
		return r.part("editor", "editor/panel", page)
	}
	if r.value("from") == "review" {
		return r.redirect(page.At() + "/review?done=" + done + "#b" + strconv.Itoa(page.Open.Number))
	}
	return r.redirect(page.At() + "?block=" + strconv.Itoa(page.Open.Number) + "&done=" + done + "#b" + strconv.Itoa(page.Open.Number))
}

// SaidAt is when the present text was saved.
func (p panel) SaidAt() time.Time { return p.Now.UpdatedAt }
