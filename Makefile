# make            builds build/yucheng
# make run        installs what is missing, builds, makes the demo workspace and its report, serves it
# make check      installs what is missing, builds, runs every test; ends with "N passed, N failed"
# make bench      the engine side by side with its peers (see docs/performance.md)
# make instructions   instructions of the hot paths beside those kept in tests/bench/instructions.tsv
BUILD = build

.PHONY: all run check bench instructions clean
all: $(BUILD)/build.ninja
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	tools/bootstrap
	meson setup $(BUILD)

run:
	tools/run

check:
	tools/check

bench: all
	tools/bench

instructions: all
	ninja -C $(BUILD) tests/bench/bench_instructions
	python3 tests/bench/instructions.py $(BUILD)/tests/bench/bench_instructions $(BUILD)/bench/instructions || [ $$? -eq 77 ] # no valgrind

clean:
	rm -rf $(BUILD) $(BUILD)-*
