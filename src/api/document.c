/*
 * One application as a page shows it: its texts with the query's words marked, claims with their
 * parents, classes with names, family and citations both ways, events, and where each fact is from.
 */
#include "analyse/dimension.h"
#include "api/api_internal.h"
#include "api/routes.h"
#include "base/utf8.h"
#include "import/source.h"
#include "patent/event.h"
#include "patent/number.h"

#include <string.h>

enum { LINKS_MAX = 500, VALUES_MAX = 5, VALUE_SIZE = 120 /* characters */ };

struct page {
	struct call *call;
	struct answer answer;
	struct jsonout *json;
	const struct query *query; /* whose words are marked */
	struct application application;
	struct application_view view;
	uint32_t document; /* DOCUMENT_NONE: not yet in the index */
};

static const struct fact *next_of(const struct page *page, const struct fact *fact)
{
	return publication_next(page->view.answer, fact);
}

static void begin_list(struct page *page, const char *key)
{
	jsonout_key(page->json, key);
	jsonout_array_begin(page->json);
}

static void write_language(struct page *page, const struct fact *fact)
{
	char language[] = { (char)(fact->language >> 8), (char)(fact->language & 0xFF), 0 };

	jsonout_member_text(page->json, "lang", str_of(fact->language ? language : ""));
}

static struct str part(const struct fact *fact, unsigned at)
{
	return at < fact->part_count ? fact->parts[at] : STR_EMPTY;
}

/* ---- Texts. */

static void write_text_of(struct page *page, const struct fact *fact, unsigned column)
{
	write_language(page, fact);
	jsonout_member_str(page->json, "text", fact->parts[0]);
	answer_write_marks(&page->answer, "marks", page->query, column, fact->parts[0]);
}

static void write_texts(struct page *page, const char *key, enum fact_field field, unsigned column)
{
	begin_list(page, key);
	for (const struct fact *fact = publication_find(page->view.answer, field); fact;
	     fact = next_of(page, fact)) {
		jsonout_object_begin(page->json);
		write_text_of(page, fact, column);
		jsonout_object_end(page->json);
	}
	jsonout_array_end(page->json);
}

static void write_claims(struct page *page)
{
	begin_list(page, "claims");
	for (const struct fact *fact = publication_find(page->view.answer, FACT_CLAIM); fact;
	     fact = next_of(page, fact)) {
		jsonout_object_begin(page->json);
		jsonout_member_text(page->json, "number", part(fact, CLAIM_NUMBER));
		jsonout_member_text(page->json, "parents", part(fact, CLAIM_PARENTS));
		write_text_of(page, fact, COL_CLAIMS);
		jsonout_object_end(page->json);
	}
	jsonout_array_end(page->json);
}

static void write_description(struct page *page)
{
	begin_list(page, "description");
	for (const struct fact *fact = publication_find(page->view.answer, FACT_DESCRIPTION); fact;
	     fact = next_of(page, fact)) {
		jsonout_object_begin(page->json);
		jsonout_member_text(page->json, "section", part(fact, DESCRIPTION_SECTION));
		write_text_of(page, fact, COL_DESCRIPTION);
		jsonout_object_end(page->json);
	}
	jsonout_array_end(page->json);
}

/* ---- Classes and persons. */

/* Publications of one application may repeat each other's classes. */
static bool was_before(const struct page *page, const struct fact *fact)
{
	const struct fact *before = publication_find(page->view.answer,
						     (enum fact_field)fact->field);

	while (before != fact && !str_equal(before->parts[0], fact->parts[0]))
		before = next_of(page, before);
	return before != fact;
}

