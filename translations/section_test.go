package translations_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/translations"
)

// TestSections puts sections in order and words of outlets under one section each.
func TestSections(t *testing.T) {
	onEngines(t, func(b *bench) {
		for slug, word := range map[string]string{"city": "City"} {
			b.must(b.desk.SaveSection(b.ctx, translations.Section{Slug: slug, Names: map[string]string{"en": "City"}}, []string{word}))
		}
		b.must(b.desk.SaveSection(b.ctx, translations.Section{Slug: "arts", Names: map[string]string{"en": "Arts"}}, []string{"Arts"}))
		b.must(b.desk.SaveSection(b.ctx, translations.Section{Slug: "kultura", Names: map[string]string{"": "Культура"}}, []string{"Культура"}))
		slugs := func() []string {
			sections, err := b.desk.Sections(b.ctx)
			b.must(err)
			var out []string
			for _, s := range sections {
				out = append(out, s.Slug)
			}
			return out
		}
		if diff := cmp.Diff([]string{"city", "arts", "kultura"}, slugs()); diff != "" {
			t.Errorf("new sections stand last: %s", diff)
		}
		sections, err := b.desk.Sections(b.ctx)
		b.must(err)
		order := []translations.Section{sections[1], sections[0], sections[2]}
		words := map[string][]string{"arts": {" Arts ", "КУЛЬТУРА", "", "культура"}, "city": {"City", "Քաղաք"}}
		b.must(b.desk.SaveSections(b.ctx, order, words, b.editor.ID))
		if diff := cmp.Diff([]string{"arts", "city", "kultura"}, slugs()); diff != "" {
			t.Errorf("order: %s", diff)
		}
		got, err := b.desk.SectionWords(b.ctx)
		b.must(err)
		if diff := cmp.Diff(map[string][]string{"arts": {"arts", "культура"}, "city": {"city", "քաղաք"}}, got); diff != "" {
			t.Errorf("words: %s", diff)
		}

		// One word under two sections changes nothing.
		words["city"] = append(words["city"], "Культура")
		err = b.desk.SaveSections(b.ctx, sections, words, b.editor.ID)
		wantKind(t, err, archive.ErrInvalid, "fault.section.word")
		if diff := cmp.Diff([]string{"arts", "city", "kultura"}, slugs()); diff != "" {
			t.Errorf("a refused order: %s", diff)
		}
		if err := b.desk.SaveSections(b.ctx, []translations.Section{{Slug: "nowhere"}}, nil, b.editor.ID); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("an unknown section: %v", err)
		}
	})
}
