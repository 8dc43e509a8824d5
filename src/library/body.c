#include "base/memory.h"
#include "library/library_internal.h"

#include <zstd.h>

/* A publication with full text is below a megabyte; a body beyond this is damage. */
#define BODY_SIZE_MAX ((unsigned long long)256 << 20)

struct str body_pack(struct library *library, const struct publication *publication)
{
	struct strbuf *packed = &library->packed;
	size_t bound;

	strbuf_clear(&library->encoded);
	publication_encode(publication, &library->encoded);
	bound = ZSTD_compressBound(library->encoded.size);
	strbuf_clear(packed);
	strbuf_reserve(packed, bound);
	packed->size = ZSTD_compressCCtx(library->packer, packed->data, bound,
					 library->encoded.data, library->encoded.size, 1);
	return strbuf_str(packed);
}

bool body_unpack(struct ZSTD_DCtx_s *unpacker, struct arena *arena, struct str bytes,
		 struct publication **publication_out, struct error *error)
{
	unsigned long long size = ZSTD_getFrameContentSize(bytes.data, bytes.size);
	char *plain;
	size_t got;

	if (size > BODY_SIZE_MAX) /* the two error values are larger still */
		return error_set(error, ERROR_CORRUPT, "library.body", "%zu", bytes.size);
	plain = arena_alloc(arena, (size_t)size);
	got = ZSTD_decompressDCtx(unpacker, plain, (size_t)size, bytes.data, bytes.size);
	if (ZSTD_isError(got) || got != size)
		return error_set(error, ERROR_CORRUPT, "library.body", "%zu", bytes.size);
	return publication_decode(arena, (struct str){ plain, (size_t)size }, publication_out,
				  error);
}
