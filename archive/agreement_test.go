package archive

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"colophon/archive/database"
	"colophon/archive/database/databasetest"
	"colophon/archive/fault"
	"colophon/archive/rights"
)

// shelf is an archive with one outlet and its capture, on one engine, with a clock of its own.
type shelf struct {
	*testing.T
	archive *Archive
	now     time.Time
	source  Source
	capture Capture
}

func onShelves(t *testing.T, fn func(s *shelf)) {
	t.Helper()
	databasetest.Engines(t, func(t *testing.T, settings database.Settings) {
		s := &shelf{T: t, now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
		db, blobs := databasetest.Open(t, settings)
		var err error
		s.archive, err = Open(t.Context(), db, blobs, func() time.Time { return s.now })
		s.must(err)
		s.source, err = s.archive.AddSource(t.Context(), Source{HomeURL: "https://courier.example/", Jurisdiction: "AM"})
		s.must(err)
		s.capture, err = s.archive.KeepCapture(t.Context(), Delivery{URL: "https://courier.example/terms", Body: []byte("Only with permission."), Origin: Upload, At: s.now})
		s.must(err)
		fn(s)
	})
}

func (s *shelf) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *shelf) confirm(clauses ...rights.Clause) Terms {
	s.Helper()
	t, err := s.archive.ProposeTerms(s.Context(), Terms{
		Source: s.source.ID, Statement: "Only with permission.", Language: "en", PageURL: "https://courier.example/terms", Capture: s.capture.ID,
	})
	s.must(err)
	s.must(s.archive.ConfirmTerms(s.Context(), t.ID, clauses, 5))
	return t
}

// grant records leave to reprint and translate, changed.
func (s *shelf) grant(change func(*Agreement)) (Agreement, error) {
	g := Agreement{
		Source: s.source.ID, Kind: WrittenGrant, Title: "Letter of 1 March", SignedBy: "A. Editor", By: 5,
		Allows: []rights.Allowance{rights.AllowText, rights.AllowTranslation}, File: AgreementFile{Name: "letter.txt"},
	}
	if change != nil {
		change(&g)
	}
	return s.archive.RecordAgreement(s.Context(), g, []byte("You may reprint and translate our articles."))
}

var askAll = []rights.Clause{
	{Kind: rights.PermissionRequired, Quote: "Only with permission", Strength: rights.Must},
	{Kind: rights.TranslationAllowed, Params: rights.Params{Value: "permission"}, Quote: "Only with permission", Strength: rights.Must},
}

