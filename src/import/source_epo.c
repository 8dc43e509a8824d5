#include "import/source.h"

/* EPO: DOCDB exchange documents, answers of Open Patent Services, EP full texts. */

/* clang-format off: tables made of macros */
#define BIBLIOGRAPHIC "bibliographic-data/"

#define DOCUMENT(path_, field_)                                                                    \
	{ path_ "/country", field_, .text = "" }, { path_ "/doc-number", field_, .text = "" },     \
	{                                                                                          \
		path_ "/kind", field_, .text = ""                                                  \
	}

/* What DOCDB itself and the answers of OPS have in common. */
#define EXCHANGE_ROWS                                                                              \
	{ "@family-id", FACT_FAMILY_SIMPLE },                                                      \
		{ BIBLIOGRAPHIC "language-of-publication", FACT_LANGUAGE },                        \
		{ BIBLIOGRAPHIC "publication-reference/document-id/date", FACT_PUBLICATION_DATE }, \
		{ BIBLIOGRAPHIC "application-reference/document-id/date", FACT_APPLICATION_DATE }, \
		{ BIBLIOGRAPHIC "classifications-ipcr/classification-ipcr/text", FACT_IPC },       \
		{ BIBLIOGRAPHIC "classification-ipc/main-classification", FACT_IPC,                \
		  .turn = ROW_FALLBACK },                                                          \
		{ BIBLIOGRAPHIC                                                                    \
		  "patent-classifications/patent-classification!/classification-scheme/@scheme",   \
		  FACT_CPC, PARSE_ONLY, .text = "CPCI|CPC|CPCNO" },                                \
		{ BIBLIOGRAPHIC                                                                    \
		  "patent-classifications/patent-classification!/classification-symbol",           \
		  FACT_CPC },                                                                      \
		{ BIBLIOGRAPHIC "patent-classifications/patent-classification!/section", FACT_CPC, \
		  .text = "" },                                                                    \
		{ BIBLIOGRAPHIC "patent-classifications/patent-classification!/class", FACT_CPC,   \
		  .text = "" },                                                                    \
		{ BIBLIOGRAPHIC "patent-classifications/patent-classification!/subclass",          \
		  FACT_CPC, .text = "" },                                                          \
		{ BIBLIOGRAPHIC "patent-classifications/patent-classification!/main-group",        \
		  FACT_CPC, .text = "" },                                                          \
		{ BIBLIOGRAPHIC "patent-classifications/patent-classification!/subgroup",          \
		  FACT_CPC, .text = "/" },                                                         \
		{ BIBLIOGRAPHIC                                                                    \
		  "patent-classifications/patent-classification!/classification-value",            \
		  FACT_CPC, .part = CLASS_VALUE },                                                 \
		{ BIBLIOGRAPHIC "invention-title/@lang", FACT_TITLE, PARSE_LANGUAGE },             \
		{ BIBLIOGRAPHIC "invention-title", FACT_TITLE },                                   \
		{ BIBLIOGRAPHIC "parties/applicants/applicant!/applicant-name/name",               \
		  FACT_APPLICANT },                                                                \
		{ BIBLIOGRAPHIC "parties/applicants/applicant!/residence/country", FACT_APPLICANT, \
		  .part = PERSON_COUNTRY },                                                        \
		{ BIBLIOGRAPHIC "parties/inventors/inventor!/inventor-name/name", FACT_INVENTOR }, \
		{ BIBLIOGRAPHIC "parties/inventors/inventor!/residence/country", FACT_INVENTOR,    \
		  .part = PERSON_COUNTRY },                                                        \
		DOCUMENT(BIBLIOGRAPHIC "references-cited/citation!/patcit/document-id",            \
			 FACT_CITATION),                                                           \
		{ BIBLIOGRAPHIC "references-cited/citation!/@cited-phase", FACT_CITATION,          \
		  .part = CITATION_PHASE },                                                        \
		{ BIBLIOGRAPHIC "references-cited/citation!/@cited-by", FACT_CITATION,             \
		  .part = CITATION_BY },                                                           \
		{ BIBLIOGRAPHIC "references-cited/citation!/category", FACT_CITATION,              \
		  .part = CITATION_CATEGORY, .text = "" },                                         \
		{ BIBLIOGRAPHIC "references-cited/citation/nplcit/text", FACT_NPL },               \
		{ "abstract/@lang", FACT_ABSTRACT, PARSE_LANGUAGE },                               \
	{                                                                                          \
		"abstract!/p", FACT_ABSTRACT, .text = "\n"                                         \
	}

