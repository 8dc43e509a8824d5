/*
 * The keywords of industries (rule/high_value.h) in the abstract and claims of the documents a case is
 * bound to: found when it is bound and when documents change, kept as few words a case, so that figures
 * of many centres need no documents.
 */
#include "base/strbuf.h"
#include "chain/case_updates.h"
#include "chain/cases_internal.h"
#include "rule/high_value.h"

static void add_facts(struct strbuf *text, const struct publication *document,
		      enum fact_field field)
{
	const struct fact *fact = publication_find(document, field);

	for (; fact; fact = publication_next(document, fact)) {
		strbuf_add_str(text, fact->parts[0]);
		strbuf_add_byte(text, '\n');
	}
}

static struct str words_of(struct arena *arena, const struct publication *document)
{
	struct strbuf text = STRBUF_INIT;
	struct str words;

	add_facts(&text, document, FACT_ABSTRACT);
	add_facts(&text, document, FACT_CLAIM);
	words = sei_words_in(arena, sei_table_default(arena), strbuf_str(&text));
	strbuf_release(&text);
	return words;
}

bool chain_words_keep(struct record_store *store, int64_t case_id,
		      const struct publication *document, struct error *error)
{
	struct str words = document ? words_of(store->arena, document) : STR_EMPTY;

	if (!words.size)
		return db_execute(store->db, "DELETE FROM case_words WHERE case_id = $1",
				  DB_WITH(DB_INT(case_id)), error);
	return db_execute(store->db,
			  "INSERT INTO case_words (case_id, words) VALUES ($1, $2) "
			  "ON CONFLICT (case_id) DO UPDATE SET words = excluded.words",
			  DB_WITH(DB_INT(case_id), DB_STR(words)), error);
}

const char *chain_words_key(struct arena *arena)
{
	return arena_printf(arena, "%016llx",
			    (unsigned long long)sei_words_key(sei_table_default(arena)));
}

/* For cases that are loaded already: what the actor may not read is not among them. */
bool chain_load_words(struct chain_loader *loader, struct error *error)
{
	static const char select[] =
		"SELECT w.case_id, c.organisation_id, w.words FROM case_words w "
		"JOIN patent_case c ON c.id = w.case_id "
		"JOIN organisation o ON o.id = c.organisation_id "
		"WHERE $1 = '' OR (o.path >= $1 AND o.path < $2)";
	struct arena *arena = loader->store->arena;
	const char *path = loader->path ? loader->path : "";
	struct db_rows *rows;

	if (!db_query(loader->store->db, arena, select,
		      DB_WITH(DB_CSTR(path), DB_CSTR(arena_printf(arena, "%s~", path))), &rows,
		      error))
		return false;
	while (db_next(rows)) {
		size_t stock = chain_stock_find(loader, db_integer(rows, 1)), at;

		if (stock == SIZE_MAX)
			continue;
		at = chain_case_find(&loader->stocks[stock], db_integer(rows, 0));
		if (at != SIZE_MAX)
			loader->stocks[stock].cases[at].text = str_copy(arena, db_text(rows, 2));
	}
	return db_rows_done(rows, error);
}