static void write_classes(struct page *page, const char *scheme, enum fact_field field)
{
	bool is_main = true;

	for (const struct fact *fact = publication_find(page->view.answer, field); fact;
	     fact = next_of(page, fact)) {
		struct str symbol = fact->parts[CLASS_SYMBOL], name;

		if (was_before(page, fact))
			continue;
		name = vocabulary_name(page->call->arena, VOCABULARY_CLASS, symbol,
				       page->call->language);

		jsonout_object_begin(page->json);
		jsonout_member_cstr(page->json, "scheme", scheme);
		jsonout_member_str(page->json, "symbol", symbol);
		jsonout_member_text(page->json, "name", str_equal(name, symbol) ? STR_EMPTY : name);
		jsonout_member_bool(page->json, "is_main", is_main);
		jsonout_object_end(page->json);
		is_main = false;
	}
}

static void write_persons(struct page *page, const char *key, enum fact_field field)
{
	begin_list(page, key);
	for (const struct fact *fact = publication_find(page->view.answer, field); fact;
	     fact = next_of(page, fact)) {
		jsonout_object_begin(page->json);
		jsonout_member_str(page->json, "name", fact->parts[PERSON_NAME]);
		jsonout_member_text(page->json, "address", part(fact, PERSON_ADDRESS));
		jsonout_member_text(page->json, "country", part(fact, PERSON_COUNTRY));
		jsonout_object_end(page->json);
	}
	jsonout_array_end(page->json);
}

/* ---- Other documents: the library's have a title. */

static bool write_linked(struct page *page, uint32_t document, struct str number,
			 struct error *error)
{
	const struct publication *facts = NULL;
	struct jsonout *json = page->json;

	if (document != DOCUMENT_NONE && !answer_facts(&page->answer, document, &facts, error))
		return false;
	if (facts && number.size == 0)
		number = publication_text(facts, FACT_PUBLICATION_NUMBER);
	if (facts && number.size == 0)
		number = publication_text(facts, FACT_APPLICATION_NUMBER);
	jsonout_member_str(json, "number", number);
	jsonout_member_bool(json, "is_here", facts != NULL);
	jsonout_member_text(json, "title", facts ? answer_title(facts) : STR_EMPTY);
	jsonout_member_text(json, "applicant",
			    facts ? publication_text(facts, FACT_APPLICANT) : STR_EMPTY);
	jsonout_member_text(json, "filed",
			    facts ? publication_text(facts, FACT_APPLICATION_DATE) : STR_EMPTY);
	return true;
}

static uint32_t find_indexed(const struct page *page, struct str number)
{
	const struct bitmap *found = index_term_documents(page->call->snapshot, page->call->arena,
							  COL_NUMBER, number_without_kind(number));
	struct bitmap_walk walk = bitmap_walk(found);
	uint32_t document;

	return bitmap_walk_next(&walk, &document) ? document : DOCUMENT_NONE;
}

static bool write_cites(struct page *page, struct error *error)
{
	size_t left = LINKS_MAX;

	begin_list(page, "cites");
	for (const struct fact *fact = publication_find(page->view.answer, FACT_CITATION);
	     fact && left > 0; fact = next_of(page, fact), left--) {
		struct str number = fact->parts[CITATION_NUMBER];

		jsonout_object_begin(page->json);
		if (!write_linked(page, find_indexed(page, number), number, error))
			return false;
		jsonout_member_text(page->json, "category", part(fact, CITATION_CATEGORY));
		jsonout_member_text(page->json, "by", part(fact, CITATION_BY));
		jsonout_object_end(page->json);
	}
	jsonout_array_end(page->json);
	return true;
}

/* A list of documents of the index, the page's own left out, then numbers a source told. */
static bool write_linked_list(struct page *page, const char *key, const struct bitmap *documents,
			      enum fact_field told, struct error *error)
{
	struct bitmap_walk walk = bitmap_walk(documents);
	size_t left = LINKS_MAX;
	uint32_t document;

	begin_list(page, key);
	for (; left > 0 && bitmap_walk_next(&walk, &document); left--) {
		if (document == page->document)
			continue;
		jsonout_object_begin(page->json);
		if (!write_linked(page, document, STR_EMPTY, error))
			return false;
		jsonout_object_end(page->json);
	}
	for (const struct fact *fact = publication_find(page->view.answer, told); fact && left > 0;
	     fact = next_of(page, fact), left--) {
		document = find_indexed(page, fact->parts[0]);
		if (document != DOCUMENT_NONE &&
		    (document == page->document || bitmap_contains(documents, document)))
			continue;
		jsonout_object_begin(page->json);
		if (!write_linked(page, document, fact->parts[0], error))
			return false;
		jsonout_object_end(page->json);
	}
	jsonout_array_end(page->json);
	return true;
}

