#ifndef LIBRARY_LIBRARY_INTERNAL_H
#define LIBRARY_LIBRARY_INTERNAL_H

#include "base/strbuf.h"
#include "db/db.h"
#include "library/library.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

struct library {
	struct db *db;
	char *folder;
	int64_t organisation_id; /* whose topics and saved queries */
	struct ZSTD_CCtx_s *packer;
	struct ZSTD_DCtx_s *unpacker;
	struct strbuf encoded, packed; /* scratch of body_pack */
	library_ask_fn *ask;           /* at every begin; or NULL */
	void *ask_context;
};

/* A publication's facts as stored: encoded, then compressed. The view lives until the next call. */
struct str body_pack(struct library *library, const struct publication *publication);
bool body_unpack(struct ZSTD_DCtx_s *unpacker, struct arena *arena, struct str bytes,
		 struct publication **publication_out, struct error *error) MUST_CHECK;

/* The text a SELECT … WHERE name = $1 answers; ERROR_NOT_FOUND with missing_key without one. */
bool library_find_text(struct library *library, struct arena *arena, const char *sql,
		       const struct db_param *params, size_t param_count, const char *missing_key,
		       const char **text_out, struct error *error) MUST_CHECK;

#endif
