/*
 * Which publication a reading speaks of, which application that belongs to, and the merge of the
 * two. An application is known by the id of its eldest publication row.
 */
#include "library/library_internal.h"
#include "patent/number.h"

static const char select_siblings[] =
	"SELECT id, COALESCE(elder_id, id), number, application_number, body FROM publication "
	"WHERE number >= $1 AND number < $2";
static const char select_by_application_number[] =
	"SELECT COALESCE(elder_id, id) FROM publication WHERE application_number = $1 LIMIT 1";
static const char insert_publication[] =
	"INSERT INTO publication (elder_id, number, application_number, body) "
	"VALUES ($1, $2, $3, $4) RETURNING id";
static const char update_body[] =
	"UPDATE publication SET body = $1, application_number = $2 WHERE id = $3";
static const char move_application[] =
	"UPDATE publication SET elder_id = $1 WHERE id = $2 OR elder_id = $2";
static const char insert_change[] = "INSERT INTO change_log (application_id) VALUES ($1)";

/* A stored row that may be the reading's own, or another kind of the same number. */
struct stored_row {
	int64_t id, application_id; /* 0: there is none */
	bool has_application_number;
	struct str application_number;
	struct publication *publication; /* of the row with the reading's own number */
};

struct identity {
	struct str number;             /* publication.number of the row */
	struct str base, base_end;     /* range of numbers that are one application's */
	struct str application_number; /* may be empty */
};

/* "~" and a hash of what a list without any number tells of a document. */
static struct str content_number(struct arena *arena, const struct publication *reading)
{
	struct strbuf text = STRBUF_INIT;
	struct str number;

	strbuf_add_str(&text, publication_text(reading, FACT_TITLE));
	strbuf_add_byte(&text, '\n');
	strbuf_add_str(&text, publication_text(reading, FACT_APPLICANT));
	strbuf_add_byte(&text, '\n');
	strbuf_add_str(&text, publication_text(reading, FACT_APPLICATION_DATE));
	if (!publication_find(reading, FACT_APPLICANT) &&
	    !publication_find(reading, FACT_APPLICATION_DATE)) /* a title alone is not enough */
		strbuf_add_str(&text, publication_text(reading, FACT_ABSTRACT));
	number = str_of(
		arena_printf(arena, "~%016llx", (unsigned long long)str_hash(strbuf_str(&text))));
	strbuf_release(&text);
	return number;
}

/* Publications of one application share their digits in these offices; elsewhere only a kind
   letter more or less tells two documents apart, and each number is its own. */
static bool kinds_share_number(struct str number)
{
	static const char *const offices[] = { "CN", "EP", "WO" };

	for (size_t i = 0; i < sizeof(offices) / sizeof(offices[0]); i++)
		if (str_starts_with(number, str_of(offices[i])))
			return true;
	return false;
}

static struct identity identify(struct arena *arena, const struct publication *reading)
{
	struct identity identity = {
		.number = publication_text(reading, FACT_PUBLICATION_NUMBER),
		.application_number = publication_text(reading, FACT_APPLICATION_NUMBER),
	};

	if (identity.number.size == 0 && identity.application_number.size)
		identity.number = str_of(
			arena_printf(arena, "#%.*s", STR_ARGS(identity.application_number)));
	else if (identity.number.size == 0)
		identity.number = content_number(arena, reading);
	if (kinds_share_number(identity.number)) {
		struct str base = number_without_kind(identity.number);

		identity.base = base;
		/* '[' follows 'Z': the range holds every kind; is_sibling() drops longer numbers */
		identity.base_end = str_of(arena_printf(arena, "%.*s[", STR_ARGS(base)));
	} else {
		identity.base = identity.number;
		identity.base_end = str_of(
			arena_printf(arena, "%.*s\x01", STR_ARGS(identity.number)));
	}
	return identity;
}

static bool is_sibling(struct str number, const struct identity *identity)
{
	struct str kind = str_slice(number, identity->base.size, number.size);

	return kind.size == 0 || (kind.data[0] >= 'A' && kind.data[0] <= 'Z');
}

