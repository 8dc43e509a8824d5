#!/bin/sh
# Every message key used in src/ has a row in src/base/messages, and every row is used.
cd "$(dirname "$0")/.." || exit 2
used=$(mktemp) && known=$(mktemp) || exit 2
trap 'rm -f "$used" "$known"' EXIT
sed -n 's/^{ "\([^"]*\)",.*/\1/p' src/base/messages/*.inc | sort >"$known"
# A key is a literal "word.what" whose word begins some key of the table; names of fault points are
# written the same way and are none.
words=$(cut -d. -f1 "$known" | sort -u | tr '\n' '|' | sed 's/|$//')
git ls-files 'src/*.c' 'src/*.h' | xargs grep -hv 'fault_point(' |
	grep -oE "\"($words)\.[a-z0-9_]+\"" | tr -d '"' |
	grep -vE '\.(c|h|db|csv|json|js|css|html|inc)$' | sort -u >"$used"
bad=0
for key in $(sort "$known" | uniq -d); do echo "message $key stands twice"; bad=1; done
for key in $(comm -23 "$used" "$known"); do echo "message $key is missing"; bad=1; done
for key in $(comm -13 "$used" "$known"); do echo "message $key is never used"; bad=1; done
exit $bad
