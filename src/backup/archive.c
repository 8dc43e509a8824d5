#include "backup/archive.h"

#include "backup/tar.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

enum { LEVEL = 3 };

static void hash_hex(crypto_hash_sha256_state *state, char hex[ARCHIVE_HASH_SIZE])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_final(state, hash);
	sodium_bin2hex(hex, ARCHIVE_HASH_SIZE, hash, sizeof(hash));
}

static size_t padding_of(int64_t size)
{
	return (size_t)(-size & (TAR_BLOCK - 1));
}

/* ---- Writing */

struct archive_writer {
	const char *path;
	FILE *file;
	ZSTD_CCtx *packer;
	char *packed;
	size_t room;
	int64_t size, left; /* of the open member */
	crypto_hash_sha256_state hash;
};

static void close_writer(void *resource)
{
	struct archive_writer *writer = resource;

	ZSTD_freeCCtx(writer->packer);
	if (writer->file)
		fclose(writer->file);
}

bool archive_create(struct arena *arena, const char *path, struct archive_writer **writer_out,
		    struct error *error)
{
	struct archive_writer *writer = arena_new(arena, struct archive_writer);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	writer->path = path;
	writer->file = fd >= 0 ? fdopen(fd, "wb") : NULL;
	if (!writer->file)
		return error_set_errno(error, "file.write", path);
	writer->packer = ZSTD_createCCtx();
	ZSTD_CCtx_setParameter(writer->packer, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(writer->packer, ZSTD_c_checksumFlag, 1);
	writer->room = ZSTD_CStreamOutSize();
	writer->packed = arena_alloc(arena, writer->room);
	arena_defer(arena, close_writer, writer);
	*writer_out = writer;
	return true;
}

static bool pack(struct archive_writer *writer, struct str data, ZSTD_EndDirective how,
		 struct error *error)
{
	ZSTD_inBuffer in = { data.data, data.size, 0 };
	size_t left;

	do {
		ZSTD_outBuffer out = { writer->packed, writer->room, 0 };

		left = ZSTD_compressStream2(writer->packer, &out, &in, how);
		if (ZSTD_isError(left))
			return error_set(error, ERROR_IO, "file.write", "%s: %s", writer->path,
					 ZSTD_getErrorName(left));
		if (fwrite(writer->packed, 1, out.pos, writer->file) != out.pos)
			return error_set_errno(error, "file.write", writer->path);
	} while (how == ZSTD_e_end ? left > 0 : in.pos < in.size);
	return true;
}

bool archive_begin(struct archive_writer *writer, const struct archive_member *member,
		   struct error *error)
{
	char block[TAR_BLOCK];

	if (!tar_write_header(member, block))
		return error_set(error, ERROR_LIMIT, "backup.name", "%s", member->name);
	writer->size = writer->left = member->size;
	crypto_hash_sha256_init(&writer->hash);
	return pack(writer, (struct str){ block, TAR_BLOCK }, ZSTD_e_continue, error);
}

bool archive_write(struct archive_writer *writer, struct str data, struct error *error)
{
	writer->left -= (int64_t)data.size;
	crypto_hash_sha256_update(&writer->hash, (const unsigned char *)data.data, data.size);
	return pack(writer, data, ZSTD_e_continue, error);
}

bool archive_end(struct archive_writer *writer, char hash_out[ARCHIVE_HASH_SIZE],
		 struct error *error)
{
	static const char zeros[TAR_BLOCK];

	if (writer->left != 0)
		return error_set(error, ERROR_CONFLICT, "backup.changed", "%s", writer->path);
	hash_hex(&writer->hash, hash_out);
	return pack(writer, (struct str){ zeros, padding_of(writer->size) }, ZSTD_e_continue,
		    error);
}

bool archive_finish(struct archive_writer *writer, struct error *error)
{
	static const char zeros[2 * TAR_BLOCK];
	FILE *file = writer->file;
	bool done;

	if (!pack(writer, (struct str){ zeros, sizeof(zeros) }, ZSTD_e_end, error))
		return false;
	done = fflush(file) == 0 && fsync(fileno(file)) == 0;
	writer->file = NULL;
	done = fclose(file) == 0 && done;
	return done || error_set_errno(error, "file.write", writer->path);
}

/* ---- Reading */

struct archive_reader {
	const char *path;
	FILE *file;
	ZSTD_DCtx *unpacker;
	char *packed, *piece;
	size_t packed_room;
	ZSTD_inBuffer in;
	int64_t left;   /* of the open member */
	size_t padding; /* behind it */
	bool frame_ended;
	crypto_hash_sha256_state hash;
};

static void close_reader(void *resource)
{
	struct archive_reader *reader = resource;

	ZSTD_freeDCtx(reader->unpacker);
	fclose(reader->file);
}

bool archive_open(struct arena *arena, const char *path, struct archive_reader **reader_out,
		  struct error *error)
{
	struct archive_reader *reader = arena_new(arena, struct archive_reader);

