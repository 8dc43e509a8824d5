#include "query/choices.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define END                                                                                        \
	{                                                                                          \
		NULL, NULL, NULL, COL_COUNT,                                                       \
		{                                                                                  \
			NULL, NULL                                                                 \
		}                                                                                  \
	}

/* "By grant" is no type of its own: the granted ones of a type are asked for by their date. */
const struct query_choice query_type_choices[] = {
	{ "invention",
	  NAMES("发明", "发明专利", "发明创造", "I", "1", "8", "patent"),
	  NULL,
	  COL_TYPE,
	  { "发明", "Invention" } },
	{ "utility",
	  NAMES("实用新型", "实用新型专利", "新型", "U", "2", "9", "UM", "utility_model"),
	  NULL,
	  COL_TYPE,
	  { "实用新型", "Utility model" } },
	{ "design",
	  NAMES("外观设计", "外观设计专利", "外观", "D", "3", "design_right"),
	  NULL,
	  COL_TYPE,
	  { "外观设计", "Design" } },
	{ "granted_invention",
	  NAMES("发明授权", "授权发明", "B", "granted_patent"),
	  "TYPE=(invention) AND GD=(*)",
	  COL_TYPE,
	  { "发明授权", "Granted invention" } },
	{ "invention_application",
	  NAMES("发明申请", "发明公开", "A", "patent_application"),
	  "TYPE=(invention) AND NOT GD=(*)",
	  COL_TYPE,
	  { "发明申请", "Invention, not granted" } },
	END
};

#define GROUP(code, zh, en, ...)                                                                   \
	{                                                                                          \
		code, NAMES(zh, __VA_ARGS__), NULL, COL_STATUS_GROUP,                              \
		{                                                                                  \
			zh, en                                                                     \
		}                                                                                  \
	}
#define STATUS(code, zh, en, ...)                                                                  \
	{                                                                                          \
		code, NAMES(zh, __VA_ARGS__), NULL, COL_STATUS,                                    \
		{                                                                                  \
			zh, en                                                                     \
		}                                                                                  \
	}

/* Groups, then the statuses of patent/status.h. Where both have one word the group is meant. */
const struct query_choice query_status_choices[] = {
	GROUP("active", "有效", "In force", "授权", "有权", "valid", "alive", "1", "授权有效",
	      "维持"),
	GROUP("pending", "审中", "Pending", "在审", "审查中", "未决", "application", "2"),
	GROUP("dead", "失效", "Dead", "无权", "inactive", "invalid", "discontinued", "0",
	      "终止失效", "失效（原因不明）"),
	GROUP("unknown", "状态不明", "Not known", "未确认", "未知", "未识别", "不明", "999"),
	STATUS("published", "公布待审", "Published", "公开", "公布", "公开待审"),
	STATUS("examination", "实审中", "In examination", "实审", "实质审查", "实质审查的生效"),
	STATUS("in_force", "专利权维持", "Right in force", "权利维持"),
	STATUS("grace", "滞纳期", "Grace period", "等年费滞纳金"),
	STATUS("partly_invalid", "部分无效", "Partly invalid", "部分无效公告"),
	STATUS("granted", "已授权", "Granted, later fate unknown", "已授权（后续不明）"),
	STATUS("laid_open", "已公布", "Published, later fate unknown", "已公布（后续不明）"),
	STATUS("rejected", "驳回", "Rejected", "公布后的驳回", "refused"),
	STATUS("withdrawn", "撤回", "Withdrawn", "主动撤回", "公布后的撤回"),
	STATUS("deemed_withdrawn", "视为撤回", "Deemed withdrawn", "视撤", "公布后的视为撤回"),
	STATUS("abandoned", "放弃", "Abandoned", "视为放弃", "主动放弃", "避免重复授权"),
	STATUS("lapsed", "未缴年费终止", "Lapsed", "未缴年费", "未缴年费专利权终止", "终止"),
	STATUS("expired", "期限届满", "Expired", "期满", "届满", "届满终止失效"),
	STATUS("invalidated", "全部无效", "Invalidated", "无效", "宣告无效", "revoked"),
	{ "grant", NAMES("granted_patent"), "GD=(*)", COL_STATUS, { "曾授权", "Was granted" } },
	END
};

