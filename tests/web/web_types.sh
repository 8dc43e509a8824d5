#!/bin/sh
# Checks the types of the web application against the record types of the program:
# web_types.sh YUCHENG NODE
set -e
yucheng=$(realpath "$1")
cd "$(dirname "$0")/../../web"
mkdir -p src/generated
"$yucheng" describe --typescript >src/generated/records.ts.new
mv src/generated/records.ts.new src/generated/records.ts
exec "$2" node_modules/vue-tsc/bin/vue-tsc.js --noEmit
