package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"colophon/archive/fault"
)

// mistake is one thing that is wrong with a form as it was sent.
type mistake struct {
	Field string // id of the field it is about; "" where it is about none
	Text  string
}

// fieldError is an error about one field of a form.
type fieldError struct {
	field string // its id
	error
}

func (e fieldError) Unwrap() error { return e.error }

// inField says which field an error is about, where its message alone does not: one of two dates, one of many rules.
func inField(field string, err error) error {
	if err == nil {
		return nil
	}
	return fieldError{field, err}
}

// fieldsOf says which field of a form a message is about: the message's ID, or its beginning up to a dot and a star, and
// the id of the field. Messages it does not name are about the form as a whole.
type fieldsOf map[string]string

func (f fieldsOf) of(message string) string {
	if field, ok := f[message]; ok {
		return field
	}
	if dot := strings.LastIndexByte(message, '.'); dot > 0 {
		return f[message[:dot]+".*"]
	}
	return ""
}

// refuse puts into words why a form is refused, as explain does, and keeps every mistake for the page that shows the
// form again: templates find them by field, see base.Mistake.
func (r *request) refuse(err error, fields fieldsOf) answer {
	a := r.explain(err)
	if a.Status != http.StatusInternalServerError {
		r.mistakes = nil
		r.noteMistakes(err, "", fields)
	}
	return a
}

// noteMistakes walks an error with all it wraps or joins.
func (r *request) noteMistakes(err error, field string, fields fieldsOf) {
	switch e := err.(type) { //nolint:errorlint // this is the walk along what is wrapped
	case *fault.Fault:
		m := mistake{cmp.Or(field, fields.of(e.ID)), r.words.Text(e.ID, e.Data)}
		if !slices.Contains(r.mistakes, m) {
			r.mistakes = append(r.mistakes, m)
		}
	case fieldError:
		r.noteMistakes(e.error, cmp.Or(field, e.field), fields)
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			r.noteMistakes(one, field, fields)
		}
	case interface{ Unwrap() error }:
		r.noteMistakes(e.Unwrap(), field, fields)
	}
}

// fieldState is what a template says of a field: partials desk/bad (inside the tag) and desk/err (below the field).
type fieldState struct {
	ID    string // of the message
	Text  string // the mistake; "" for none
	First bool   // the first mistake of the page takes the focus
	Hints []string
}

// Mistake is the state of a field by its id; hints are the ids of what describes it anyhow.
func (b base) Mistake(field string, hints ...string) fieldState {
	s := fieldState{ID: field + "-e", Hints: hints}
	first := true
	for _, m := range b.Mistakes {
		if m.Field == field && m.Text != "" {
			s.Text, s.First = m.Text, first
			return s
		}
		first = first && m.Field == ""
	}
	return s
}

// Says are the ids of all that describes the field.
func (s fieldState) Says() string {
	if s.Text == "" {
		return strings.Join(s.Hints, " ")
	}
	return strings.Join(append([]string{s.ID}, s.Hints...), " ")
}

// Wrong says whether one of some fields is wrong: a part of the page that is folded away opens then.
func (b base) Wrong(fields ...string) bool {
	return slices.ContainsFunc(b.Mistakes, func(m mistake) bool { return m.Field != "" && slices.Contains(fields, m.Field) })
}
