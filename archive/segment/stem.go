package segment

import (
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	snowballenglish "github.com/blevesearch/snowballstem/english"
	snowballrussian "github.com/blevesearch/snowballstem/russian"
)

// longestStemmed is the length in bytes beyond which a token is no word of any language and keeps its form.
const longestStemmed = 128

// Stem returns the Snowball stem of a folded word in en, ru or hy; in other languages the word itself. Stems are for
// finding more, not for judging: inflected surnames may stem apart.
func Stem(lang, folded string) string {
	if len(folded) > longestStemmed || !utf8.ValidString(folded) {
		return folded
	}
	switch profileOf(lang) {
	case &english:
		env := snowballstem.NewEnv(folded)
		snowballenglish.Stem(env)
		return env.Current()
	case &russian:
		env := snowballstem.NewEnv(folded)
		snowballrussian.Stem(env)
		return env.Current()
	case &armenian:
		return armenianStem(folded)
	}
	return folded
}
