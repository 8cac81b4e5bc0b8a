package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/translations"
)

// conflictBox is the choice of somebody who saved a block after another person had.
type conflictBox struct {
	Page         any // editorPage
	Key          archive.BlockKey
	Action       string // of the form
	Name         string // who saved first
	At           time.Time
	Number       int
	Lang         string
	Hers, Yours  []run // each as a change of what you began with
	Mine, Theirs string
	Both         string // one text that holds both
}

// savedBlock answers a save to a script.
type savedBlock struct {
	Number   int      `json:"number"`
	Status   string   `json:"status"`
	Saved    string   `json:"saved,omitempty"` // "Saved 10:42"
	Error    string   `json:"error,omitempty"`
	Problems []string `json:"problems"`
	Gutter   string   `json:"gutter"` // HTML of the block's number and marks
	Target   string   `json:"target"` // HTML of its text
	Ruler    string   `json:"ruler"`
	Bar      string   `json:"bar"`    // HTML of the state and what can be done
	Checks   string   `json:"checks"` // HTML of the panel's checks
	Conflict string   `json:"conflict,omitempty"`
	Theirs   string   `json:"theirs,omitempty"`
	Both     string   `json:"both,omitempty"`
}

// saveBlock saves or confirms one block: fields text, base (number of the save it builds on), was (text of that save) and
// do: save, confirm, skip, copy; of a conflict hers, mine, both. A script gets savedBlock as JSON: 200 saved, 409 somebody
// else was first, 422 saved as a draft but not confirmable. A browser without scripts is sent to the next block.
func (s *Server) saveBlock(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	id, err := r.number("id")
	if err != nil {
		return err
	}
	base, err := strconv.Atoi(r.value("base"))
	if err != nil || base < 0 {
		return fault.New(fault.ErrInvalid, "error.form", nil)
	}
	save := translations.Save{
		Version: translations.VersionID(id), Block: archive.BlockKey(r.param("key")), Base: base, Text: r.value("text"),
	}
	switch r.value("do") {
	case "skip", "hers":
		return s.nextBlock(r, save, false)
	case "both", "copy":
		return s.showWith(r, save)
	case "confirm":
		save.Confirm = true
	case "mine": // on top of what the other person saved
		if save.Base, err = strconv.Atoi(r.value("number")); err != nil {
			return fault.New(fault.ErrInvalid, "error.form", nil)
		}
	}
	_, _, err = s.Desk.SaveTarget(r.Context(), save, r.member)
	if save.Confirm && errors.Is(err, fault.ErrInvalid) { // what was typed is kept all the same, as a draft
		draft := save
		draft.Confirm = false
		if _, _, derr := s.Desk.SaveTarget(r.Context(), draft, r.member); derr != nil {
			err = derr
		}
	}
	if r.wantsJSON() {
		return s.answerSave(r, save, err)
	}
	var conflict *translations.ConflictError
	switch {
	case err == nil:
		return s.nextBlock(r, save, save.Confirm)
	case errors.As(err, &conflict), errors.Is(err, fault.ErrInvalid), errors.Is(err, fault.ErrTooLarge):
		return s.showRefused(r, save, err)
	}
	return err
}

// opened is the editor with the block of a save open.
func (s *Server) opened(r *request, key archive.BlockKey) (editorPage, error) {
	q := r.http.URL.Query()
	q.Set("block", "0")
	id, err := r.number("id")
	if err != nil {
		return editorPage{}, err
	}
	w, err := s.Desk.Work(r.Context(), translations.VersionID(id))
	if err != nil {
		return editorPage{}, err
	}
	u, ok := w.Unit(key)
	if !ok {
		return editorPage{}, errNoPage
	}
	q.Set("block", strconv.Itoa(u.Number))
	r.http.URL.RawQuery = q.Encode()
	return s.editorPage(r)
}

