//go:build !race

package main

// raceDetector says that the program is watched for races, and five to twenty times slower.
const raceDetector = false
