#ifndef IMPORT_REJECTS_H
#define IMPORT_REJECTS_H

#include "base/message.h"
#include "import/run.h"

/*
 * Refused rows as CSV: the columns they have in their files, then file, row and reason. All rows are
 * noted for their columns before the first is written. Filled in, the file can be imported.
 */
struct rejects;
struct rejects *rejects_create(struct arena *arena, enum language language);
void rejects_note(struct rejects *rejects, const struct import_rejected *row);
void rejects_write(struct rejects *rejects, const char *file, const struct import_rejected *row);
/* With its header; lives as long as the arena. */
struct str rejects_text(struct rejects *rejects);

/* The reason alone: messages of readers begin with the file's name, which is told beside it. */
const char *rejects_reason(struct arena *arena, enum language language, const char *file,
			   const struct error *reason);

#endif
