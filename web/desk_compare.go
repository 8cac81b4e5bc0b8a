package web

import (
	"slices"
	"strconv"
	"time"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/inline"
)

// textState is a state of a version that can be compared with another: as it stood at a step of its review.
type textState struct {
	ID     int64 // of the review; 0: nothing, or as it is now
	Text   string
	Chosen bool

	digest  string // of the source then
	targets map[archive.BlockKey]string
}

// pairOfTexts is a block of a review: the source beside the target, each as it became what it is.
type pairOfTexts struct {
	Number  int
	Key     archive.BlockKey
	Source  []run
	Target  []run
	Exact   string // the target as stored, where marks on it can be counted in it; "" where they cannot
	Changed bool
	Gone    bool // the source has this block no more
	Notes   []note
	Remarks []reviewRemark
}

// note is why a block changed, or what is wrong with it.
type note struct {
	Tone, Icon string // tone "": plain
	Text       string
}

// reviewRemark is a comment on a block.
type reviewRemark struct {
	translations.Comment
	Name string
	Lang string // of the words it quotes
}

// comparison is two states of a version, block by block.
type comparison struct {
	work       translations.Work
	old        map[archive.BlockKey]string // sources as they were; nil: unknown
	from, to   *textState
	dropsTerms bool // an unmet clause asks for a link
}

// states are what a reviewer may compare, newest first, with the defaults chosen: from the last approved text, else the
// last that was submitted and sent back, else from nothing; to the text as it is now.
func states(r *request, steps []translations.Review, w translations.Work, from, to string) (froms, tos []textState) {
	now := textState{Text: r.T("review.state.now"), digest: w.Revision.Digest, targets: map[archive.BlockKey]string{}}
	for _, u := range w.Units {
		if u.Target.Text != "" {
			now.targets[u.Block.Key] = u.Target.Text
		}
	}
	tos = append(tos, now)
	best := int64(0)
	waiting := len(steps) > 0 && steps[0].Verdict == translations.Submitted
	for i, s := range steps {
		if s.Verdict == translations.TakenBack {
			continue
		}
		state := textState{
			ID: s.ID, Text: r.T("review.state."+string(s.Verdict), "When", r.words.DateTime(s.At)), digest: s.SourceHash, targets: s.Text,
		}
		froms = append(froms, state)
		tos = append(tos, state)
		switch {
		case s.Verdict == translations.Approved && (best == 0 || verdictOf(steps, best) != translations.Approved):
			best = s.ID
		case best == 0 && !(i == 0 && waiting):
			best = s.ID
		}
	}
	froms = append(froms, textState{Text: r.T("review.state.nothing")})
	choose := func(list []textState, asked string, otherwise int64) {
		id, err := strconv.ParseInt(asked, 10, 64)
		if err != nil || !slices.ContainsFunc(list, func(s textState) bool { return s.ID == id }) {
			id = otherwise
		}
		for i := range list {
			list[i].Chosen = list[i].ID == id
		}
	}
	choose(froms, from, best)
	choose(tos, to, 0)
	return froms, tos
}

func verdictOf(steps []translations.Review, id int64) translations.Verdict {
	for _, s := range steps {
		if s.ID == id {
			return s.Verdict
		}
	}
	return ""
}

func chosen(list []textState) *textState {
	for i := range list {
		if list[i].Chosen {
			return &list[i]
		}
	}
	return &textState{}
}

// pairs lays the comparison out: every block of the source, and after them those it has no more.
func (c comparison) pairs(r *request) []pairOfTexts {
	var out []pairOfTexts
	for _, u := range c.work.Units {
		if u.Block.IsTranslated() {
			out = append(out, c.pair(r, u))
		}
	}
	for _, t := range c.work.Removed {
		if t.Text == "" || c.to.ID != 0 {
			continue
		}
		out = append(out, pairOfTexts{
			Key: t.Block, Source: marked("del", t.SourceText), Target: marked("del", t.Text), Changed: true, Gone: true,
			Notes: []note{{Icon: "stale", Text: r.T("review.note.gone")}},
		})
	}
	return out
}

