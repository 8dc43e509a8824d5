#ifndef IMPORT_PUBLICATION_JSON_H
#define IMPORT_PUBLICATION_JSON_H

#include "base/jsonout.h"
#include "patent/publication.h"

/*
 * Writes a publication in our own form, which the source "yucheng" (source_plain.c) reads back to
 * the same facts: members of an open JSON object, named as fact_fields[]. Texts are lists of
 * {"lang","text"}; claims one text with their numbers; lists of values with parts are lists of
 * objects; all else strings. Of FACT_DESCRIPTION, FACT_NPL and FACT_VENDOR nothing is written.
 */
void publication_write_json(const struct publication *publication, struct jsonout *json);

#endif
