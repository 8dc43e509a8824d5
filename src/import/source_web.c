#include "import/source.h"

/* Result lists of the free search services. */

static const struct source_row rows_google[] = {
	{ "id", FACT_PUBLICATION_NUMBER },
	{ "title", FACT_TITLE },
	{ "assignee", FACT_APPLICANT, PARSE_LIST, .text = "," },
	{ "inventor/author", FACT_INVENTOR, PARSE_LIST, .text = "," },
	{ "priority date", FACT_PRIORITY, .part = PRIORITY_DATE },
	{ "filing/creation date", FACT_APPLICATION_DATE },
	{ "publication date", FACT_PUBLICATION_DATE },
	{ "grant date", FACT_GRANT_DATE },
	{ "result link", FACT_LINK },
	{ "representative figure link", FACT_VENDOR, PARSE_NOTHING },
	{ NULL }
};

const struct source source_google = {
	.origin = 40,
	.rank = 45,
	.name = "google",
	.label = { "Google Patents 导出表", "Google Patents list" },
	.formats = SOURCE_TABLE,
	.signature = { "id", "title", "assignee", "inventor/author", "result link" },
	.rows = rows_google,
};

static const struct source_row rows_lens[] = {
	{ "#", FACT_VENDOR, PARSE_NOTHING },
	{ "Jurisdiction", FACT_OFFICE },
	{ "Kind", FACT_KIND },
	{ "Publication Number", FACT_PUBLICATION_NUMBER },
	{ "Display Key", FACT_PUBLICATION_NUMBER },
	{ "Lens ID", FACT_VENDOR },
	{ "Publication Date", FACT_PUBLICATION_DATE },
	{ "Publication Year", FACT_VENDOR, PARSE_NOTHING },
	{ "Application Number", FACT_APPLICATION_NUMBER },
	{ "Application Date", FACT_APPLICATION_DATE },
	{ "Priority Numbers", FACT_PRIORITY, PARSE_PRIORITIES },
	{ "Earliest Priority Date", FACT_PRIORITY, .part = PRIORITY_DATE, .group = "earliest",
	  .turn = ROW_FALLBACK },
	{ "Title", FACT_TITLE },
	{ "Abstract", FACT_ABSTRACT },
	{ "Applicants", FACT_APPLICANT, PARSE_LIST },
	{ "Inventors", FACT_INVENTOR, PARSE_LIST },
	{ "Owners", FACT_OWNER, PARSE_LIST },
	{ "Owners (US)", FACT_OWNER, PARSE_LIST },
	{ "URL", FACT_LINK },
	{ "Type", FACT_VENDOR },
	{ "Document Type", FACT_VENDOR },
	{ "Has Full Text", FACT_VENDOR, PARSE_NOTHING },
	{ "Cites Patent Count", FACT_COUNT_CITES },
	{ "Cited by Patent Count", FACT_COUNT_CITED_BY },
	{ "Simple Family Size", FACT_COUNT_FAMILY },
	{ "Extended Family Size", FACT_VENDOR },
	{ "Simple Family Members", FACT_FAMILY_MEMBER, PARSE_LIST },
	{ "Sequence Count", FACT_VENDOR, PARSE_NOTHING },
	{ "CPC Classifications", FACT_CPC, PARSE_LIST },
	{ "IPCR Classifications", FACT_IPC, PARSE_LIST },
	{ "US Classifications", FACT_VENDOR },
	{ "NPL Citation Count", FACT_VENDOR },
	{ "NPL Resolved Citation Count", FACT_VENDOR, PARSE_NOTHING },
	{ "NPL Resolved Lens ID(s)", FACT_VENDOR, PARSE_NOTHING },
	{ "NPL Resolved External Id(s)", FACT_VENDOR, PARSE_NOTHING },
	{ "NPL Citations", FACT_NPL, PARSE_LIST },
	{ "Legal Status", FACT_STATUS },
	{ "Cites Patents", FACT_CITATION, PARSE_LIST },
	{ "Cited By Patents", FACT_CITED_BY, PARSE_LIST },
	{ NULL }
};

const struct source source_lens = {
	.origin = 41,
	.rank = 50,
	.flags = SOURCE_DOCDB_NUMBERS,
	.name = "lens",
	.label = { "Lens.org 导出表", "Lens.org list" },
	.formats = SOURCE_TABLE,
	.signature = { "Jurisdiction", "Lens ID", "Publication Number|Display Key", "Title" },
	.rows = rows_lens,
};

static const struct source_row rows_espacenet[] = {
	{ "No", FACT_VENDOR, PARSE_NOTHING },
	{ "Title", FACT_TITLE },
	{ "Inventors", FACT_INVENTOR, PARSE_LIST },
	{ "Applicants", FACT_APPLICANT, PARSE_LIST },
	{ "Publication number", FACT_PUBLICATION_NUMBER, PARSE_LIST },
	{ "Earliest priority", FACT_PRIORITY, .part = PRIORITY_DATE },
	{ "IPC", FACT_IPC, PARSE_LIST },
	{ "CPC", FACT_CPC, PARSE_LIST },
	{ "Publication date", FACT_PUBLICATION_DATE, PARSE_LIST },
	{ "Earliest publication", FACT_FIRST_PUBLICATION_DATE },
	{ "Family number", FACT_FAMILY_SIMPLE },
	{ NULL }
};

const struct source source_espacenet = {
	.origin = 42,
	.rank = 55,
	.name = "espacenet",
	.label = { "Espacenet 导出表", "Espacenet list" },
	.formats = SOURCE_TABLE,
	.signature = { "Title", "Publication number", "Earliest priority", "Family number" },
	.rows = rows_espacenet,
};

static const struct source_row rows_patentscope[] = {
	{ "Publication Number", FACT_PUBLICATION_NUMBER },
	{ "Application Id", FACT_PUBLICATION_NUMBER },
	{ "Application Number", FACT_APPLICATION_NUMBER },
	{ "Application Date", FACT_APPLICATION_DATE },
	{ "Country", FACT_OFFICE },
	{ "Publication Date", FACT_PUBLICATION_DATE },
	{ "Title", FACT_TITLE },
	{ "Abstract", FACT_ABSTRACT },
	{ "Priority Data", FACT_PRIORITY, PARSE_PRIORITIES },
	{ "Priorities Data", FACT_PRIORITY, PARSE_PRIORITIES },
	{ "IPC", FACT_IPC, PARSE_LIST },
	{ "I P C", FACT_IPC, PARSE_LIST },
	{ "Applicants", FACT_APPLICANT, PARSE_LIST },
	{ "Inventors", FACT_INVENTOR, PARSE_LIST },
	{ "FP Image", FACT_VENDOR, PARSE_NOTHING },
	{ "Image", FACT_VENDOR, PARSE_NOTHING },
	{ NULL }
};

const struct source source_patentscope = {
	.origin = 43,
	.rank = 55,
	.name = "patentscope",
	.label = { "PATENTSCOPE 导出表", "PATENTSCOPE list" },
	.formats = SOURCE_TABLE,
	.signature = { "Publication Number|Application Id", "Publication Date", "Title",
		       "Priority Data|Priorities Data", "Applicants" },
	.rows = rows_patentscope,
};
