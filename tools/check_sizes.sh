#!/bin/sh
# A function has at most 70 lines, a file at most 700; tools/sizes.txt lists exceptions by name,
# each with its reason.
cd "$(dirname "$0")/.." || exit 2
git ls-files 'src/*.[ch]' | xargs ctags --languages=C --kinds-C=f --fields=+ne -f - 2>/dev/null |
awk -F'\t' '
BEGIN { while ((getline line < "tools/sizes.txt") > 0) { split(line, word, ":"); allowed[word[1]] = 1 } }
{
	for (i = 4; i <= NF; i++) {
		if ($i ~ /^line:/) first = substr($i, 6)
		if ($i ~ /^end:/) last = substr($i, 5)
	}
	if (last - first + 1 > 70 && !($1 in allowed)) {
		printf "%s:%d: %s has %d lines\n", $2, first, $1, last - first + 1
		found = 1
	}
}
END { exit found }' || exit 1
git ls-files 'src/*.[ch]' | xargs wc -l | awk '$2 != "total" && $1 > 700 { print $2 ": " $1 " lines"; found = 1 } END { exit found }'
