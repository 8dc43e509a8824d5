#ifndef ANSWER_ANSWER_H
#define ANSWER_ANSWER_H

#include "base/jsonout.h"
#include "indexing/indexing.h"

/*
 * What is asked of the collection and how the answer looks as JSON, once for the commands and for
 * HTTP; docs/api.md and data/openapi describe the forms. Knows neither options nor requests.
 */
struct answer {
	struct arena *arena;
	struct library *library;
	const struct snapshot *snapshot;
	enum language language; /* of labels and messages */
	date today;
	const struct search_limits *limits;
	struct jsonout *json; /* where the writing functions write to */
};

/* ---- Sets of documents. */

/* With #names; the error's place is a byte of the text. */
bool answer_parse(const struct answer *answer, struct str text, struct query **query_out,
		  struct error *error) MUST_CHECK;
struct answer_set {
	struct query *query;
	bool has_topic;
	struct topic topic;
	const struct bitmap *documents;
};
/* The query's documents within a topic; topic NULL: within all. */
bool answer_ask(const struct answer *answer, struct query *query, const char *topic,
		struct answer_set *set_out, struct error *error) MUST_CHECK;
/* "warnings": [{"key", "at", "message"}] of an open object. */
void answer_write_warnings(const struct answer *answer, const struct query *query);
/* How the query is read: one object with a node a line. */
void answer_write_explain(const struct answer *answer, const struct query *query,
			  const struct explain_line *lines, size_t count);

/* ---- Documents. */

/* The title in Chinese, or in the language there is. */
struct str answer_title(const struct publication *facts);
/* The facts of a document as the library has them now. */
bool answer_facts(const struct answer *answer, uint32_t document,
		  const struct publication **facts_out, struct error *error) MUST_CHECK;
/* Members of an open object: what every list shows of a document. */
void answer_write_document(const struct answer *answer, uint32_t document,
			   const struct publication *facts);

/* "key": [[from, to]], the byte ranges of a text of this column that the query's words match. */
void answer_write_marks(const struct answer *answer, const char *key, const struct query *query,
			unsigned column, struct str text);

/* "tags": those of the organisation on an application. */
bool answer_write_tags(const struct answer *answer, int64_t application_id,
		       struct error *error) MUST_CHECK;

/* ---- Searching. */

enum answer_sort { SORT_RELEVANCE, SORT_FILED, SORT_PUBLISHED, SORT_CITED };
extern const char *const answer_sorts[]; /* their names; NULL ends */
/* What hits are: applications, or the first of each simple family. */
enum answer_hit_unit { ANSWER_APPLICATIONS, ANSWER_FAMILIES };
extern const char *const answer_hit_units[]; /* "application", "family"; NULL ends */

struct answer_search {
	int sort, unit;       /* indexes of the two lists above */
	size_t offset, limit; /* hits passed over, hits wanted behind them */
	bool has_snippets;    /* each hit with a piece of its abstract and its tags */
};
struct answer_hits {
	bool is_counted;
	uint64_t count;      /* of all documents found, in the unit */
	struct scored *hits; /* from the first; those of offset and limit end the list */
	size_t hit_count;
};
bool answer_search(const struct answer *answer, const struct answer_search *search,
		   const struct answer_set *set, struct answer_hits *hits_out,
		   struct error *error) MUST_CHECK;
/* The first applications of a query by relevance, among all documents, without finding or counting the others. */
bool answer_search_best(const struct answer *answer, const struct answer_search *search,
			const struct query *query, struct answer_hits *hits_out,
			struct error *error) MUST_CHECK;
/* One object with the hits, or with their number only. */
bool answer_write_hits(const struct answer *answer, const struct answer_search *search,
		       const struct answer_set *set, const struct answer_hits *hits,
		       struct error *error) MUST_CHECK;
void answer_write_count(const struct answer *answer, const struct answer_search *search,
			const struct answer_set *set, const struct answer_hits *hits);

/* Fills title, text and itself with those of the document of any number; it is not in the answer. */
struct similar_request;
struct similar_result;
bool answer_like_number(const struct answer *answer, const char *number,
			struct similar_request *request, struct error *error) MUST_CHECK;
bool answer_write_similar(const struct answer *answer, const struct similar_result *result,
			  struct error *error) MUST_CHECK;

/* ---- Evidence for the prospect of grant (analyse/evidence.h). */

struct evidence;
struct evidence_class;
struct evidence_request;
/* The publication number, else that of the application. */
struct str answer_number(const struct publication *facts);
/* What the feature chart says of novelty: never more than what was found. */
const char *answer_novelty(const struct evidence *evidence, enum language language);
/* Too few decided applications to go by their rate. */
bool answer_evidence_is_few(const struct evidence_class *class);
/* One object; topic: its name, empty when all documents were searched. */
bool answer_write_evidence(const struct answer *answer, struct str topic,
			   const struct evidence_request *request, const struct evidence *evidence,
			   struct error *error) MUST_CHECK;

/* ---- Analysing. */

struct analysis;
struct count_request;
struct figure;
/* "year,applicant": ERROR_USAGE when there are more than two. */
bool answer_dimensions(const char *names, struct count_request *request,
		       struct error *error) MUST_CHECK;
/* The set as an analysis wants it, with the trees of its topic; unit, top and weights are the
   caller's. */
bool answer_input(const struct answer *answer, const struct answer_set *set,
		  struct analysis_input *input_out, struct error *error) MUST_CHECK;
/* ERROR_CONFLICT when the set has no tree and the analysis needs one. */
bool answer_figure(const struct answer *answer, const struct analysis *analysis,
		   const struct analysis_input *input, struct figure **figure_out,
		   struct error *error) MUST_CHECK;
/* Dimensions, measures, units and figures there are to choose from. */
void answer_write_analyses(const struct answer *answer);

/* ---- Topics. */

/* Days since the topic was last brought up to date. */
int64_t answer_freshness(const struct answer *answer, const struct topic *topic);
struct answer_topic {
	uint64_t documents, by_query, sets[TOPIC_SET_COUNT];
	size_t nodes[TREE_KIND_COUNT];
};
/* What a topic is made of. */
bool answer_topic(const struct answer *answer, const struct topic *topic,
		  struct answer_topic *made_out, struct error *error) MUST_CHECK;
/* made NULL: the short form of a list, with its number of documents. */
void answer_write_topic(const struct answer *answer, const struct topic *topic, uint64_t documents,
			const struct answer_topic *made);
void answer_write_topic_log(const struct answer *answer, const struct topic *topic,
			    const struct topic_log_line *lines, size_t count);
/* nodes and stored: the same nodes, with their documents and as they were stored. */
void answer_write_tree(const struct answer *answer, const struct topic *topic, enum tree_kind kind,
		       uint64_t documents, const struct tree_node *nodes,
		       const struct topic_node *stored, size_t count);
extern const char *const answer_tree_kinds[]; /* by enum tree_kind; NULL ends */

/* ---- Saved queries; query NULL: without warnings. */
void answer_write_query(const struct answer *answer, const char *name, const char *text,
			const struct query *query);

/* ---- Numbers: what each is. */
struct number;
void answer_write_number(struct jsonout *json, struct str input, const struct number *number);
extern const char *const answer_number_kinds[], *const answer_number_checks[];

#endif
