#ifndef BASE_MESSAGE_H
#define BASE_MESSAGE_H

#include "base/arena.h"
#include "base/error.h"

/*
 * Every text a person may read as an error or a warning, in both languages, by key. Each layer
 * owns src/base/messages/<layer>.inc; a test fails on a key that is missing or never used.
 */
enum language { LANGUAGE_ZH, LANGUAGE_EN };

struct message {
	const char *key;
	const char
		*text[2]; /* by enum language; {} stands for detail, {at} for at, {hint} for hint */
};

const struct message *message_find(const char *key); /* NULL when there is none */
/* All messages, for the test that compares them with the sources. */
const struct message *message_list(size_t *count_out);

/* The error as one line for a person; an unknown key is shown as it stands. */
const char *message_format(struct arena *arena, const struct error *error, enum language language);

#endif
