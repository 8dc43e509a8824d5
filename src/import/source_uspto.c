#include "import/source.h"

/*
 * USPTO bulk full texts (ICE: DTD v4.0 of 2005 to v4.7), grants and applications, one record a
 * document, many documents run together in one file; and answers of the Open Data Portal.
 * Until 2012 the inventors stood as applicants: `applicants/applicant`; since then there are
 * `us-applicants/us-applicant` and `inventors/inventor`. Its application type "utility" is an
 * invention, not a utility model: the number tells the type.
 */

/* clang-format off: tables made of macros */
#define PERSON(path_, field_)                                                                      \
	{ path_ "/addressbook/orgname", field_ }, { path_ "/addressbook/last-name", field_ },      \
		{ path_ "/addressbook/first-name", field_, .text = ", " },                         \
		{ path_ "/addressbook/address/city", field_, .part = PERSON_ADDRESS,               \
		  .text = ", " },                                                                  \
		{ path_ "/addressbook/address/state", field_, .part = PERSON_ADDRESS,              \
		  .text = ", " },                                                                  \
	{                                                                                          \
		path_ "/addressbook/address/country", field_, .part = PERSON_COUNTRY               \
	}

#define DOCUMENT(path_, field_)                                                                    \
	{ path_ "/country", field_, .text = "" },                                                  \
	{                                                                                          \
		path_ "/doc-number", field_, .text = ""                                            \
	}

#define SYMBOL(path_, field_)                                                                      \
	{ path_ "/section", field_, .text = "" }, { path_ "/class", field_, .text = "" },          \
		{ path_ "/subclass", field_, .text = "" },                                         \
		{ path_ "/main-group", field_, .text = "" },                                       \
		{ path_ "/subgroup", field_, .text = "/" },                                        \
	{                                                                                          \
		path_ "/classification-value", field_, .part = CLASS_VALUE                         \
	}

#define CITATION(path_)                                                                            \
	DOCUMENT(path_ "/patcit/document-id", FACT_CITATION),                                      \
		{ path_ "/patcit/document-id/kind", FACT_CITATION, .text = "" },                   \
	{                                                                                          \
		path_ "/category", FACT_CITATION, .part = CITATION_BY                              \
	}

#define RELATED(path_) DOCUMENT(path_ "/relation/parent-doc/document-id!", FACT_DIVISIONAL_OF)