const struct query_choice query_applicant_type_choices[] = {
	{ "company",
	  NAMES("企业", "公司", "enterprise", "corporation"),
	  NULL,
	  COL_APPLICANT_TYPE,
	  { "企业", "Company" } },
	{ "university",
	  NAMES("高校", "大学", "大专院校", "院校", "college", "school"),
	  NULL,
	  COL_APPLICANT_TYPE,
	  { "高校", "University" } },
	{ "institute",
	  NAMES("科研院所", "科研单位", "研究机构", "研究所", "research"),
	  NULL,
	  COL_APPLICANT_TYPE,
	  { "科研院所", "Research institute" } },
	{ "person",
	  NAMES("个人", "自然人", "individual"),
	  NULL,
	  COL_APPLICANT_TYPE,
	  { "个人", "Individual" } },
	{ "government",
	  NAMES("机关团体", "机关", "机关社团", "agency"),
	  NULL,
	  COL_APPLICANT_TYPE,
	  { "机关团体", "Public body" } },
	{ "hospital", NAMES("医院", "医疗机构"), NULL, COL_APPLICANT_TYPE, { "医院", "Hospital" } },
	{ "other",
	  NAMES("其他", "其它", "unknown"),
	  NULL,
	  COL_APPLICANT_TYPE,
	  { "其他", "Other" } },
	END
};

const struct query_choice query_flag_choices[] = {
	{ "yes", NAMES("1", "是", "有", "true", "y"), NULL, COL_COUNT, { "是", "Yes" } },
	{ "no", NAMES("0", "否", "无", "false", "n"), NULL, COL_COUNT, { "否", "No" } },
	END
};

#define COUNTRY(code, zh, en, ...)                                                                 \
	{                                                                                          \
		code, NAMES(zh, en, __VA_ARGS__), NULL, COL_OFFICE,                                \
		{                                                                                  \
			zh, en                                                                     \
		}                                                                                  \
	}

/* Offices and countries that occur often; any other two-letter code is taken as it stands. */
const struct query_choice query_country_choices[] = {
	COUNTRY("CN", "中国", "China", "中国大陆", "CHN"),
	COUNTRY("US", "美国", "United States", "USA"),
	COUNTRY("JP", "日本", "Japan", "JPN"),
	COUNTRY("KR", "韩国", "Korea", "South Korea", "KOR"),
	COUNTRY("EP", "欧洲专利局", "EPO", "欧洲", "欧专局"),
	COUNTRY("WO", "世界知识产权组织", "WIPO", "PCT"),
	COUNTRY("DE", "德国", "Germany", "DEU"),
	COUNTRY("FR", "法国", "France", "FRA"),
	COUNTRY("GB", "英国", "United Kingdom", "UK", "GBR"),
	COUNTRY("CH", "瑞士", "Switzerland", "CHE"),
	COUNTRY("NL", "荷兰", "Netherlands", "NLD"),
	COUNTRY("SE", "瑞典", "Sweden", "SWE"),
	COUNTRY("IT", "意大利", "Italy", "ITA"),
	COUNTRY("ES", "西班牙", "Spain", "ESP"),
	COUNTRY("AT", "奥地利", "Austria", "AUT"),
	COUNTRY("BE", "比利时", "Belgium", "BEL"),
	COUNTRY("DK", "丹麦", "Denmark", "DNK"),
	COUNTRY("FI", "芬兰", "Finland", "FIN"),
	COUNTRY("NO", "挪威", "Norway", "NOR"),
	COUNTRY("CA", "加拿大", "Canada", "CAN"),
	COUNTRY("AU", "澳大利亚", "Australia", "澳洲", "AUS"),
	COUNTRY("IN", "印度", "India", "IND"),
	COUNTRY("RU", "俄罗斯", "Russia", "RUS"),
	COUNTRY("BR", "巴西", "Brazil", "BRA"),
	COUNTRY("IL", "以色列", "Israel", "ISR"),
	COUNTRY("SG", "新加坡", "Singapore", "SGP"),
	COUNTRY("TW", "台湾", "Taiwan", "中国台湾"),
	COUNTRY("HK", "香港", "Hong Kong", "中国香港"),
	COUNTRY("MO", "澳门", "Macao", "中国澳门", "Macau"),
	END
};
