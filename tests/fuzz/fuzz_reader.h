#ifndef TESTS_FUZZ_READER_H
#define TESTS_FUZZ_READER_H

#include "import/reader.h"

/* Reads the bytes as a file, every row of it, and checks what readers promise about rows. */
void fuzz_reader(const void *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
