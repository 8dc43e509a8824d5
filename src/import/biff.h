#ifndef IMPORT_BIFF_H
#define IMPORT_BIFF_H

#include "base/strbuf.h"
#include "import/compound.h"

/* The records of an Excel 97 workbook ([MS-XLS] 2.1.4): a number, a size, data. */

enum biff_record {
	BIFF_EOF = 0x0A,
	BIFF_FORMULA = 0x06,
	BIFF_DATEMODE = 0x22,
	BIFF_FILEPASS = 0x2F,
	BIFF_CONTINUE = 0x3C,
	BIFF_BOUNDSHEET = 0x85,
	BIFF_MULRK = 0xBD,
	BIFF_RSTRING = 0xD6,
	BIFF_XF = 0xE0,
	BIFF_SST = 0xFC,
	BIFF_LABELSST = 0xFD,
	BIFF_NUMBER = 0x203,
	BIFF_LABEL = 0x204,
	BIFF_BOOLERR = 0x205,
	BIFF_STRING = 0x207,
	BIFF_RK = 0x27E,
	BIFF_FORMAT = 0x41E,
	BIFF_BOF = 0x809,
};

struct biff {
	struct compound_stream stream;
	uint64_t at; /* of the record behind this one */
	unsigned kind;
	const char *data; /* of this record: size bytes */
	size_t size;
	bool cut; /* the stream ended inside a record */
	char *buffer;
	uint64_t buffer_at;
	size_t buffer_size;
};

void biff_open(struct biff *biff, struct arena *arena, const struct compound_stream *stream);
void biff_seek(struct biff *biff, uint64_t at);
bool biff_next(struct biff *biff); /* false at the end */
/* The kind of the record behind this one; 0 at the end. */
unsigned biff_coming(struct biff *biff);

uint16_t biff_get16(const struct biff *biff, size_t at); /* 0 behind the record's end */
uint32_t biff_get32(const struct biff *biff, size_t at);
double biff_get_double(const struct biff *biff, size_t at);

/*
 * Reads a string at *at of the record, going on in CONTINUE records; *at is moved behind it.
 * The count of characters takes two bytes. text is cleared first. False when it is cut off.
 */
bool biff_read_string(struct biff *biff, size_t *at, struct strbuf *text);

#endif
