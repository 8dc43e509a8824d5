#ifndef IMPORT_ENTITIES_H
#define IMPORT_ENTITIES_H

#include <stdint.h>

/*
 * The rune a named character stands for ("eacute", "mdash", "lsqb"), 0 when the name is unknown.
 * Patent offices' files use these names and leave their definition to a DTD that is not there.
 */
uint32_t entity_find(const char *name);

#endif