func (c comparison) pair(r *request, u translations.Unit) pairOfTexts {
	before, now := c.from.targets[u.Block.Key], c.to.targets[u.Block.Key]
	lang, from := c.work.Version.Language, c.work.Article.Language
	p := pairOfTexts{Number: u.Number, Key: u.Block.Key, Source: plainRuns(u.Source), Target: plainRuns(now)}
	if c.to.ID == 0 && !containsBackslash(now) {
		p.Exact = now
	}
	compared := c.from.ID != 0
	old, had := c.old[u.Block.Key]
	moved := compared && c.old != nil && old != u.Source
	if moved {
		p.Source = diffWords(from, old, u.Source)
	}
	p.Changed = moved || before != now
	switch {
	case compared && before != now:
		p.Target = diffWords(lang, before, now)
	case !compared:
		p.Changed = now != ""
	}
	p.Notes = c.notes(r, u, compared, moved, had, before, now)
	return p
}

func (c comparison) notes(r *request, u translations.Unit, compared, moved, had bool, before, now string) []note {
	var out []note
	add := func(tone, icon, text string) { out = append(out, note{tone, icon, text}) }
	if now == "" {
		add("bad", "fail", r.T("review.hinder.empty"))
		return out
	}
	corrected := r.words.DayMonth(c.work.Revision.CreatedAt)
	switch {
	case c.work.IsOriginal || !compared:
	case moved && !had:
		add("", "stale", r.T("review.note.new"))
	case moved && before != now:
		add("", "stale", r.T("review.note.follows", "When", corrected))
	case moved:
		add("changes", "warn", r.T("review.note.unmoved", "When", corrected))
	case before == "":
		add("", "", r.T("review.note.filled"))
	case before != now:
		add("", "", r.T("review.note.reworded"))
	}
	if c.to.ID != 0 {
		return out
	}
	if u.SourceChanged {
		add("bad", "fail", r.T("review.hinder.source_changed"))
	}
	switch dropped := dropsLink(u); {
	case dropped && c.dropsTerms:
		add("bad", "fail", r.T("review.note.drops.terms"))
	case dropped:
		add("bad", "fail", r.T("review.note.drops"))
	case len(u.Problems) > 0:
		add("bad", "fail", r.T("review.hinder.codes"))
	}
	if u.Status() == translations.Drafted && !u.SourceChanged {
		add("changes", "warn", r.T("review.hinder.draft"))
	}
	return out
}

// dropsLink says whether a target lacks a link its source has.
func dropsLink(u translations.Unit) bool {
	return slices.ContainsFunc(u.Codes, func(code inline.Code) bool {
		return code.Href != "" && slices.ContainsFunc(u.Problems, func(p inline.Problem) bool {
			return p.Kind == inline.Missing && p.Code == "{"+strconv.Itoa(code.N)+"}"
		})
	})
}

func marked(op, text string) []run {
	out := plainRuns(text)
	for i := range out {
		out[i].Op = op
	}
	return out
}

func containsBackslash(s string) bool { return slices.Contains([]byte(s), '\\') }

// oldSources are the words of an article's blocks in the revision of a digest; nil where there is none such.
func (s *Server) oldSources(r *request, id archive.ArticleID, digest string) (map[archive.BlockKey]string, error) {
	if digest == "" {
		return nil, nil
	}
	revisions, err := s.Archive.Revisions(r.Context(), id)
	if err != nil {
		return nil, err
	}
	for _, rev := range revisions {
		if rev.Digest != digest {
			continue
		}
		blocks, err := s.Archive.Blocks(r.Context(), rev.ID)
		if err != nil {
			return nil, err
		}
		out := make(map[archive.BlockKey]string, len(blocks))
		for _, b := range translations.Translatable(blocks) {
			out[b.Key], _ = inline.Encode(b.HTML)
		}
		return out, nil
	}
	return nil, nil
}

// asksLink says whether an unmet clause is about links.
func asksLink(findings []translations.Finding) bool {
	return slices.ContainsFunc(findings, func(f translations.Finding) bool {
		return f.Status == rights.Unmet && slices.Contains([]rights.Kind{rights.LinkRequired, rights.LinkPlace, rights.LinkKeepInner, rights.LinkActive}, f.Kind)
	})
}

// submittedBy is who handed a version on last, and when.
func submittedBy(steps []translations.Review) (by translations.MemberID, at time.Time) {
	for _, s := range steps {
		if s.Verdict == translations.Submitted {
			return s.By, s.At
		}
	}
	return 0, time.Time{}
}