static const struct source_row rows_docdb[] = {
	{ BIBLIOGRAPHIC "publication-reference!/@data-format", FACT_PUBLICATION_NUMBER, PARSE_ONLY,
	  .text = "docdb" },
	DOCUMENT(BIBLIOGRAPHIC "publication-reference!/document-id", FACT_PUBLICATION_NUMBER),
	{ BIBLIOGRAPHIC "application-reference!/@data-format", FACT_APPLICATION_NUMBER, PARSE_ONLY,
	  .text = "docdb" },
	{ BIBLIOGRAPHIC "application-reference!/document-id/country", FACT_APPLICATION_NUMBER,
	  .text = "" },
	{ BIBLIOGRAPHIC "application-reference!/document-id/doc-number", FACT_APPLICATION_NUMBER,
	  .text = "" },
	{ BIBLIOGRAPHIC "priority-claims/priority-claim!/@data-format", FACT_PRIORITY, PARSE_ONLY,
	  .text = "docdb" },
	{ BIBLIOGRAPHIC "priority-claims/priority-claim!/document-id/country", FACT_PRIORITY,
	  .part = PRIORITY_OFFICE },
	{ BIBLIOGRAPHIC "priority-claims/priority-claim!/document-id/doc-number", FACT_PRIORITY },
	{ BIBLIOGRAPHIC "priority-claims/priority-claim!/document-id/date", FACT_PRIORITY,
	  .part = PRIORITY_DATE },
	{ BIBLIOGRAPHIC "parties/applicants/applicant!/@data-format", FACT_APPLICANT, PARSE_ONLY,
	  .text = "docdb" },
	{ BIBLIOGRAPHIC "parties/inventors/inventor!/@data-format", FACT_INVENTOR, PARSE_ONLY,
	  .text = "docdb" },
	{ "patent-family/family-member/publication-reference!/@data-format", FACT_FAMILY_MEMBER,
	  PARSE_ONLY, .text = "docdb" },
	DOCUMENT("patent-family/family-member/publication-reference!/document-id",
		 FACT_FAMILY_MEMBER),
	EXCHANGE_ROWS,
	{ NULL }
};

const struct source source_docdb = {
	.origin = 20,
	.rank = 80,
	.flags = SOURCE_ELEMENTS | SOURCE_DOCDB_NUMBERS,
	.name = "docdb",
	.label = { "欧洲专利局 DOCDB 著录数据", "EPO DOCDB exchange data" },
	.formats = SOURCE_XML,
	.signature = { "exchange-documents|exchange-document" },
	.records = { { FORMAT_XML, "exchange-documents", "exchange-document" },
		     { FORMAT_XML, "exchange-document", "exchange-document" } },
	.rows = rows_docdb,
};

static const struct source_row rows_ops[] = {
	{ BIBLIOGRAPHIC "publication-reference/document-id!/@document-id-type",
	  FACT_PUBLICATION_NUMBER, PARSE_ONLY, .text = "docdb" },
	DOCUMENT(BIBLIOGRAPHIC "publication-reference/document-id!", FACT_PUBLICATION_NUMBER),
	{ BIBLIOGRAPHIC "application-reference/document-id!/@document-id-type",
	  FACT_APPLICATION_NUMBER, PARSE_ONLY, .text = "docdb" },
	{ BIBLIOGRAPHIC "application-reference/document-id!/country", FACT_APPLICATION_NUMBER,
	  .text = "" },
	{ BIBLIOGRAPHIC "application-reference/document-id!/doc-number", FACT_APPLICATION_NUMBER,
	  .text = "" },
	{ BIBLIOGRAPHIC "priority-claims/priority-claim/document-id!/@document-id-type",
	  FACT_PRIORITY, PARSE_ONLY, .text = "docdb|epodoc" },
	{ BIBLIOGRAPHIC "priority-claims/priority-claim/document-id!/country", FACT_PRIORITY,
	  .part = PRIORITY_OFFICE },
	{ BIBLIOGRAPHIC "priority-claims/priority-claim/document-id!/doc-number", FACT_PRIORITY },
	{ BIBLIOGRAPHIC "priority-claims/priority-claim/document-id!/date", FACT_PRIORITY,
	  .part = PRIORITY_DATE },
	{ BIBLIOGRAPHIC "parties/applicants/applicant!/@data-format", FACT_APPLICANT, PARSE_ONLY,
	  .text = "epodoc" },
	{ BIBLIOGRAPHIC "parties/inventors/inventor!/@data-format", FACT_INVENTOR, PARSE_ONLY,
	  .text = "epodoc" },
	EXCHANGE_ROWS,
	{ NULL }
};