#define BIBLIOGRAPHIC_ROWS(prefix_)                                                                \
	DOCUMENT(prefix_ "publication-reference/document-id!", FACT_PUBLICATION_NUMBER),           \
		{ prefix_ "publication-reference/document-id!/kind", FACT_PUBLICATION_NUMBER,      \
		  .text = "" },                                                                    \
		{ prefix_ "publication-reference/document-id/date", FACT_PUBLICATION_DATE },       \
		DOCUMENT(prefix_ "application-reference/document-id!", FACT_APPLICATION_NUMBER),   \
		{ prefix_ "application-reference/document-id/date", FACT_APPLICATION_DATE },       \
		{ prefix_ "priority-claims/priority-claim!/country", FACT_PRIORITY,                \
		  .part = PRIORITY_OFFICE },                                                       \
		{ prefix_ "priority-claims/priority-claim!/doc-number", FACT_PRIORITY },           \
		{ prefix_ "priority-claims/priority-claim!/date", FACT_PRIORITY,                   \
		  .part = PRIORITY_DATE },                                                         \
		SYMBOL(prefix_ "classifications-ipcr/classification-ipcr!", FACT_IPC),             \
		{ prefix_ "classifications-ipcr/classification-ipcr!/ipc-version-indicator/date",  \
		  FACT_IPC, .part = CLASS_EDITION },                                               \
		{ prefix_ "classification-ipc/main-classification", FACT_IPC },                    \
		{ prefix_ "classification-ipc/further-classification", FACT_IPC },                 \
		SYMBOL(prefix_ "classifications-cpc/main-cpc/classification-cpc!", FACT_CPC),      \
		SYMBOL(prefix_ "classifications-cpc/further-cpc/classification-cpc!", FACT_CPC),   \
		{ prefix_ "classification-locarno/main-classification", FACT_LOCARNO },            \
		{ prefix_ "invention-title", FACT_TITLE },                                         \
		CITATION(prefix_ "references-cited/citation!"),                                    \
		CITATION(prefix_ "us-references-cited/us-citation!"),                              \
		{ prefix_ "references-cited/citation/nplcit/othercit", FACT_NPL },                 \
		{ prefix_ "us-references-cited/us-citation/nplcit/othercit", FACT_NPL },           \
		{ prefix_ "number-of-claims", FACT_COUNT_CLAIMS },                                 \
		RELATED(prefix_ "us-related-documents/division"),                                  \
		PERSON(prefix_ "parties/applicants/applicant!", FACT_INVENTOR),                    \
		PERSON(prefix_ "parties/inventors/inventor!", FACT_INVENTOR),                      \
		PERSON(prefix_ "us-parties/inventors/inventor!", FACT_INVENTOR),                   \
		PERSON(prefix_ "us-parties/us-applicants/us-applicant!", FACT_APPLICANT),          \
		{ prefix_ "parties/agents/agent/addressbook/orgname", FACT_AGENCY },               \
		{ prefix_ "us-parties/agents/agent/addressbook/orgname", FACT_AGENCY },            \
		{ prefix_ "parties/agents/agent!/addressbook/last-name", FACT_AGENT },             \
		{ prefix_ "parties/agents/agent!/addressbook/first-name", FACT_AGENT,              \
		  .text = ", " },                                                                  \
		{ prefix_ "us-parties/agents/agent!/addressbook/last-name", FACT_AGENT },          \
		{ prefix_ "us-parties/agents/agent!/addressbook/first-name", FACT_AGENT,           \
		  .text = ", " },                                                                  \
		PERSON(prefix_ "assignees/assignee!", FACT_OWNER),                                 \
		{ prefix_ "assignees/assignee!/orgname", FACT_OWNER },                             \
		{ prefix_ "examiners/primary-examiner!/last-name", FACT_EXAMINER },                \
		{ prefix_ "examiners/primary-examiner!/first-name", FACT_EXAMINER, .text = ", " }, \
		DOCUMENT(prefix_ "pct-or-regional-filing-data/document-id!",                       \
			 FACT_PCT_APPLICATION),                                                    \
		{ prefix_ "pct-or-regional-filing-data/us-371c124-date/date",                      \
		  FACT_PCT_ENTRY_DATE },                                                           \
		{ prefix_ "pct-or-regional-filing-data/us-371c12-date/date",                       \
		  FACT_PCT_ENTRY_DATE },                                                           \
		DOCUMENT(prefix_ "pct-or-regional-publishing-data/document-id!",                   \
			 FACT_PCT_PUBLICATION)

#define TEXT_ROWS                                                                                  \
	{ "@lang", FACT_LANGUAGE }, { "abstract!/p", FACT_ABSTRACT, .text = "\n" },                \
		{ "description/heading", FACT_DESCRIPTION, PARSE_PARAGRAPH },                      \
		{ "description/p", FACT_DESCRIPTION, PARSE_PARAGRAPH },                            \
		{ "description/description-of-drawings/heading", FACT_DESCRIPTION,                 \
		  PARSE_PARAGRAPH },                                                               \
		{ "description/description-of-drawings/p", FACT_DESCRIPTION, PARSE_PARAGRAPH },    \
		{ "claims/claim!/@num", FACT_CLAIM, .part = CLAIM_NUMBER },                        \
	{                                                                                          \
		"claims/claim!/claim-text", FACT_CLAIM, .text = "\n"                               \
	}

static const struct source_row rows_grant[] = {
	BIBLIOGRAPHIC_ROWS("us-bibliographic-data-grant/"),
	{ "us-bibliographic-data-grant/publication-reference/document-id/date", FACT_GRANT_DATE },
	TEXT_ROWS,
	{ NULL }
};

static const struct source_row rows_application[] = {
	BIBLIOGRAPHIC_ROWS("us-bibliographic-data-application/"), TEXT_ROWS, { NULL }
};