	reader->path = path;
	reader->file = fopen(path, "rbe");
	if (!reader->file)
		return error_set_errno(error, "file.open", path);
	reader->unpacker = ZSTD_createDCtx();
	reader->packed_room = ZSTD_DStreamInSize();
	reader->packed = arena_alloc(arena, reader->packed_room);
	reader->piece = arena_alloc(arena, ARCHIVE_PIECE);
	arena_defer(arena, close_reader, reader);
	*reader_out = reader;
	return true;
}

static bool is_damaged(const struct archive_reader *reader, const char *what, struct error *error)
{
	return error_set(error, ERROR_CORRUPT, "backup.damaged", "%s: %s", reader->path, what);
}

static bool fill(struct archive_reader *reader, struct error *error)
{
	size_t got = fread(reader->packed, 1, reader->packed_room, reader->file);

	if (got == 0 && ferror(reader->file))
		return error_set_errno(error, "file.read", reader->path);
	reader->in = (ZSTD_inBuffer){ reader->packed, got, 0 };
	return got > 0 || is_damaged(reader, "truncated", error);
}

static bool unpack(struct archive_reader *reader, char *data, size_t size, struct error *error)
{
	ZSTD_outBuffer out = { data, size, 0 };

	while (out.pos < size) {
		size_t before = out.pos, result;

		if (reader->frame_ended)
			return is_damaged(reader, "truncated", error);
		result = ZSTD_decompressStream(reader->unpacker, &out, &reader->in);
		if (ZSTD_isError(result))
			return is_damaged(reader, ZSTD_getErrorName(result), error);
		reader->frame_ended = result == 0;
		if (!reader->frame_ended && out.pos == before &&
		    reader->in.pos == reader->in.size && !fill(reader, error))
			return false;
	}
	return true;
}

bool archive_read(struct archive_reader *reader, struct str *piece_out, struct error *error)
{
	size_t size = reader->left < ARCHIVE_PIECE ? (size_t)reader->left : ARCHIVE_PIECE;

	if (!unpack(reader, reader->piece, size, error))
		return false;
	reader->left -= (int64_t)size;
	crypto_hash_sha256_update(&reader->hash, (unsigned char *)reader->piece, size);
	*piece_out = (struct str){ reader->piece, size };
	return true;
}

static bool pass_over(struct archive_reader *reader, struct error *error)
{
	char padding[TAR_BLOCK];
	struct str piece;

	while (reader->left > 0)
		if (!archive_read(reader, &piece, error))
			return false;
	return unpack(reader, padding, reader->padding, error);
}

/* The end of the frame holds the checksum of all that was unpacked. */
static bool read_end(struct archive_reader *reader, struct error *error)
{
	char block[TAR_BLOCK], more;
	ZSTD_outBuffer out = { &more, 1, 0 };

	if (!unpack(reader, block, TAR_BLOCK, error))
		return false;
	while (!reader->frame_ended) {
		size_t result;

		if (reader->in.pos == reader->in.size && !fill(reader, error))
			return false;
		result = ZSTD_decompressStream(reader->unpacker, &out, &reader->in);
		if (ZSTD_isError(result))
			return is_damaged(reader, ZSTD_getErrorName(result), error);
		if (out.pos > 0)
			return is_damaged(reader, "trailing data", error);
		reader->frame_ended = result == 0;
	}
	return true;
}

bool archive_next(struct archive_reader *reader, struct archive_member *member_out, bool *end_out,
		  struct error *error)
{
	char block[TAR_BLOCK];

	if (!pass_over(reader, error) || !unpack(reader, block, TAR_BLOCK, error))
		return false;
	if (!tar_read_header(block, member_out, end_out))
		return is_damaged(reader, "tar", error);
	if (*end_out)
		return read_end(reader, error);
	reader->left = member_out->size;
	reader->padding = padding_of(member_out->size);
	crypto_hash_sha256_init(&reader->hash);
	return true;
}

void archive_hash(struct archive_reader *reader, char hash_out[ARCHIVE_HASH_SIZE])
{
	hash_hex(&reader->hash, hash_out);
}