func TestRecordAgreement(t *testing.T) {
	onShelves(t, func(s *shelf) {
		g, err := s.grant(func(g *Agreement) {
			g.Languages, g.From, g.Until, g.Max, g.Overrides = []string{"ru"}, s.now.AddDate(0, 0, -1), s.now.AddDate(0, 1, 0), 3, true
			g.Statement, g.Language = "At most 40 per cent.", "en"
			g.Clauses = []rights.Clause{{Kind: rights.LimitShare, Params: rights.Params{Percent: 40}, Quote: "At most 40 per cent", End: 19, Strength: rights.Must}}
		})
		s.must(err)
		if g.File.MediaType != "text/plain" || g.File.Size == 0 || !g.File.Digest.IsValid() {
			t.Errorf("file %+v", g.File)
		}
		got, err := s.archive.Agreement(s.Context(), g.ID)
		s.must(err)
		if diff := cmp.Diff(g, got); diff != "" {
			t.Errorf("read back (-recorded +read):\n%s", diff)
		}
		b, err := s.archive.AgreementFile(s.Context(), g)
		if err != nil || string(b) != "You may reprint and translate our articles." {
			t.Errorf("file: %q, %v", b, err)
		}
		report, err := s.archive.Audit(s.Context(), true)
		if err != nil || !report.IsSound() || len(report.Orphans) != 0 {
			t.Errorf("audit %+v, %v: the file belongs to the agreement", report, err)
		}
		for _, row := range []struct {
			name    string
			change  func(*Agreement)
			file    string
			kind    error
			message string
		}{
			{"no title", func(g *Agreement) { g.Title = " " }, "x", ErrInvalid, "fault.agreement.title"},
			{"signed by nobody", func(g *Agreement) { g.SignedBy = "" }, "x", ErrInvalid, "fault.agreement.signed"},
			{"recorded by nobody", func(g *Agreement) { g.By = 0 }, "x", ErrInvalid, ""},
			{"of no kind", func(g *Agreement) { g.Kind = "" }, "x", ErrInvalid, ""},
			{"allows and asks nothing", func(g *Agreement) { g.Allows = nil }, "x", ErrInvalid, "fault.agreement.empty"},
			{"allows what nobody knows", func(g *Agreement) { g.Allows = []rights.Allowance{"all"} }, "x", ErrInvalid, ""},
			{"ends before it begins", func(g *Agreement) { g.From, g.Until = s.now, s.now }, "x", ErrInvalid, "fault.agreement.dates"},
			{"a negative number", func(g *Agreement) { g.Max = -1 }, "x", ErrInvalid, "fault.agreement.uses"},
			{"a rule without its words", func(g *Agreement) { g.Clauses = askAll }, "x", ErrInvalid, "fault.agreement.quote"},
			{"no file", nil, "", ErrInvalid, "fault.agreement.file"},
			{"a program", nil, "\x7fELF\x02\x01\x01\x00", ErrInvalid, "fault.agreement.kind"},
			{"too large", nil, strings.Repeat("x", MaxAgreementFile+1), ErrTooLarge, "fault.agreement.large"},
			{"of no outlet", func(g *Agreement) { g.Source = 999 }, "x", ErrNotFound, ""},
		} {
			g := Agreement{Source: s.source.ID, Kind: WrittenGrant, Title: "x", SignedBy: "x", By: 5, Allows: []rights.Allowance{rights.AllowText}}
			if row.change != nil {
				row.change(&g)
			}
			_, err := s.archive.RecordAgreement(s.Context(), g, []byte(row.file))
			if id, _, _ := fault.Message(err); !errors.Is(err, row.kind) || id != row.message {
				t.Errorf("%s: %v", row.name, err)
			}
		}
		if report, err := s.archive.Audit(s.Context(), false); err != nil || len(report.Orphans) != 0 {
			t.Errorf("what was refused left %d files (%v)", len(report.Orphans), err)
		}
	})
}

