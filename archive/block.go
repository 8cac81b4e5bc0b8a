package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"colophon/archive/ingest"
)

// BlockKey is the identity of a block within its article, kept across revisions.
type BlockKey string

// Title and dek are blocks like the others, under keys of their own.
const (
	TitleKey BlockKey = "title"
	DekKey   BlockKey = "dek"
)

// The kinds of block that a page's body does not have.
const (
	KindTitle ingest.Kind = "title"
	KindDek   ingest.Kind = "dek"
)

// Block is one unit of a revision: what is translated, reviewed and compared as a whole (an XLIFF unit).
type Block struct {
	Key    BlockKey
	Kind   ingest.Kind
	Level  int    // of a heading
	HTML   string // inline HTML of the safe set; of a figure, its caption
	Text   string // the same without tags
	Figure *Figure
	Hash   string // of all of the above: equal hashes are equal blocks
}

// Figure is what a figure or an embed has besides its caption. Ordered belongs to list items.
type Figure struct {
	URL     string `json:"url,omitempty"`
	Alt     string `json:"alt,omitempty"`
	Credit  string `json:"credit,omitempty"`
	Ordered bool   `json:"ordered,omitempty"`
}

// IsTranslated says whether the block has words to translate.
func (b Block) IsTranslated() bool { return strings.TrimSpace(b.Text) != "" }

func (b *Block) seal() {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s\x00%d\x00%s\x00", b.Kind, b.Level, b.HTML)
	if b.Figure != nil {
		_ = json.NewEncoder(h).Encode(b.Figure) // a hash never fails to write
	}
	b.Hash = hex.EncodeToString(h.Sum(nil))
}

// BlocksOf makes the blocks of a document, title and dek first, without keys but for those two.
func BlocksOf(d ingest.Document) []Block {
	blocks := []Block{{Key: TitleKey, Kind: KindTitle, HTML: html.EscapeString(d.Title), Text: d.Title}}
	if d.Dek != "" {
		blocks = append(blocks, Block{Key: DekKey, Kind: KindDek, HTML: html.EscapeString(d.Dek), Text: d.Dek})
	}
	for _, b := range d.Blocks {
		nb := Block{Kind: b.Kind, Level: b.Level, HTML: b.HTML, Text: b.Text}
		if b.URL != "" || b.Alt != "" || b.Credit != "" || b.Ordered {
			nb.Figure = &Figure{URL: b.URL, Alt: b.Alt, Credit: b.Credit, Ordered: b.Ordered}
		}
		blocks = append(blocks, nb)
	}
	for i := range blocks {
		blocks[i].seal()
	}
	return blocks
}

// digestOf is the digest of a revision: of its blocks' hashes in order, whatever their keys.
func digestOf(blocks []Block) string {
	h := sha256.New()
	for _, b := range blocks {
		_, _ = io.WriteString(h, b.Hash)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Likeness, from 0 to 1, above which a changed block is taken for the same one.
const sameBlock = 0.5

// assignKeys gives the blocks of a new revision the keys of the old ones they continue: first those whose words are
// equal, in order; then, between two such anchors, those that are like enough, in order. The rest get keys of revision
// number.
func assignKeys(old, blocks []Block, number int) {
	anchors := commonOrder(old, blocks)
	i, j := 0, 0
	for _, a := range append(anchors, [2]int{len(old), len(blocks)}) {
		alike(old[i:a[0]], blocks[j:a[1]])
		if a[0] < len(old) {
			blocks[a[1]].Key = old[a[0]].Key
		}
		i, j = a[0]+1, a[1]+1
	}
	for n := range blocks {
		if blocks[n].Key == "" {
			blocks[n].Key = BlockKey(fmt.Sprintf("r%d.%d", number, n))
		}
	}
}

// alike pairs blocks of two stretches in order, greedily by likeness, and hands the keys on.
func alike(old, blocks []Block) {
	from := 0
	for n := range blocks {
		if blocks[n].Key != "" {
			continue
		}
		best, at := sameBlock, -1
		for m := from; m < len(old) && m < from+30; m++ {
			if old[m].Key == TitleKey || old[m].Key == DekKey || old[m].Kind != blocks[n].Kind {
				continue
			}
			if l := likeness(old[m].Text, blocks[n].Text); l > best {
				best, at = l, m
			}
		}
		if at >= 0 {
			blocks[n].Key = old[at].Key
			from = at + 1
		}
	}
}

// likeness is the share of words two texts have in common (Dice over words, counted).
func likeness(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x)+len(y) == 0 {
		return 1
	}
	count := make(map[string]int, len(x))
	for _, w := range x {
		count[w]++
	}
	same := 0
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			same++
		}
	}
	return 2 * float64(same) / float64(len(x)+len(y))
}

// commonOrder is a longest common subsequence of equal hashes, as pairs of indexes. Long articles beyond maxLCS are
// compared from both ends only.
func commonOrder(old, blocks []Block) [][2]int {
	const maxLCS = 1500
	var head, tail [][2]int
	lo, hiOld, hiNew := 0, len(old), len(blocks)
	for lo < hiOld && lo < hiNew && old[lo].Hash == blocks[lo].Hash {
		head = append(head, [2]int{lo, lo})
		lo++
	}
	for hiOld > lo && hiNew > lo && old[hiOld-1].Hash == blocks[hiNew-1].Hash {
		hiOld--
		hiNew--
		tail = append(tail, [2]int{hiOld, hiNew})
	}
	n, m := hiOld-lo, hiNew-lo
	if n > 0 && m > 0 && n <= maxLCS && m <= maxLCS {
		length := make([][]int32, n+1)
		for i := range length {
			length[i] = make([]int32, m+1)
		}
		for i := n - 1; i >= 0; i-- {
			for j := m - 1; j >= 0; j-- {
				if old[lo+i].Hash == blocks[lo+j].Hash {
					length[i][j] = length[i+1][j+1] + 1
				} else {
					length[i][j] = max(length[i+1][j], length[i][j+1])
				}
			}
		}
		for i, j := 0, 0; i < n && j < m; {
			switch {
			case old[lo+i].Hash == blocks[lo+j].Hash:
				head = append(head, [2]int{lo + i, lo + j})
				i++
				j++
			case length[i+1][j] >= length[i][j+1]:
				i++
			default:
				j++
			}
		}
	}
	for _, pair := range slices.Backward(tail) {
		head = append(head, pair)
	}
	return head
}
