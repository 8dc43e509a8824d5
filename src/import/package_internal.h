#ifndef IMPORT_PACKAGE_INTERNAL_H
#define IMPORT_PACKAGE_INTERNAL_H

#include "import/package.h"

#define XML_DTD /* makes expat.h declare the protection against expansion */
#include <expat.h>
#include <zip.h>

/* A part that is read piece by piece: handlers may suspend the parser. */
struct package_part {
	struct package *package;
	zip_file_t *file;
	XML_Parser parser;
	int64_t size, given; /* bytes: unpacked, and given to the parser */
	unsigned depth;
	bool suspended, last, ended; /* last: all bytes are given */
	const char *fault;           /* message key, when a handler stopped the parser */
};

struct package {
	zip_t *archive;
	struct package_options options;
	int64_t unpacked;
	struct package_part *reading; /* by package_read() */
};

bool package_part_open(struct package *package, const char *name, struct package_part *part,
		       struct error *error) MUST_CHECK;
void package_part_close(struct package_part *part); /* one never opened, all zero, is fine */
void package_part_stop(struct package_part *part, const char *fault);
/* Goes on until a handler suspends the parser or the part ends. */
bool package_part_run(struct package_part *part, struct error *error) MUST_CHECK;

#endif
