#ifndef IMPORT_PACKAGE_H
#define IMPORT_PACKAGE_H

#include "base/arena.h"
#include "base/error.h"

/*
 * An Office Open XML package (ECMA-376 part 2): a zip of XML parts, as .xlsx and .docx are. Parts
 * are given to handlers as they unpack. Limits hold for all parts together: bytes unpacked, the
 * size of one token, and next to no room for entities, of which a package has none of its own.
 */
struct package;

struct package_options {
	const char *place;   /* the file as errors name it */
	const char *damaged; /* message key of what cannot be read; {hint} says why */
	int64_t unpacked_size_max;
};

/* Takes over fd; closed with the arena. The options' texts must outlive the package. */
bool package_open(struct arena *arena, int fd, const struct package_options *options,
		  struct package **package_out, struct error *error) MUST_CHECK;
bool package_has(const struct package *package, const char *name);

/* Attributes are name, value, name, value …, NULL. Any handler may be NULL. */
typedef void (*package_start_fn)(void *user, const char *name, const char **attributes);
typedef void (*package_end_fn)(void *user, const char *name);
typedef void (*package_text_fn)(void *user, const char *data, int size);

struct package_handlers {
	package_start_fn start;
	package_end_fn end;
	package_text_fn text;
};

/* Reads a whole part; a missing one is an error. */
bool package_read(struct package *package, const char *name,
		  const struct package_handlers *handlers, void *user,
		  struct error *error) MUST_CHECK;
/* Called by a handler: reading ends as ERROR_LIMIT with this message key. */
void package_stop(struct package *package, const char *fault);

const char *package_local(const char *name); /* behind the prefix */
/* NULL when missing. A name with a prefix means any prefix: that is the file's own choice. */
const char *package_attribute(const char **attributes, const char *name);

#endif