const struct source source_uspto_grant = {
	.origin = 10,
	.rank = 90,
	.flags = SOURCE_ELEMENTS | SOURCE_NEEDS_APPLICANT,
	.name = "uspto-grant",
	.label = { "美国专利商标局授权全文", "USPTO grants full text" },
	.formats = SOURCE_XML,
	.signature = { "us-patent-grant" },
	.records = { { FORMAT_XML, "us-patent-grant", "us-patent-grant" } },
	.language = FACT_EN,
	.office = "US",
	.rows = rows_grant,
};

const struct source source_uspto_application = {
	.origin = 11,
	.rank = 90,
	.flags = SOURCE_ELEMENTS | SOURCE_NEEDS_APPLICANT,
	.name = "uspto-application",
	.label = { "美国专利商标局申请公开全文", "USPTO applications full text" },
	.formats = SOURCE_XML,
	.signature = { "us-patent-application" },
	.records = { { FORMAT_XML, "us-patent-application", "us-patent-application" } },
	.language = FACT_EN,
	.office = "US",
	.rows = rows_application,
};

/* Open Data Portal; paths below one item of the bag. */
#define META "applicationMetaData/"

static const struct source_row rows_json[] = {
	{ "applicationNumberText", FACT_APPLICATION_NUMBER },
	{ META "filingDate", FACT_APPLICATION_DATE },
	{ META "inventionTitle", FACT_TITLE },
	{ META "earliestPublicationNumber", FACT_PUBLICATION_NUMBER },
	{ META "earliestPublicationDate", FACT_FIRST_PUBLICATION_DATE },
	{ META "patentNumber", FACT_PUBLICATION_NUMBER, .turn = ROW_FALLBACK },
	{ META "grantDate", FACT_GRANT_DATE },
	{ META "applicationStatusDescriptionText", FACT_STATUS },
	{ META "firstInventorName", FACT_VENDOR, PARSE_NOTHING },
	{ META "inventorBag/inventorNameText", FACT_INVENTOR },
	{ META "applicantBag/applicantNameText", FACT_APPLICANT },
	{ META "cpcClassificationBag", FACT_CPC },
	{ META "nationalStageIndicator", FACT_VENDOR, PARSE_NOTHING },
	{ "foreignPriorityBag!/priorityNumberText", FACT_PRIORITY },
	{ "foreignPriorityBag!/applicationNumberText", FACT_PRIORITY },
	{ "foreignPriorityBag!/filingDate", FACT_PRIORITY, .part = PRIORITY_DATE },
	{ "foreignPriorityBag!/countryName", FACT_PRIORITY, .part = PRIORITY_OFFICE },
	{ "foreignPriorityBag!/ipOfficeName", FACT_PRIORITY, .part = PRIORITY_OFFICE },
	{ "eventDataBag!/eventCode", FACT_EVENT, .part = EVENT_CODE },
	{ "eventDataBag!/eventDescriptionText", FACT_EVENT, .part = EVENT_TEXT },
	{ "eventDataBag!/eventDate", FACT_EVENT, .part = EVENT_DATE },
	{ "assignmentBag!/assignmentRecordedDate", FACT_EVENT, .part = EVENT_DATE },
	{ "assignmentBag!/conveyanceText", FACT_EVENT, .part = EVENT_DETAIL,
	  .fixed_part = EVENT_TEXT, .fixed = "权利转让" },
	{ "assignmentBag!/assignorBag/assignorName", FACT_EVENT, .part = EVENT_FROM, .text = "; " },
	{ "assignmentBag!/assigneeBag/assigneeNameText", FACT_EVENT, .part = EVENT_TO,
	  .text = "; " },
	{ NULL }
};

const struct source source_uspto_json = {
	.origin = 12,
	.rank = 80,
	.flags = SOURCE_ELEMENTS,
	.name = "uspto-json",
	.label = { "美国专利商标局开放数据门户", "USPTO Open Data Portal" },
	.formats = SOURCE_JSON,
	.signature = { "applicationNumberText|assignmentBag|foreignPriorityBag|patentBag|"
		       "patentFileWrapperDataBag" },
	.records = { { FORMAT_JSON, NULL, "patentBag" },
		     { FORMAT_JSON, NULL, "patentFileWrapperDataBag" } },
	.language = FACT_EN,
	.office = "US",
	.rows = rows_json,
};
/* clang-format on */