func TestAgreementType(t *testing.T) {
	for text, want := range map[string]string{
		"%PDF-1.7\n":                    "application/pdf",
		"\x89PNG\r\n\x1a\n":             "image/png",
		"\xff\xd8\xff\xe0":              "image/jpeg",
		"<!doctype html><p>x":           "text/html",
		"Յուրաքանչյուր նյութ":           "text/plain",
		"a\x00b":                        "",
		"\xd0":                          "",
		"PK\x03\x04":                    "",
		"MZ\x90\x00":                    "",
		"<svg onload='alert(1)'></svg>": "text/plain",
	} {
		if got := agreementType([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestInForce(t *testing.T) {
	onShelves(t, func(s *shelf) {
		ask := func(use Use) Force {
			s.Helper()
			f, err := s.archive.InForce(s.Context(), s.source.ID, use)
			s.must(err)
			return f
		}
		if f := ask(Use{}); f.IsConfirmed() || len(f.Rulings) != 0 {
			t.Errorf("nothing confirmed, yet in force: %+v", f.Rulings)
		}
		terms := s.confirm(askAll...)
		use := Use{Article: 9, Language: "ru", Translation: true}
		f := ask(use)
		var kinds []string
		for _, r := range f.Rulings {
			if r.Quote == "" || r.Origin.By != 5 {
				t.Errorf("%s rests on %q and member %d", r.Kind, r.Quote, r.Origin.By)
			}
			kinds = append(kinds, string(r.Kind)+" "+string(r.Origin.Basis))
		}
		want := []string{"credit.source statute", "credit.author statute", "permission.required terms", "translation.allowed terms"}
		if diff := cmp.Diff(want, kinds); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		wantOrigin := rights.Origin{
			Basis: rights.OnTerms, ID: int64(terms.ID), Version: 1, Language: "en", PageURL: "https://courier.example/terms", Capture: int64(s.capture.ID),
			Digest: string(s.capture.Digest), At: s.now, By: 5, Confirmed: s.now,
		}
		if diff := cmp.Diff(wantOrigin, f.Rulings[2].Origin); diff != "" {
			t.Errorf("origin (-want +got):\n%s", diff)
		}
		if r, barred := f.NoTranslation(); !barred || r.Quote != "Only with permission" {
			t.Errorf("translation is not kept from beginning: %+v", r)
		}

		g, err := s.grant(func(g *Agreement) { g.Until, g.Max = s.now.AddDate(0, 0, 10), 1 })
		s.must(err)
		f = ask(use)
		if _, barred := f.NoTranslation(); barred || f.Rulings[2].Answered == nil || f.Rulings[2].Answered.ID != int64(g.ID) {
			t.Errorf("the grant answers nothing: %+v", f.Rulings)
		}
		// Its one use is taken, by this page ...
		s.must(s.archive.RelyOn(s.Context(), []AgreementID{g.ID, g.ID}, 9, "ru", 77))
		if _, barred := ask(use).NoTranslation(); barred {
			t.Error("the page that took the use may not go out anew")
		}
		s.must(s.archive.RelyOn(s.Context(), []AgreementID{g.ID}, 9, "ru", 78))
		// ... so that another has none.
		if _, barred := ask(Use{Article: 10, Language: "ru", Translation: true}).NoTranslation(); !barred {
			t.Error("a second page on a grant for one")
		}
		if err := s.archive.RelyOn(s.Context(), []AgreementID{g.ID}, 10, "ru", 79); !errors.Is(err, ErrConflict) {
			t.Errorf("a second page relies on a grant for one: %v", err)
		}
		got, err := s.archive.Agreement(s.Context(), g.ID)
		s.must(err)
		if got.Used != 1 || got.State(s.now) != AgreementUsedUp {
			t.Errorf("used %d times, %s; want 1, used up", got.Used, got.State(s.now))
		}
		uses, err := s.archive.UsesOf(s.Context(), g.ID, 10)
		if diff := cmp.Diff([]AgreementUse{{78, 9, "ru", s.now}, {77, 9, "ru", s.now}}, uses); err != nil || diff != "" {
			t.Errorf("uses (%v) (-want +got):\n%s", err, diff)
		}
		if list, err := s.archive.Expiring(s.Context(), 10*24*time.Hour, 5); err != nil || len(list) != 1 {
			t.Errorf("%d agreements expire within ten days (%v), want 1", len(list), err)
		}
		if list, err := s.archive.Expiring(s.Context(), 9*24*time.Hour, 5); err != nil || len(list) != 0 {
			t.Errorf("%d agreements expire within nine days (%v), want none", len(list), err)
		}

		// It expires: nothing new, and what rests on it is found.
		if lapsed, err := s.archive.Lapsed(s.Context(), []int64{77, 78, 80}); err != nil || len(lapsed) != 0 {
			t.Errorf("lapsed before its end: %v (%v)", lapsed, err)
		}
		s.now = s.now.AddDate(0, 0, 10)
		if _, barred := ask(use).NoTranslation(); !barred {
			t.Error("an expired grant still answers")
		}
		if lapsed, err := s.archive.Lapsed(s.Context(), []int64{78, 80}); err != nil || len(lapsed) != 1 || lapsed[78][0].ID != g.ID {
			t.Errorf("lapsed %v (%v), want publication 78", lapsed, err)
		}
		if _, barred := ask(Use{Article: 9, Language: "ru", Translation: true, At: s.now.Add(-time.Hour)}).NoTranslation(); barred {
			t.Error("what was in force an hour ago is forgotten")
		}
	})
}

func TestEndAgreement(t *testing.T) {
	onShelves(t, func(s *shelf) {
		s.confirm(askAll...)
		g, err := s.grant(nil)
		s.must(err)
		if err := s.archive.EndAgreement(s.Context(), g.ID, " ", 5); !errors.Is(err, ErrInvalid) {
			t.Errorf("ended without a reason: %v", err)
		}
		s.now = s.now.Add(time.Hour)
		s.must(s.archive.EndAgreement(s.Context(), g.ID, "The outlet took it back.", 6))
		if err := s.archive.EndAgreement(s.Context(), g.ID, "Again.", 6); !errors.Is(err, ErrConflict) {
			t.Errorf("ended twice: %v", err)
		}
		list, err := s.archive.AgreementsOf(s.Context(), s.source.ID)
		s.must(err)
		if len(list) != 1 || list[0].State(s.now) != AgreementEnded || list[0].EndedBy != 6 || list[0].EndedWhy == "" {
			t.Errorf("%+v", list)
		}
		f, err := s.archive.InForce(s.Context(), s.source.ID, Use{Language: "ru", Translation: true})
		s.must(err)
		if _, barred := f.NoTranslation(); !barred || len(f.Agreements) != 0 {
			t.Errorf("an agreement that was ended is in force: %+v", f.Agreements)
		}
	})
}