// nextBlock sends a browser on: after a confirmation to the next block that is not confirmed, else to the one after.
func (s *Server) nextBlock(r *request, save translations.Save, confirmed bool) error {
	page, err := s.opened(r, save.Block)
	if err != nil {
		return err
	}
	number := page.Open.Number
	switch {
	case confirmed:
		number = page.after(number, func(row editorRow) bool { return row.State != "confirmed" })
	case r.value("do") == "skip":
		number = page.after(number, func(editorRow) bool { return true })
	}
	return r.redirect(blockPath(save.Version, number))
}

// showWith shows the editor with a text in the open block that is not saved yet: the source, or two texts in one.
func (s *Server) showWith(r *request, save translations.Save) error {
	page, err := s.opened(r, save.Block)
	if err != nil {
		return err
	}
	text := r.value("both")
	if r.value("do") == "copy" {
		text = page.Open.Source
	}
	page.Typed = &text
	return r.show("editor", page)
}

// showRefused shows the editor again after a save that was refused, with what was typed.
func (s *Server) showRefused(r *request, save translations.Save, err error) error {
	page, perr := s.opened(r, save.Block)
	if perr != nil {
		return perr
	}
	a := r.explain(err)
	page.Typed, page.Refuse = &save.Text, a.Text
	if page.Conflict, perr = s.conflict(r, page, save, err); perr != nil {
		return perr
	}
	return r.showStatus(a.Status, "editor", page)
}

// conflict is the box for a save somebody else came before; nil for other errors.
func (s *Server) conflict(r *request, page editorPage, save translations.Save, err error) (*conflictBox, error) {
	if _, ok := errors.AsType[*translations.ConflictError](err); !ok {
		return nil, nil //nolint:nilnil // no conflict is no box
	}
	theirs := page.Open.Target
	names, err := s.Desk.Names(r.Context(), theirs.Author)
	if err != nil {
		return nil, err
	}
	was, lang := r.value("was"), page.Work.Version.Language
	return &conflictBox{
		Page: page, Key: save.Block, Action: page.At() + "/blocks/" + string(save.Block), Name: names[theirs.Author],
		At: theirs.UpdatedAt, Number: theirs.Number, Lang: lang,
		Hers: diffWords(lang, was, theirs.Text), Yours: diffWords(lang, was, save.Text),
		Mine: save.Text, Theirs: theirs.Text, Both: bothTexts(lang, was, theirs.Text, save.Text),
	}, nil
}

// answerSave answers a script.
func (s *Server) answerSave(r *request, save translations.Save, err error) error {
	if err != nil && !errors.Is(err, fault.ErrInvalid) && !errors.Is(err, fault.ErrConflict) {
		return err
	}
	page, perr := s.opened(r, save.Block)
	if perr != nil {
		return perr
	}
	out := savedBlock{Number: page.Open.Base(), Status: page.Open.State, Problems: []string{}}
	for _, p := range page.Open.Problems {
		out.Problems = append(out.Problems, r.T("fault.target.code."+string(p.Kind), "Code", p.Code))
	}
	status := http.StatusOK
	if err != nil {
		a := r.explain(err)
		status, out.Error = a.Status, a.Text
	} else {
		out.Saved = r.T("editor.saved", "Time", r.words.Time(s.Now()))
	}
	conflict, perr := s.conflict(r, page, save, err)
	if perr != nil {
		return perr
	}
	if conflict != nil {
		out.Theirs, out.Both = conflict.Theirs, conflict.Both
	}
	row := map[string]any{"Page": page, "Row": *page.Open}
	for _, part := range []struct {
		to   *string
		name string
		data any
	}{
		{&out.Gutter, "editor/gutter", row},
		{&out.Target, "editor/text", page.Open.Written},
		{&out.Ruler, "editor/ruler", page},
		{&out.Bar, "editor/actions", page},
		{&out.Checks, "editor/checks", page},
		{&out.Conflict, "editor/conflict", conflict},
	} {
		if part.name == "editor/conflict" && conflict == nil {
			continue
		}
		body, err := s.templates.execute("editor", part.name, part.data)
		if err != nil {
			return err
		}
		*part.to = string(body)
	}
	body, err := json.Marshal(out)
	if err != nil {
		return err
	}
	r.send(status, "application/json; charset=utf-8", body)
	return nil
}
