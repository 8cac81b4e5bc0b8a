//go:build !race

package segment

// raced says that the race detector is at work, which makes all of this several times slower: what is tried at great length
// without it is tried at less with it.
const raced = false
