#ifndef BASE_LABEL_H
#define BASE_LABEL_H

#include "base/message.h"

/* A name in both languages, static. */
struct label {
	const char *zh, *en;
};

static inline const char *label_text(struct label label, enum language language)
{
	return language == LANGUAGE_ZH ? label.zh : label.en;
}

#endif
