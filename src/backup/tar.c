/* Header blocks of POSIX.1-1988 ustar; sizes of 8 GiB and more in base 256, as GNU tar has them. */
#include "backup/tar.h"

#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 100, PREFIX_SIZE = 155, TYPE_FILE = '0' };

/* The fields in their order; no field holds padding. */
struct header {
	char name[NAME_SIZE];
	char mode[8], user[8], group[8];
	char size[12], modified[12];
	char checksum[8];
	char type;
	char link[100];
	char magic[8]; /* "ustar", NUL, "00" */
	char user_name[32], group_name[32];
	char major[8], minor[8];
	char prefix[PREFIX_SIZE];
	char rest[12];
};

_Static_assert(sizeof(struct header) == TAR_BLOCK, "a block");

static void put_octal(char *field, size_t size, uint64_t value)
{
	field[size - 1] = 0;
	for (size_t i = size - 1; i-- > 0; value >>= 3)
		field[i] = (char)('0' + (value & 7));
}

/* 11 octal digits hold sizes below 8 GiB. */
static void put_size(char field[12], uint64_t size)
{
	if (size >> 33 == 0) {
		put_octal(field, 12, size);
		return;
	}
	memset(field, 0, 12);
	field[0] = (char)0x80;
	for (size_t i = 11; size > 0; size >>= 8)
		field[i--] = (char)(size & 0xFF);
}

static bool get_octal(const char *field, size_t size, uint64_t *value_out)
{
	size_t i = 0;

	*value_out = 0;
	while (i < size && field[i] == ' ')
		i++;
	for (; i < size && field[i] >= '0' && field[i] <= '7'; i++)
		*value_out = *value_out << 3 | (uint64_t)(field[i] - '0');
	return i == size || field[i] == 0 || field[i] == ' ';
}

static bool get_size(const char field[12], int64_t *size_out)
{
	uint64_t size = 0;

	if (field[0] != (char)0x80) {
		if (!get_octal(field, 12, &size))
			return false;
	} else {
		for (size_t i = 4; i < 12; i++)
			size = size << 8 | (unsigned char)field[i];
	}
	*size_out = (int64_t)size;
	return size <= INT64_MAX / 2;
}

/* The sum of all bytes, those of the checksum itself taken as blanks. */
static unsigned checksum(const struct header *header)
{
	const unsigned char *bytes = (const unsigned char *)header;
	size_t from = offsetof(struct header, checksum), to = from + sizeof(header->checksum);
	unsigned sum = 0;

	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += i >= from && i < to ? ' ' : bytes[i];
	return sum;
}

static bool put_name(struct header *header, struct str name)
{
	size_t cut;

	if (name.size <= NAME_SIZE) {
		memcpy(header->name, name.data, name.size);
		return true;
	}
	/* prefix and name, with a slash between them that is not stored */
	for (cut = name.size - NAME_SIZE - 1; cut < name.size && name.data[cut] != '/'; cut++)
		;
	if (cut >= name.size - 1 || cut > PREFIX_SIZE)
		return false;
	memcpy(header->prefix, name.data, cut);
	memcpy(header->name, name.data + cut + 1, name.size - cut - 1);
	return true;
}

bool tar_name_is_safe(struct str name)
{
	struct str part;

	if (name.size == 0 || name.size >= ARCHIVE_NAME_SIZE)
		return false;
	while (str_split(&name, STR("/"), &part))
		if (part.size == 0 || str_equal(part, STR(".")) || str_equal(part, STR("..")) ||
		    str_find_byte(part, 0) != STR_NOT_FOUND)
			return false;
	return true;
}

bool tar_write_header(const struct archive_member *member, char block[TAR_BLOCK])
{
	struct header header = { .type = TYPE_FILE,
				 .magic = { 'u', 's', 't', 'a', 'r', 0, '0', '0' } };

	if (!tar_name_is_safe(str_of(member->name)) || !put_name(&header, str_of(member->name)))
		return false;
	put_octal(header.mode, sizeof(header.mode), member->mode & 0777);
	put_octal(header.user, sizeof(header.user), 0);
	put_octal(header.group, sizeof(header.group), 0);
	put_size(header.size, (uint64_t)member->size);
	put_octal(header.modified, sizeof(header.modified), (uint64_t)member->modified);
	put_octal(header.checksum, sizeof(header.checksum) - 1, checksum(&header));
	header.checksum[sizeof(header.checksum) - 1] = ' ';
	memcpy(block, &header, TAR_BLOCK);
	return true;
}

static bool is_empty(const char block[TAR_BLOCK])
{
	for (size_t i = 0; i < TAR_BLOCK; i++)
		if (block[i])
			return false;
	return true;
}

static bool get_name(const struct header *header, char name[ARCHIVE_NAME_SIZE])
{
	int prefix_size = (int)strnlen(header->prefix, PREFIX_SIZE);
	int name_size = (int)strnlen(header->name, NAME_SIZE);

	snprintf(name, ARCHIVE_NAME_SIZE, "%.*s%s%.*s", prefix_size, header->prefix,
		 prefix_size ? "/" : "", name_size, header->name);
	return tar_name_is_safe(str_of(name));
}

bool tar_read_header(const char block[TAR_BLOCK], struct archive_member *member_out, bool *end_out)
{
	uint64_t sum, mode, modified;
	struct header header;

	*end_out = is_empty(block);
	if (*end_out)
		return true;
	memcpy(&header, block, TAR_BLOCK);
	*member_out = (struct archive_member){ .size = 0 };
	if (!get_octal(header.checksum, sizeof(header.checksum), &sum) ||
	    sum != checksum(&header) || memcmp(header.magic, "ustar", 5) != 0 ||
	    header.type != TYPE_FILE || !get_octal(header.mode, sizeof(header.mode), &mode) ||
	    !get_octal(header.modified, sizeof(header.modified), &modified) ||
	    !get_size(header.size, &member_out->size) || !get_name(&header, member_out->name))
		return false;
	member_out->mode = (unsigned)(mode & 0777);
	member_out->modified = (int64_t)modified;
	return true;
}
