package rights

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"
)

// tally counts how readings compare with labels.
type tally struct {
	is        map[string]*score
	precision map[string]*score
	right     map[string]int
	policies  int
}

func newTally() *tally {
	return &tally{
		is:        map[string]*score{},
		precision: map[string]*score{"requires_hyperlink": {}, "permission_required": {}},
		right:     map[string]int{},
	}
}

// add counts one statement and logs where the reading differs.
func (c *tally) add(t *testing.T, p policy) {
	t.Helper()
	r := Detect(Statement{Lang: p.Lang, Text: p.Text, Outlet: p.Outlet})
	checkClauses(t, p.Text, r)
	if c.is[p.Lang] == nil {
		c.is[p.Lang] = &score{}
	}
	switch {
	case p.IsPolicy && r.IsPolicy:
		c.is[p.Lang].tp++
	case r.IsPolicy:
		c.is[p.Lang].fp++
		t.Logf("%s: taken for terms: %s %v\n    %s", p.ID, shortForm(r), r.Why, p.Text)
	case p.IsPolicy:
		c.is[p.Lang].fn++
		t.Logf("%s: missed\n    %s", p.ID, p.Text)
	}
	if p.IsPolicy {
		c.policies++
	}
	fields := attributes(p, r)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		v := fields[name]
		if s := c.precision[name]; s != nil && v[0] == "true" {
			if v[1] == "true" {
				s.tp++
			} else {
				s.fp++
			}
		}
		if !p.IsPolicy {
			continue
		}
		if v[0] == v[1] {
			c.right[name]++
		} else if r.IsPolicy {
			t.Logf("%s: %s is %q, want %q %v\n    %s", p.ID, name, v[0], v[1], r.Why, p.Text)
		}
	}
}

// accuracy is the mean over the attributes of the share of policies they are right for.
func (c *tally) accuracy() float64 {
	mean := 0.0
	for _, k := range c.right {
		mean += float64(k) / float64(c.policies) / float64(len(c.right))
	}
	return mean
}

// TestDetectBlind measures statements labelled before they were read (see testdata/blind/README.md).
func TestDetectBlind(t *testing.T) {
	for _, batch := range []string{"a", "b", "c", "d"} {
		t.Run(batch, func(t *testing.T) {
			c := newTally()
			files, err := filepath.Glob("testdata/blind/*-" + batch + ".jsonl")
			if err != nil || len(files) == 0 {
				t.Skipf("no statements of batch %s: %v", batch, err)
			}
			for _, file := range files {
				for _, p := range readPolicies(t, file) {
					c.add(t, p)
				}
			}
			for _, lang := range slices.Sorted(maps.Keys(c.is)) {
				s := c.is[lang]
				t.Logf("is_policy %s: F1 %.3f %+v", lang, s.f1(), *s)
				if s.f1() < 0.96 {
					t.Errorf("is_policy %s: F1 %.3f, want 0.96", lang, s.f1())
				}
			}
			for _, name := range slices.Sorted(maps.Keys(c.right)) {
				t.Logf("%-20s accuracy %.3f", name, float64(c.right[name])/float64(c.policies))
			}
			t.Logf("mean attribute accuracy %.3f", c.accuracy())
			for name, s := range c.precision {
				t.Logf("%s precision %.3f %+v", name, s.precision(), *s)
				if s.precision() < 0.95 {
					t.Errorf("%s precision %.3f, want 0.95", name, s.precision())
				}
			}
			if c.accuracy() < 0.97 {
				t.Errorf("mean attribute accuracy %.3f, want 0.97", c.accuracy())
			}
		})
	}
}
