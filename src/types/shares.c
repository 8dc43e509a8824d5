/* Shares of inventors: who has how much of 100. */
#include "types/types_internal.h"

struct share {
	struct str name;
	int64_t hundredths; /* of a percent */
};

enum { WHOLE = 10000, SHARES_MAX = 100 };

/* Separators people use become ';'. */
static struct str with_plain_separators(struct arena *arena, struct str text)
{
	static const char *const separators[] = { "；", "，", "、", ",", "\n", "\r" };
	char *plain = str_to_cstr(arena, text);

	for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++)
		for (char *at = plain; (at = strstr(at, separators[i])) != NULL;)
			memset(at, ';', strlen(separators[i]));
	return str_of(plain);
}

/* "张三：60.5%" */
static bool read_share(struct str part, struct share *share_out)
{
	size_t end = part.size, start;
	double percent;

	if (end && part.data[end - 1] == '%')
		end--;
	for (start = end; start && strchr("0123456789.", part.data[start - 1]);)
		start--;
	if (!str_to_double(str_slice(part, start, end), &percent) || percent <= 0 || percent > 100)
		return false;
	share_out->hundredths = (int64_t)(percent * 100 + 0.5);
	share_out->name = str_trim(str_slice(part, 0, start));
	if (str_ends_with(share_out->name, STR("：")))
		share_out->name.size -= strlen("：");
	else if (str_ends_with(share_out->name, STR(":")))
		share_out->name.size--;
	share_out->name = str_trim(share_out->name);
	return share_out->name.size > 0;
}

static bool share_error(struct error *error, const char *field, const char *key, struct str detail)
{
	error_set(error, ERROR_INVALID, key, "%.*s", STR_ARGS(str_slice(detail, 0, 60)));
	error->field = field;
	return false;
}

static bool has_share(const struct share *shares, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(shares[i].name, name))
			return true;
	return false;
}

static bool read_shares(struct str text, const char *field, struct share *shares, size_t *count_out,
			struct error *error)
{
	struct str rest = text, part;
	int64_t sum = 0;
	size_t count = 0;

	while (str_split(&rest, STR(";"), &part)) {
		part = str_trim(part);
		if (!part.size)
			continue;
		if (count == SHARES_MAX || !read_share(part, &shares[count]))
			return share_error(error, field, "types.share_unreadable", part);
		if (has_share(shares, count, shares[count].name))
			return share_error(error, field, "types.share_twice", shares[count].name);
		sum += shares[count++].hundredths;
	}
	*count_out = count;
	return sum == WHOLE || error_set_field(error, field, "types.share_sum");
}

bool types_check_shares(const struct record *record, size_t shares, size_t inventors,
			struct record_store *store, struct error *error)
{
	const char *field = record->type->fields[shares].name;
	struct str rest = str_of(record_text(record, inventors)), part;
	struct share read[SHARES_MAX];
	size_t count;

	if (!record_is_set(record, shares))
		return true;
	if (!read_shares(with_plain_separators(store->arena, str_of(record_text(record, shares))),
			 field, read, &count, error))
		return false;
	while (str_split(&rest, STR(","), &part)) {
		struct record *user;
		int64_t id;

		if (!str_to_int64(part, &id))
			continue;
		if (!record_load(store, &user_type, id, &user, error))
			return false;
		if (!has_share(read, count, str_of(record_text(user, USER_NAME))))
			return share_error(error, field, "types.share_missing",
					   str_of(record_text(user, USER_NAME)));
	}
	return true;
}