static const struct bitmap *with_term(const struct page *page, const struct bitmap *documents,
				      unsigned column, struct str term)
{
	struct arena *arena = page->call->arena;

	return bitmap_or(arena, documents,
			 index_term_documents(page->call->snapshot, arena, column, term));
}

static bool write_links(struct page *page, struct error *error)
{
	const struct snapshot *snapshot = page->call->snapshot;
	const struct bitmap *citing = bitmap_of(page->call->arena, NULL, 0), *family = citing;
	const uint32_t *families;
	size_t count = 0;

	for (const struct fact *fact = publication_find(page->view.answer, FACT_PUBLICATION_NUMBER);
	     fact; fact = next_of(page, fact))
		citing = with_term(page, citing, COL_CITES, number_without_kind(fact->parts[0]));
	if (page->document != DOCUMENT_NONE)
		count = snapshot_ordinals(snapshot, page->call->arena, COL_FAMILY, page->document,
					  &families);
	for (size_t i = 0; i < count; i++)
		family = with_term(page, family, COL_FAMILY,
				   snapshot_term(snapshot, COL_FAMILY, families[i]));
	return write_linked_list(page, "family", family, FACT_FAMILY_MEMBER, error) &&
	       write_cites(page, error) &&
	       write_linked_list(page, "cited_by", citing, FACT_CITED_BY, error);
}

/* ---- Life. */

