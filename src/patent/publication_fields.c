#include "patent/publication.h"

/* A row: name, labels, merge rule, then flags where they are not the usual ones. */
#define ONE(name_, zh_, en_, merge_)                                                               \
	{                                                                                          \
		.name = name_, .label = { zh_, en_ }, .merge = merge_, .part_count = 1             \
	}
#define LIST(name_, zh_, en_, merge_, parts_)                                                      \
	{                                                                                          \
		.name = name_, .label = { zh_, en_ }, .merge = merge_, .is_list = true,            \
		.part_count = parts_                                                               \
	}
#define TEXT(name_, zh_, en_, is_list_, parts_)                                                    \
	{                                                                                          \
		.name = name_, .label = { zh_, en_ }, .merge = MERGE_RANKED, .is_list = is_list_,  \
		.has_language = true, .part_count = parts_                                         \
	}
#define PERSONS(name_, zh_, en_, merge_)                                                           \
	{                                                                                          \
		.name = name_, .label = { zh_, en_ }, .merge = merge_, .is_list = true,            \
		.has_language = true, .one_language = true, .part_count = 5                        \
	}

const struct fact_field_info fact_fields[FACT_FIELD_COUNT] = {
	[FACT_NONE] = ONE("", "", "", MERGE_RANKED),
	[FACT_PUBLICATION_NUMBER] = ONE("publication_number", "公开（公告）号",
					"Publication number", MERGE_RANKED),
	[FACT_APPLICATION_NUMBER] = ONE("application_number", "申请号", "Application number",
					MERGE_RANKED),
	[FACT_KIND] = ONE("kind", "文献种类代码", "Kind code", MERGE_RANKED),
	[FACT_OFFICE] = ONE("office", "公开国别", "Office", MERGE_RANKED),
	[FACT_TYPE] = ONE("type", "专利类型", "Patent type", MERGE_RANKED),
	[FACT_LANGUAGE] = ONE("language", "文献语种", "Language", MERGE_RANKED),
	[FACT_PUBLICATION_DATE] = ONE("publication_date", "公开（公告）日", "Publication date",
				      MERGE_RANKED),
	[FACT_APPLICATION_DATE] = ONE("application_date", "申请日", "Filing date", MERGE_RANKED),
	[FACT_FIRST_PUBLICATION_DATE] = ONE("first_publication_date", "首次公开日",
					    "First publication date", MERGE_RANKED),
	[FACT_GRANT_DATE] = ONE("grant_date", "授权公告日", "Grant date", MERGE_RANKED),
	[FACT_EXPIRY_DATE] = ONE("expiry_date", "预计届满日", "Expiry date", MERGE_NEWEST),
	[FACT_LAPSE_DATE] = ONE("lapse_date", "失效日", "Lapse date", MERGE_NEWEST),
	[FACT_EXAMINATION_DATE] = ONE("examination_date", "实质审查生效日",
				      "Substantive examination date", MERGE_RANKED),
	[FACT_PCT_ENTRY_DATE] = ONE("pct_entry_date", "PCT进入国家阶段日",
				    "National phase entry date", MERGE_RANKED),
	[FACT_PCT_APPLICATION] = ONE("pct_application", "PCT国际申请号", "PCT application number",
				     MERGE_RANKED),
	[FACT_PCT_PUBLICATION] = ONE("pct_publication", "PCT国际公布号", "PCT publication number",
				     MERGE_RANKED),
	[FACT_DIVISIONAL_OF] = ONE("divisional_of", "分案原申请号", "Divisional of", MERGE_RANKED),
	[FACT_PRIORITY] = LIST("priority", "优先权", "Priority", MERGE_RANKED, 3),
	[FACT_FAMILY_SIMPLE] = ONE("family_simple", "简单同族标识", "Simple family", MERGE_RANKED),
	[FACT_FAMILY_EXTENDED] = ONE("family_extended", "扩展同族标识", "Extended family",
				     MERGE_RANKED),
	[FACT_FAMILY_MEMBER] = LIST("family_member", "同族专利", "Family member", MERGE_UNION, 1),
	[FACT_TITLE] = TEXT("title", "名称", "Title", false, 1),
	[FACT_ABSTRACT] = TEXT("abstract", "摘要", "Abstract", false, 1),
	[FACT_CLAIM] = TEXT("claim", "权利要求", "Claim", true, 3),
	[FACT_DESCRIPTION] = TEXT("description", "说明书", "Description", true, 2),
	[FACT_IPC] = LIST("ipc", "IPC分类号", "IPC", MERGE_UNION, 3),
	[FACT_CPC] = LIST("cpc", "CPC分类号", "CPC", MERGE_UNION, 3),
	[FACT_LOCARNO] = LIST("locarno", "洛迦诺分类号", "Locarno class", MERGE_UNION, 3),
	[FACT_APPLICANT] = PERSONS("applicant", "申请人", "Applicant", MERGE_RANKED),
	[FACT_OWNER] = PERSONS("owner", "当前权利人", "Current owner", MERGE_NEWEST),
	[FACT_INVENTOR] = PERSONS("inventor", "发明人", "Inventor", MERGE_RANKED),
	[FACT_AGENCY] = PERSONS("agency", "代理机构", "Agency", MERGE_RANKED),
	[FACT_AGENT] = PERSONS("agent", "代理人", "Agent", MERGE_RANKED),
	[FACT_EXAMINER] = PERSONS("examiner", "审查员", "Examiner", MERGE_RANKED),
	[FACT_PROVINCE] = ONE("province", "省份", "Province", MERGE_RANKED),
	[FACT_CITY] = ONE("city", "地市", "City", MERGE_RANKED),
	[FACT_COUNTY] = ONE("county", "区县", "County", MERGE_RANKED),
	[FACT_CITATION] = LIST("citation", "引证文献", "Citation", MERGE_UNION, 4),
	[FACT_CITED_BY] = LIST("cited_by", "被引证文献", "Cited by", MERGE_UNION, 1),
	[FACT_NPL] = LIST("npl", "引证非专利文献", "Non-patent literature", MERGE_UNION, 1),
	[FACT_STATUS] = ONE("status", "法律状态", "Legal status", MERGE_NEWEST),
	[FACT_EVENT] = LIST("event", "法律事件", "Legal event", MERGE_UNION, 6),
	[FACT_COUNT_CITES] = ONE("count_cites", "引证次数", "Citations made", MERGE_NEWEST),
	[FACT_COUNT_CITED_BY] = ONE("count_cited_by", "被引证次数", "Times cited", MERGE_NEWEST),
	[FACT_COUNT_CLAIMS] = ONE("count_claims", "权利要求数量", "Claims", MERGE_RANKED),
	[FACT_COUNT_FAMILY] = ONE("count_family", "同族数量", "Family size", MERGE_NEWEST),
	[FACT_COUNT_PAGES] = ONE("count_pages", "文献页数", "Pages", MERGE_RANKED),
	[FACT_KEYWORD] = LIST("keyword", "技术功效与主题词", "Keyword", MERGE_UNION, 1),
	[FACT_LINK] = ONE("link", "链接", "Link", MERGE_RANKED),
	[FACT_VENDOR] = LIST("vendor", "来源自有字段", "Vendor field", MERGE_EACH, 2),
};

enum fact_field fact_field_find(struct str name)
{
	for (unsigned field = FACT_NONE + 1; field < FACT_FIELD_COUNT; field++)
		if (str_equal_cstr(name, fact_fields[field].name))
			return (enum fact_field)field;
	return FACT_NONE;
}
