package translations_test

import (
	"strings"
	"testing"

	"colophon/archive"
	"colophon/translations"
	"colophon/translations/workflow"
)

// TestBoardWords finds versions by the words of their titles, however they are typed, in the three scripts.
func TestBoardWords(t *testing.T) {
	onEngines(t, func(b *bench) {
		ru, hy := b.open("ru"), b.open("hy")
		for v, title := range map[translations.VersionID]string{
			ru.ID: "Каменный мост через Ёлочку: «открыт»", hy.ID: "Ի՞նչ եղավ կամրջի և գետի հետ",
		} {
			_, _, err := b.desk.SaveTarget(b.ctx, translations.Save{Version: v, Block: archive.TitleKey, Text: title}, b.translator)
			b.must(err)
		}
		for _, c := range []struct {
			words string
			want  string
		}{
			{"bridge", "ru hy"},
			{"BRIDGE", "ru hy"},
			{"bri reopens", "ru hy"},
			{"ridge", ""},
			{"bridge tunnel", ""},
			{"мост", "ru"},
			{"МОСТ", "ru"},
			{"моста", "ru"},
			{"елочку", "ru"},
			{"Ёлоч", "ru"},
			{"мост bridge", "ru"},
			{"мост կամրջի", ""},
			{"ինչ", "hy"},
			{"Ի՞ՆՉ", "hy"},
			{"ԿԱՄՐՋԻ", "hy"},
			{"եւ", "hy"},
			{"և", "hy"},
			{"ԵՎ", "hy"},
			{"գետ", "hy"},
			{"%", ""},
			{"_", ""},
			{`\`, ""},
			{`"';--`, ""},
			{"\x00\xff", ""},
			{strings.Repeat("ա", 5000), ""},
		} {
			jobs, err := b.desk.Jobs(b.ctx, translations.Query{Words: c.words, Limit: 10})
			b.must(err)
			got := map[string]bool{}
			for _, j := range jobs {
				got[j.Language] = true
			}
			want := map[string]bool{}
			for lang := range strings.FieldsSeq(c.want) {
				want[lang] = true
			}
			if len(got) != len(want) || got["ru"] != want["ru"] || got["hy"] != want["hy"] {
				b.Errorf("%.40q finds %v, want %v", c.words, got, want)
			}
		}

		// Words follow the titles: what is no more in them is no more found.
		_, _, err := b.desk.SaveTarget(b.ctx, translations.Save{Version: ru.ID, Block: archive.TitleKey, Base: 1, Text: "Переправа"}, b.translator)
		b.must(err)
		b.ingest(strings.ReplaceAll(page("300", ""), "The bridge reopens", "The ferry sails"))
		for words, want := range map[string]int{"мост": 0, "переправ": 1, "bridge": 0, "ferry": 2} {
			if jobs, err := b.desk.Jobs(b.ctx, translations.Query{Words: words, Limit: 10}); err != nil || len(jobs) != want {
				b.Errorf("%q finds %d (%v), want %d", words, len(jobs), err, want)
			}
		}

		// An archive older than the index is looked at when it is opened.
		b.must(b.archive.DB().In(b.ctx).Exec("UPDATE versions SET words = ''").Error)
		b.must(b.archive.DB().In(b.ctx).Exec("DELETE FROM version_words").Error)
		again, err := translations.Open(b.ctx, b.archive)
		b.must(err)
		if jobs, err := again.Jobs(b.ctx, translations.Query{Words: "ferry", Limit: 10}); err != nil || len(jobs) != 2 {
			b.Errorf("%d found after opening again (%v), want 2", len(jobs), err)
		}
	})
}

// TestBoardLists asks for several lists and counts at once.
func TestBoardLists(t *testing.T) {
	onEngines(t, func(b *bench) {
		ru := b.open("ru")
		b.open("hy")
		b.must(b.desk.Assign(b.ctx, ru.ID, b.translator.ID, translations.High, b.now, b.editor))
		lists, err := b.desk.Board(b.ctx,
			translations.Query{Standing: workflow.AtReview, Limit: 5},
			translations.Query{Standing: workflow.AtDraft, Limit: 1},
			translations.Query{Assignee: b.translator.ID, Limit: 5},
			translations.Query{Words: "no such words", Limit: 5},
			translations.Query{Source: b.article.Source, Nobody: true, Limit: 5},
		)
		b.must(err)
		got := make([]int, len(lists))
		for i, list := range lists {
			got[i] = len(list)
		}
		if got[0] != 0 || got[1] != 1 || got[2] != 1 || got[3] != 0 || got[4] != 1 {
			b.Fatalf("lists of %v jobs, want 0 1 1 0 1", got)
		}
		if j := lists[2][0]; j.ID != ru.ID || j.Assigned != "Nare" || j.SourceName != "Courier" || j.Title != "The bridge reopens" || j.SourceLang != "en" {
			b.Errorf("job %+v lacks what the board says", j)
		}
		counts, err := b.desk.CountBoard(b.ctx, 1, "en", "ru", "hy")
		b.must(err)
		if counts[workflow.AtDraft]["ru"] != 1 || counts[workflow.AtDraft]["hy"] != 1 || counts[workflow.AtDraft]["en"] != 0 || counts[workflow.AtReview]["ru"] != 0 {
			b.Errorf("counts %v", counts)
		}
	})
}

// TestSubmissions says who handed a version on last, whoever has changed it since.
func TestSubmissions(t *testing.T) {
	onEngines(t, func(b *bench) {
		v := b.open("en") // the original
		_, err := b.desk.Submit(b.ctx, v.ID, b.translator)
		b.must(err)
		_, err = b.desk.TakeBack(b.ctx, v.ID, b.editor)
		b.must(err)
		_, err = b.desk.Submit(b.ctx, v.ID, b.editor)
		b.must(err)
		got, err := b.desk.Submissions(b.ctx, v.ID, v.ID+1)
		b.must(err)
		if s := got[v.ID]; len(got) != 1 || s.Name != "David" || s.By != b.editor.ID || !s.At.Equal(b.now) {
			b.Errorf("submissions %+v, want David's, now", got)
		}
		if got, err := b.desk.Submissions(b.ctx); err != nil || len(got) != 0 {
			b.Errorf("of nothing: %v (%v)", got, err)
		}
	})
}