const struct source source_ops_biblio = {
	.origin = 21,
	.rank = 78,
	.flags = SOURCE_ELEMENTS | SOURCE_DOCDB_NUMBERS,
	.name = "ops-biblio",
	.label = { "欧洲专利局 OPS 著录数据", "EPO OPS bibliographic data" },
	.formats = SOURCE_XML,
	.signature = { "world-patent-data", "exchange-document" },
	.records = { { FORMAT_XML, "world-patent-data", "exchange-document" } },
	.rows = rows_ops,
};

/* Family service, with or without legal events: one record a family member. */
static const struct source_row rows_family[] = {
	{ "@family-id", FACT_FAMILY_SIMPLE },
	{ "publication-reference/document-id!/@document-id-type", FACT_PUBLICATION_NUMBER,
	  PARSE_ONLY, .text = "docdb" },
	DOCUMENT("publication-reference/document-id!", FACT_PUBLICATION_NUMBER),
	{ "publication-reference/document-id/date", FACT_PUBLICATION_DATE },
	{ "application-reference/document-id!/@document-id-type", FACT_APPLICATION_NUMBER,
	  PARSE_ONLY, .text = "docdb" },
	{ "application-reference/document-id!/country", FACT_APPLICATION_NUMBER, .text = "" },
	{ "application-reference/document-id!/doc-number", FACT_APPLICATION_NUMBER, .text = "" },
	{ "application-reference/document-id/date", FACT_APPLICATION_DATE },
	{ "priority-claim/document-id!/@document-id-type", FACT_PRIORITY, PARSE_ONLY,
	  .text = "docdb" },
	{ "priority-claim/document-id!/country", FACT_PRIORITY, .part = PRIORITY_OFFICE },
	{ "priority-claim/document-id!/doc-number", FACT_PRIORITY },
	{ "priority-claim/document-id!/date", FACT_PRIORITY, .part = PRIORITY_DATE },
	{ "legal!/@code", FACT_EVENT, .part = EVENT_CODE },
	{ "legal!/@desc", FACT_EVENT, .part = EVENT_TEXT },
	{ "legal!/L007EP", FACT_EVENT, .part = EVENT_DATE },
	{ "legal!/L500EP/L510EP", FACT_EVENT, .part = EVENT_DETAIL, .text = "; " },
	{ "legal!/L500EP/L509EP", FACT_EVENT, .part = EVENT_TO, .text = "; " },
	{ "legal!/L500EP/L501EP", FACT_EVENT, .part = EVENT_DETAIL, .text = "; " },
	{ NULL }
};

const struct source source_ops_family = {
	.origin = 22,
	.rank = 79,
	.flags = SOURCE_ELEMENTS | SOURCE_DOCDB_NUMBERS,
	.name = "ops-family",
	.label = { "欧洲专利局 OPS 同族与法律状态", "EPO OPS family and legal events" },
	.formats = SOURCE_XML,
	.signature = { "world-patent-data", "family-member" },
	.records = { { FORMAT_XML, "world-patent-data", "family-member" } },
	.rows = rows_family,
};

#define PERSON(path_, field_)                                                                      \
	{ path_ "/snm", field_ },                                                                  \
		{ path_ "/adr/str", field_, .part = PERSON_ADDRESS, .text = ", " },                \
		{ path_ "/adr/city", field_, .part = PERSON_ADDRESS, .text = ", " },               \
	{                                                                                          \
		path_ "/adr/ctry", field_, .part = PERSON_COUNTRY                                  \
	}