/* Reads the reading's own row, and the application of any sibling. */
static bool find_rows(struct library *library, struct arena *arena, const struct identity *identity,
		      struct stored_row *own_out, struct stored_row *sibling_out,
		      struct error *error)
{
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_siblings,
		      DB_WITH(DB_STR(identity->base), DB_STR(identity->base_end)), &rows, error))
		return false;
	while (db_next(rows)) {
		struct str number = db_text(rows, 2);
		bool is_own = str_equal(number, identity->number);
		struct stored_row *row = is_own ? own_out : sibling_out;

		if (!is_own && !is_sibling(number, identity))
			continue;
		row->id = db_integer(rows, 0);
		row->application_id = db_integer(rows, 1);
		row->has_application_number = !db_is_null(rows, 3);
		row->application_number = str_copy(arena, db_text(rows, 3));
		if (is_own && !body_unpack(library->unpacker, arena, db_text(rows, 4),
					   &row->publication, error))
			return false;
	}
	return db_rows_done(rows, error);
}

static bool find_application(struct library *library, struct str application_number,
			     int64_t *application_id_out, struct error *error)
{
	*application_id_out = 0;
	if (application_number.size == 0)
		return true;
	return db_execute_returning(library->db, select_by_application_number,
				    DB_WITH(DB_STR(application_number)), application_id_out, error);
}

static bool log_change(struct library *library, int64_t application_id, struct error *error)
{
	return db_execute(library->db, insert_change, DB_WITH(DB_INT(application_id)), error);
}

/* Two applications turned out to be one: the elder takes the younger one's publications. */
static bool join_applications(struct library *library, int64_t a, int64_t b, int64_t *joined_out,
			      struct error *error)
{
	int64_t elder = a < b ? a : b, younger = a < b ? b : a;

	*joined_out = elder;
	if (a == b)
		return true;
	return db_execute(library->db, move_application, DB_WITH(DB_INT(elder), DB_INT(younger)),
			  error) &&
	       log_change(library, younger, error);
}

static struct db_param text_or_null(struct str text)
{
	return text.size ? DB_STR(text) : DB_NOTHING;
}

/* The application a new or newly numbered row belongs to; 0: one of its own. */
static bool choose_application(struct library *library, const struct identity *identity,
			       const struct stored_row *own, const struct stored_row *sibling,
			       int64_t *application_id_out, struct error *error)
{
	int64_t kin = own->id ? own->application_id : sibling->application_id;
	int64_t numbered;

	*application_id_out = kin;
	if (own->id && own->has_application_number)
		return true;
	if (!find_application(library, identity->application_number, &numbered, error))
		return false;
	if (numbered && kin)
		return join_applications(library, numbered, kin, application_id_out, error);
	if (numbered)
		*application_id_out = numbered;
	return true;
}

static bool insert_row(struct library *library, const struct identity *identity,
		       const struct publication *merged, int64_t *application_id,
		       struct error *error)
{
	struct db_param elder = *application_id ? DB_INT(*application_id) : DB_NOTHING;
	int64_t id;

	if (!db_execute_returning(library->db, insert_publication,
				  DB_WITH(elder, DB_STR(identity->number),
					  text_or_null(identity->application_number),
					  DB_BLOB(body_pack(library, merged))),
				  &id, error))
		return false;
	if (*application_id == 0)
		*application_id = id;
	return true;
}

bool library_put(struct library *library, struct arena *arena, const struct publication *reading,
		 enum put_result *result_out, int64_t *application_id_out, struct error *error)
{
	struct identity identity = identify(arena, reading);
	struct stored_row own = { 0 }, sibling = { 0 };
	struct publication *merged;

	if (!find_rows(library, arena, &identity, &own, &sibling, error))
		return false;
	*application_id_out = own.application_id;
	*result_out = PUT_UNCHANGED;
	if (!publication_merge(arena, own.publication, reading, &merged))
		return true;
	if (!choose_application(library, &identity, &own, &sibling, application_id_out, error))
		return false;
	*result_out = own.id ? PUT_UPDATED : PUT_INSERTED;
	if (own.has_application_number)
		identity.application_number = own.application_number;
	if (own.id &&
	    !db_execute(library->db, update_body,
			DB_WITH(DB_BLOB(body_pack(library, merged)),
				text_or_null(identity.application_number), DB_INT(own.id)),
			error))
		return false;
	if (!own.id && !insert_row(library, &identity, merged, application_id_out, error))
		return false;
	return log_change(library, *application_id_out, error);
}
