#ifndef RECORD_DESCRIBE_H
#define RECORD_DESCRIBE_H

#include "base/jsonout.h"
#include "record/record_type.h"

/* What others are made of from the types' tables. */

/* CREATE TABLE and indexes of one type, for both databases; {ID} is the id column (db_migrate). */
void record_write_ddl(const struct record_type *type, struct strbuf *sql_out);
/* All types with roles, fields, labels, choices, states, steps, grants: one JSON object. */
void record_write_json(struct strbuf *json_out);
/* One of them as members of the object that is open. */
void record_write_type(struct jsonout *json, const struct record_type *type);
/* Types of TypeScript: one interface a record type, unions for choices and states. */
void record_write_typescript(struct strbuf *text_out);

#endif
