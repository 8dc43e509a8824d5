#!/bin/sh
# The report a new user sees first: demo data, a topic with trees, both languages and forms.
# demo_report.sh YUCHENG NODE REPORT.MJS FOLDER
set -eu
yucheng=$1 node=$2 check=$3 folder=$4

rm -rf "$folder"
mkdir -p "$folder"
export YUCHENG_DATA="$folder/data"
"$yucheng" demo --quiet --as-of 2026-11-22 >/dev/null
topic=示例·人工智能
"$yucheng" report navigation --topic "$topic" --as-of 2026-11-22 --out "$folder/topic-zh.html"
"$yucheng" report navigation --topic "$topic" --as-of 2026-11-22 --lang en --out "$folder/topic-en.html"
"$yucheng" report navigation --query 'TA=电池' --as-of 2026-11-22 --unit family --out "$folder/query.html"
"$yucheng" report navigation --query 'TA=此词必无' --as-of 2026-11-22 --out "$folder/nothing.html"
"$yucheng" report navigation --topic "$topic" --as-of 2026-11-22 --out "$folder/topic.xlsx"
"$yucheng" report navigation --topic "$topic" --as-of 2026-11-22 --out "$folder/topic.docx"
rm -rf "$folder/data"
if grep -q '<li></li>' "$folder/topic-zh.html"; then
	echo "an empty item in a list" >&2
	exit 1
fi
# An office program takes the document and lays out its pages; without one this step is left out.
if command -v soffice >/dev/null; then
	(cd "$folder" && HOME="$folder" soffice --headless --convert-to pdf topic.docx >/dev/null 2>&1)
	pdftotext "$folder/topic.pdf" "$folder/topic.txt"
	grep -q '主要结论' "$folder/topic.txt"
	[ "$(pdfinfo "$folder/topic.pdf" | sed -n 's/^Pages: *//p')" -gt 20 ]
fi
"$node" "$check" "$folder/output" "$folder/topic-zh.html" \
	--quick "$folder/topic-en.html" "$folder/query.html"