/* ST.36 codes: B110 number, B540 title, B710 applicant, B730 proprietor ... */
static const struct source_row rows_ep[] = {
	{ "@lang", FACT_LANGUAGE },
	{ "@country", FACT_PUBLICATION_NUMBER, .text = "", .group = "record" },
	{ "@doc-number", FACT_PUBLICATION_NUMBER, .text = "", .group = "record" },
	{ "@kind", FACT_PUBLICATION_NUMBER, .text = "", .group = "record" },
	{ "SDOBI/B100/B140/date", FACT_PUBLICATION_DATE },
	{ "SDOBI/B200/B210", FACT_APPLICATION_NUMBER },
	{ "SDOBI/B200/B220/date", FACT_APPLICATION_DATE },
	{ "SDOBI/B300!/B310", FACT_PRIORITY },
	{ "SDOBI/B300!/B320/date", FACT_PRIORITY, .part = PRIORITY_DATE },
	{ "SDOBI/B300!/B330/ctry", FACT_PRIORITY, .part = PRIORITY_OFFICE },
	{ "SDOBI/B400/B430/date", FACT_FIRST_PUBLICATION_DATE },
	{ "SDOBI/B400/B450/date", FACT_GRANT_DATE },
	{ "SDOBI/B500/B510EP/classification-ipcr/text", FACT_IPC },
	{ "SDOBI/B500/B510/B516", FACT_VENDOR, PARSE_NOTHING },
	{ "SDOBI/B500/B510/B511", FACT_IPC },
	{ "SDOBI/B500/B510/B512", FACT_IPC },
	{ "SDOBI/B500/B520EP/classifications-cpc/classification-cpc/text", FACT_CPC },
	{ "SDOBI/B500/B540/B541", FACT_TITLE, PARSE_LANGUAGE },
	{ "SDOBI/B500/B540/B542", FACT_TITLE },
	{ "SDOBI/B500/B560/B561/text", FACT_CITATION },
	{ "SDOBI/B500/B560/B562/text", FACT_NPL },
	{ "SDOBI/B600/B620/parent/pdoc/dnum!/anum", FACT_DIVISIONAL_OF },
	PERSON("SDOBI/B700/B710/B711!", FACT_APPLICANT),
	PERSON("SDOBI/B700/B720/B721!", FACT_INVENTOR),
	PERSON("SDOBI/B700/B730/B731!", FACT_OWNER),
	{ "SDOBI/B700/B740/B741!/snm", FACT_AGENCY },
	{ "SDOBI/B800/B860/B861/dnum/anum", FACT_PCT_APPLICATION },
	{ "SDOBI/B800/B870/B871/dnum/pnum", FACT_PCT_PUBLICATION },
	{ "SDOBI/B800/B880/date", FACT_VENDOR, PARSE_NOTHING },
	{ "abstract/@lang", FACT_ABSTRACT, PARSE_LANGUAGE },
	{ "abstract!/p", FACT_ABSTRACT, .text = "\n" },
	{ "description/@lang", FACT_DESCRIPTION, PARSE_LANGUAGE },
	{ "description/heading", FACT_DESCRIPTION, PARSE_PARAGRAPH },
	{ "description/p", FACT_DESCRIPTION, PARSE_PARAGRAPH },
	{ "claims/@lang", FACT_CLAIM, PARSE_LANGUAGE },
	{ "claims/claim!/@num", FACT_CLAIM, .part = CLAIM_NUMBER },
	{ "claims/claim!/claim-text", FACT_CLAIM, .text = "\n" },
	{ NULL }
};

const struct source source_ep = {
	.origin = 23,
	.rank = 90,
	.flags = SOURCE_ELEMENTS | SOURCE_NEEDS_APPLICANT,
	.name = "ep-xml",
	.label = { "欧洲专利局全文", "EP full text" },
	.formats = SOURCE_XML,
	.signature = { "ep-patent-document" },
	.records = { { FORMAT_XML, "ep-patent-document", "ep-patent-document" } },
	.office = "EP",
	.rows = rows_ep,
};
/* clang-format on */
