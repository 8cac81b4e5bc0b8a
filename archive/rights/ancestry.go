package rights

// ancestry is a Bloom filter of the tags, ids and classes of an element's ancestors, as browsers keep one: a selector that
// asks for an ancestor of a name which is not there is turned away without looking up the tree. It may take a name for
// present that is not, never the other way round.
type ancestry [4]uint64

const (
	ancestryTag   = 'e'
	ancestryID    = '#'
	ancestryClass = '.'
)

// add notes a name, without regard to case, so that it holds in quirks mode too.
func (a *ancestry) add(kind byte, name string) {
	h := (uint32(2166136261) ^ uint32(kind)) * 16777619 // FNV-1a
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	h ^= h >> 15
	a[h>>6&3] |= 1 << (h & 63)
}

// covers says whether all that want holds is in a.
func (a *ancestry) covers(want *ancestry) bool {
	return (want[0]&^a[0])|(want[1]&^a[1])|(want[2]&^a[2])|(want[3]&^a[3]) == 0
}

func (a *ancestry) addElement(e *element) {
	a.add(ancestryTag, e.tag)
	if e.id != "" {
		a.add(ancestryID, e.id)
	}
	for _, class := range e.classes {
		a.add(ancestryClass, class)
	}
}

// asksAbove collects the names that ancestors of whatever matches the selector must have: those of the compounds that a
// blank or a ">" stands behind, on whichever side of a sibling.
func (sel *selector) asksAbove() (a ancestry) {
	for k := 1; k < len(sel.parts); k++ {
		if left := sel.parts[k-1].left; left != ' ' && left != '>' {
			continue
		}
		c := &sel.parts[k]
		if c.tag != "" {
			a.add(ancestryTag, c.tag)
		}
		for _, id := range c.ids {
			a.add(ancestryID, id)
		}
		for _, class := range c.classes {
			a.add(ancestryClass, class)
		}
	}
	return a
}
