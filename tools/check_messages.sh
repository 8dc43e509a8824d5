#!/bin/sh
# Every message key given to an error has a row in src/base/messages, every row is used somewhere,
# and none stands twice.
cd "$(dirname "$0")/.." || exit 2
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
sed -n 's/^{ "\([^"]*\)",.*/\1/p' src/base/messages/*.inc | sort >"$folder/known"
# In a call that sets an error the first literal written as word.what is its key.
git ls-files 'src/*.c' 'src/*.h' | xargs perl -0777 -ne '
	while (/(?:error_set\w*|errors_add)\s*\(([^;]*?)"([a-z]+\.[a-z0-9_]+)"/gs) { print "$2\n" }' |
	sort -u >"$folder/given"
git ls-files 'src/*.c' 'src/*.h' 'src/*.csv' | xargs grep -hoE '"[a-z]+\.[a-z0-9_]+"' | tr -d '"' |
	sort -u >"$folder/written"
bad=0
for key in $(uniq -d "$folder/known"); do echo "message $key stands twice"; bad=1; done
for key in $(comm -23 "$folder/given" "$folder/known"); do echo "message $key is missing"; bad=1; done
for key in $(comm -13 "$folder/written" "$folder/known"); do echo "message $key is never used"; bad=1; done
exit $bad
