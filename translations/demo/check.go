package demo

import (
	"fmt"
	"slices"
	"strings"
)

// check tells the first thing that refers to what is not there.
func (n Newsroom) check() error {
	for _, o := range n.Outlets {
		if err := n.checkOutlet(o); err != nil {
			return fmt.Errorf("outlet %s: %w", o.ID, err)
		}
	}
	for _, a := range n.Articles {
		if err := n.checkArticle(a); err != nil {
			return fmt.Errorf("article %s: %w", a.Slug, err)
		}
	}
	for _, j := range n.Plan {
		if err := n.checkJob(j); err != nil {
			return fmt.Errorf("plan: %s into %s: %w", j.Article, j.Language, err)
		}
	}
	return nil
}

func (n Newsroom) checkOutlet(o Outlet) error {
	if _, ok := n.Person(o.ConfirmedBy); !ok && o.ConfirmedBy != "" {
		return fmt.Errorf("confirmed by %q, who is nobody", o.ConfirmedBy)
	}
	for _, c := range o.Clauses {
		if !strings.Contains(o.Statement, c.Quote) {
			return fmt.Errorf("clause %s quotes what the statement does not say: %s", c.Kind, c.Quote)
		}
	}
	return nil
}

func (n Newsroom) checkArticle(a Article) error {
	if _, ok := n.Outlet(a.Upstream); !ok && a.Upstream != "" {
		return fmt.Errorf("retells %q, which is no outlet", a.Upstream)
	}
	if len(a.Captured) != len(a.Pages) {
		return fmt.Errorf("%d pages, captured %d times", len(a.Pages), len(a.Captured))
	}
	for _, v := range a.Versions {
		if v.Revision < 1 || v.Revision > len(a.Pages) {
			return fmt.Errorf("version into %s is made against page %d of %d", v.Language, v.Revision, len(a.Pages))
		}
	}
	return nil
}

func (n Newsroom) checkJob(j Job) error {
	a, ok := n.Article(j.Article)
	if !ok {
		return fmt.Errorf("no such article")
	}
	o, _ := n.Outlet(a.Outlet)
	original := o.Language == j.Language
	v, ok := a.Version(j.Language, 1)
	if ok == original {
		return fmt.Errorf("an original has no version, and a translation needs one")
	}
	if !slices.Contains(States(), j.State) {
		return fmt.Errorf("no such state: %q", j.State)
	}
	if v.Partial && j.State != Draft {
		return fmt.Errorf("a partial version cannot be %s", j.State)
	}
	if j.State == Behind && len(a.Pages) < 2 {
		return fmt.Errorf("nothing to be behind of")
	}
	for role, id := range map[string]string{"translator": j.Translator, "editor": j.Editor} {
		if p, ok := n.Person(id); id != "" && (!ok || !p.HasRole(role, j.Language)) {
			return fmt.Errorf("%q is no %s of this language", id, role)
		}
	}
	if j.State != Draft && (j.Editor == "" || j.Translator == "") {
		return fmt.Errorf("%s needs a translator and an editor", j.State)
	}
	if j.Translator != "" && j.Translator == j.Editor {
		return fmt.Errorf("%s would approve their own work", j.Editor)
	}
	for _, c := range j.Comments {
		if !strings.Contains(strings.Join(v.Blocks, "\n"), c.Quote) {
			return fmt.Errorf("a comment is on words that the version does not have: %s", c.Quote)
		}
	}
	return nil
}
