#!/bin/sh
# Each line of tools/layers.txt names a folder of src/ and the folders it may include;
# tools/libraries.txt names each third-party header and the one folder it may appear in.
cd "$(dirname "$0")/.." || exit 2
find src -name '*.[ch]' -o -name '*.inc' | sort | xargs awk '
BEGIN {
	while ((getline line < "tools/layers.txt") > 0) {
		count = split(line, word, /[: ]+/)
		known[word[1]] = 1
		for (i = 2; i <= count; i++) may[word[1], word[i]] = 1
	}
	while ((getline line < "tools/libraries.txt") > 0) {
		if (line ~ /^#/ || line == "") continue
		count = split(line, word, /[: ]+/)
		for (i = 2; i <= count; i++) home[word[1], word[i]] = 1
		library[word[1]] = 1
	}
}
function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why; found = 1 }
/^#include </ {
	split(FILENAME, path, "/"); split($0, quoted, /[<>]/); header = quoted[2]; sub(/\/.*/, "/", header)
	if (header in library && !((header, path[2]) in home)) bad(header " does not belong in " path[2])
}
/^#include "/ {
	split(FILENAME, path, "/"); from = path[2]
	split($0, quoted, "\""); to = quoted[2]; sub(/\/.*/, "", to)
	if (from == "main.c") next
	if (!(from in known)) bad(from " is not in tools/layers.txt")
	else if (from == to) next
	else if (quoted[2] ~ /_internal\.h$/) bad("reaches into the inside of " to)
	else if (!((from, to) in may)) bad(from " may not use " to)
}
END { exit found }'
