#ifndef IMPORT_SNIFF_H
#define IMPORT_SNIFF_H

#include "import/reader.h"

/* What a file is, told by its first bytes alone. */

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_ZIP };
/* A zip that is an Office document is not packing. */
enum packing sniff_packing(struct str start);

/*
 * What is known by its signature: *format_out is FORMAT_XLSX, FORMAT_XLS or FORMAT_UNKNOWN (then it
 * may be text). False when it is something that holds no rows: *key_out is the message key of the
 * reason, *what_out its name ("PNG").
 */
bool sniff_signature(struct str start, enum format *format_out, const char **key_out,
		     const char **what_out);
/* The same for the start of text (UTF-8, no byte order mark). */
bool sniff_text(struct str start, enum format *format_out, const char **key_out,
		const char **what_out);

/* Whether decoded bytes are text: few control characters, few that could not be decoded. */
bool sniff_is_text(struct str start);

#endif