static void write_events(struct page *page)
{
	static const char *const groups[] = { [EVENT_GROUP_OTHER] = "other",
					      [EVENT_GROUP_LIFE] = "life",
					      [EVENT_GROUP_RIGHTS] = "rights",
					      [EVENT_GROUP_DISPUTE] = "dispute" };
	struct str office = publication_text(page->view.answer, FACT_OFFICE);
	struct jsonout *json = page->json;

	begin_list(page, "events");
	for (const struct fact *fact = publication_find(page->view.answer, FACT_EVENT); fact;
	     fact = next_of(page, fact)) {
		enum event_kind kind = event_kind_of(office, part(fact, EVENT_CODE),
						     part(fact, EVENT_TEXT));
		const struct event_info *info = &event_infos[kind];

		jsonout_object_begin(json);
		jsonout_member_text(json, "date", part(fact, EVENT_DATE));
		jsonout_member_text(json, "code", part(fact, EVENT_CODE));
		jsonout_member_text(json, "text", part(fact, EVENT_TEXT));
		jsonout_member_text(json, "detail", part(fact, EVENT_DETAIL));
		jsonout_member_text(json, "from", part(fact, EVENT_FROM));
		jsonout_member_text(json, "to", part(fact, EVENT_TO));
		jsonout_member_cstr(json, "kind", info->name);
		jsonout_member_cstr(json, "label",
				    page->call->language == LANGUAGE_ZH ? info->label.zh
									: info->label.en);
		jsonout_member_cstr(json, "group", groups[info->group]);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_publications(struct page *page)
{
	begin_list(page, "publications");
	for (size_t i = 0; i < page->view.count; i++) {
		const struct publication *facts = page->view.effective[i];

		jsonout_object_begin(page->json);
		jsonout_member_text(page->json, "number",
				    publication_text(facts, FACT_PUBLICATION_NUMBER));
		jsonout_member_text(page->json, "kind", publication_text(facts, FACT_KIND));
		jsonout_member_date(page->json, "date",
				    publication_date(facts, FACT_PUBLICATION_DATE));
		jsonout_member_text(page->json, "title", answer_title(facts));
		jsonout_object_end(page->json);
	}
	jsonout_array_end(page->json);
}

static void write_list(struct page *page, const char *key, enum fact_field field)
{
	begin_list(page, key);
	for (const struct fact *fact = publication_find(page->view.answer, field); fact;
	     fact = next_of(page, fact))
		jsonout_str(page->json, fact->parts[0]);
	jsonout_array_end(page->json);
}

static void write_priorities(struct page *page)
{
	begin_list(page, "priorities");
	for (const struct fact *fact = publication_find(page->view.answer, FACT_PRIORITY); fact;
	     fact = next_of(page, fact)) {
		jsonout_object_begin(page->json);
		jsonout_member_text(page->json, "number", part(fact, PRIORITY_NUMBER));
		jsonout_member_text(page->json, "date", part(fact, PRIORITY_DATE));
		jsonout_member_text(page->json, "office", part(fact, PRIORITY_OFFICE));
		jsonout_object_end(page->json);
	}
	jsonout_array_end(page->json);
}

/* ---- Where each fact is from: what one import said of a field, and whether it is shown. */

struct provenance {
	const struct import_record *imports;
	size_t import_count;
};

static bool is_same_opinion(const struct fact *a, const struct fact *b)
{
	return a->field == b->field && a->language == b->language && a->origin == b->origin &&
	       a->import_id == b->import_id;
}

static bool is_shown(const struct page *page, const struct fact *fact)
{
	for (const struct fact *shown =
		     publication_find(page->view.answer, (enum fact_field)fact->field);
	     shown; shown = next_of(page, shown))
		if (is_same_opinion(shown, fact))
			return true;
	return false;
}

/* Uploads lie under a random name before their own: 0cee6eea127d2b68-small.jsonl. */
enum { UPLOAD_MARK_SIZE = 17 };

static const char *own_name(const char *path)
{
	const char *name = strrchr(path, '/');

	name = name ? name + 1 : path;
	return strspn(name, "0123456789abcdef") == UPLOAD_MARK_SIZE - 1 &&
			       name[UPLOAD_MARK_SIZE - 1] == '-'
		       ? name + UPLOAD_MARK_SIZE
		       : name;
}

static void write_import(struct page *page, const struct provenance *provenance, uint32_t id)
{
	const struct import_record *found = NULL;

	for (size_t i = 0; i < provenance->import_count && !found; i++)
		if (provenance->imports[i].id == (int64_t)id)
			found = &provenance->imports[i];
	jsonout_member_cstr(page->json, "file", found ? own_name(found->file) : NULL);
	jsonout_member_date(page->json, "imported_on", found ? found->imported_on : DATE_NONE);
}

static void write_values(struct page *page, const struct fact *facts, size_t count)
{
	begin_list(page, "values");
	for (size_t i = 0; i < count && i < VALUES_MAX; i++)
		jsonout_str(page->json, str_slice(facts[i].parts[0], 0,
						  utf8_offset(facts[i].parts[0], VALUE_SIZE)));
	jsonout_array_end(page->json);
}

static void write_opinion(struct page *page, const struct provenance *provenance, struct str number,
			  const struct fact *facts, size_t count)
{
	const struct fact_field_info *info = &fact_fields[facts->field];
	const struct source *source = source_of_origin(facts->origin);
	bool is_chinese = page->call->language == LANGUAGE_ZH;
	struct jsonout *json = page->json;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "field", info->name);
	jsonout_member_cstr(json, "label", is_chinese ? info->label.zh : info->label.en);
	write_language(page, facts);
	jsonout_member_text(json, "publication", number);
	write_values(page, facts, count);
	jsonout_member_integer(json, "count", (int64_t)count);
	jsonout_member_cstr(json, "source",
			    !source      ? NULL
			    : is_chinese ? source->label.zh
					 : source->label.en);
	write_import(page, provenance, facts->import_id);
	jsonout_member_bool(json, "is_shown", is_shown(page, facts));
	jsonout_object_end(json);
}

static bool write_provenance(struct page *page, struct error *error)
{
	struct provenance provenance;
	struct import_record *imports;

	if (!library_imports(page->call->library, page->call->arena, &imports,
			     &provenance.import_count, error))
		return false;
	provenance.imports = imports;
	begin_list(page, "facts");
	for (size_t i = 0; i < page->application.publication_count; i++) {
		const struct publication *stored = page->application.stored[i];
		struct str number = publication_text(stored, FACT_PUBLICATION_NUMBER);

		for (size_t at = 0, end; at < stored->count; at = end) {
			for (end = at + 1;
			     end < stored->count &&
			     is_same_opinion(&stored->facts[at], &stored->facts[end]);)
				end++;
			write_opinion(page, &provenance, number, &stored->facts[at], end - at);
		}
	}
	jsonout_array_end(page->json);
	return true;
}

/* ---- Topics it is in. */

static bool write_topics(struct page *page, struct error *error)
{
	struct call *call = page->call;
	struct topic *topics;
	size_t count;

	if (!library_topic_list(call->library, call->arena, &topics, &count, error))
		return false;
	begin_list(page, "topics");
	for (size_t i = 0; i < count; i++) {
		const struct bitmap *documents;

		if (!indexing_topic_documents(call->library, call->snapshot, call->arena,
					      &topics[i], call->limits, &documents, error))
			return false;
		if (page->document == DOCUMENT_NONE || !bitmap_contains(documents, page->document))
			continue;
		jsonout_object_begin(page->json);
		jsonout_member_integer(page->json, "id", topics[i].id);
		jsonout_member_cstr(page->json, "name", topics[i].name);
		jsonout_object_end(page->json);
	}
	jsonout_array_end(page->json);
	return true;
}

/* ---- The page. */

static bool read_page(struct call *call, struct page *page, struct error *error)
{
	const char *number = request_part(call->request, "number");
	struct query *query;
	int64_t id;

	*page = (struct page){ .call = call, .answer = call_answer(call), .json = &call->json };
	if (!library_find_number(call->library, call->arena, str_of(number), &id, error) ||
	    !library_application(call->library, call->arena, id, &page->application, error) ||
	    !answer_parse(&page->answer, str_of(call_text(call, "query")), &query, error))
		return false;
	page->query = query;
	page->view = application_view(call->arena, &page->application);
	page->document = snapshot_find_document(call->snapshot, id);
	return true;
}

static bool show(struct call *call, struct error *error)
{
	struct page page;

	if (!read_page(call, &page, error))
		return false;
	jsonout_object_begin(page.json);
	jsonout_key(page.json, "document");
	jsonout_object_begin(page.json);
	if (page.document != DOCUMENT_NONE)
		answer_write_document(&page.answer, page.document, page.view.answer);
	jsonout_object_end(page.json);
	write_texts(&page, "titles", FACT_TITLE, COL_TITLE);
	write_texts(&page, "abstracts", FACT_ABSTRACT, COL_ABSTRACT);
	write_claims(&page);
	write_description(&page);
	begin_list(&page, "classes");
	write_classes(&page, "IPC", FACT_IPC);
	write_classes(&page, "CPC", FACT_CPC);
	write_classes(&page, "LOC", FACT_LOCARNO);
	jsonout_array_end(page.json);
	write_persons(&page, "applicants", FACT_APPLICANT);
	write_persons(&page, "owners", FACT_OWNER);
	write_persons(&page, "inventors", FACT_INVENTOR);
	write_persons(&page, "agencies", FACT_AGENCY);
	write_persons(&page, "agents", FACT_AGENT);
	write_priorities(&page);
	write_list(&page, "keywords", FACT_KEYWORD);
	write_list(&page, "literature", FACT_NPL);
	write_events(&page);
	write_publications(&page);
	if (!answer_write_tags(&page.answer, page.application.id, error) ||
	    !write_links(&page, error) || !write_topics(&page, error) ||
	    !write_provenance(&page, error))
		return false;
	jsonout_object_end(page.json);
	return true;
}

HANDLER(api_document, show)
