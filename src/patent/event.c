#include "patent/event.h"
#include "patent/words.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define LIFE(name, zh, en)                                                                         \
	{                                                                                          \
		name, { zh, en }, EVENT_GROUP_LIFE                                                 \
	}
#define RIGHTS(name, zh, en)                                                                       \
	{                                                                                          \
		name, { zh, en }, EVENT_GROUP_RIGHTS                                               \
	}
#define DISPUTE(name, zh, en)                                                                      \
	{                                                                                          \
		name, { zh, en }, EVENT_GROUP_DISPUTE                                              \
	}
#define OTHER(name, zh, en)                                                                        \
	{                                                                                          \
		name, { zh, en }, EVENT_GROUP_OTHER                                                \
	}

const struct event_info event_infos[EVENT_KIND_COUNT] = {
	[EVENT_UNKNOWN] = OTHER("unknown", "未识别", "Not recognised"),
	[EVENT_PUBLICATION] = LIFE("publication", "公布", "Publication"),
	[EVENT_EXAMINATION] = LIFE("examination", "实质审查", "Examination"),
	[EVENT_GRANT] = LIFE("grant", "授权", "Grant"),
	[EVENT_REJECTION] = LIFE("rejection", "驳回", "Rejection"),
	[EVENT_WITHDRAWAL] = LIFE("withdrawal", "主动撤回", "Withdrawal"),
	[EVENT_DEEMED_WITHDRAWAL] = LIFE("deemed_withdrawal", "视为撤回", "Deemed withdrawal"),
	[EVENT_ABANDONMENT] = LIFE("abandonment", "放弃", "Abandonment"),
	[EVENT_LAPSE_UNPAID] = LIFE("lapse_unpaid", "未缴年费终止", "Lapse for unpaid fee"),
	[EVENT_TERMINATION] = LIFE("termination", "专利权终止", "Termination"),
	[EVENT_EXPIRY] = LIFE("expiry", "期限届满", "Expiry"),
	[EVENT_RESTORATION] = LIFE("restoration", "恢复权利", "Restoration"),
	[EVENT_INVALIDATION] = LIFE("invalidation", "全部无效", "Invalidation"),
	[EVENT_PARTIAL_INVALIDATION] = LIFE("partial_invalidation", "部分无效",
					    "Partial invalidation"),
	[EVENT_MAINTAINED] = LIFE("maintained", "维持", "Maintained"),
	[EVENT_LATE_FEE] = LIFE("late_fee", "年费滞纳期", "Grace period"),
	[EVENT_TRANSFER_APPLICATION] = RIGHTS("transfer_application", "专利申请权转移",
					      "Transfer of the application"),
	[EVENT_TRANSFER_PATENT] = RIGHTS("transfer_patent", "专利权转移", "Transfer of the patent"),
	[EVENT_TRANSFER] = RIGHTS("transfer", "权利转移", "Transfer"),
	[EVENT_LICENCE] = RIGHTS("licence", "许可备案", "Licence recorded"),
	[EVENT_LICENCE_END] = RIGHTS("licence_end", "许可注销", "Licence ended"),
	[EVENT_LICENCE_CHANGE] = RIGHTS("licence_change", "许可变更", "Licence changed"),
	[EVENT_OPEN_LICENCE] = RIGHTS("open_licence", "开放许可", "Open licence"),
	[EVENT_PLEDGE] = RIGHTS("pledge", "质押登记", "Pledge recorded"),
	[EVENT_PLEDGE_END] = RIGHTS("pledge_end", "质押注销", "Pledge ended"),
	[EVENT_PLEDGE_CHANGE] = RIGHTS("pledge_change", "质押变更", "Pledge changed"),
	[EVENT_PRESERVATION] = DISPUTE("preservation", "保全", "Preservation"),
	[EVENT_PRESERVATION_END] = DISPUTE("preservation_end", "保全解除", "Preservation lifted"),
	[EVENT_OPPOSITION] = DISPUTE("opposition", "异议", "Opposition"),
	[EVENT_APPEAL] = DISPUTE("appeal", "复审", "Reexamination or appeal"),
	[EVENT_INVALIDITY_REQUEST] = DISPUTE("invalidity_request", "无效宣告请求",
					     "Invalidity request"),
	[EVENT_HEARING] = DISPUTE("hearing", "口头审理", "Oral hearing"),
	[EVENT_LITIGATION] = DISPUTE("litigation", "诉讼", "Litigation"),
	[EVENT_CUSTOMS] = RIGHTS("customs", "海关备案", "Customs recordal"),
	[EVENT_TRUST] = RIGHTS("trust", "信托", "Trust"),
	[EVENT_NAME_CHANGE] = OTHER("name_change", "名称变更", "Change of name"),
	[EVENT_ADDRESS_CHANGE] = OTHER("address_change", "地址变更", "Change of address"),
	[EVENT_BIBLIOGRAPHY_CHANGE] = OTHER("bibliography_change", "著录事项变更",
					    "Change of bibliographic data"),
	[EVENT_CORRECTION] = OTHER("correction", "更正", "Correction"),
	[EVENT_SERVICE] = OTHER("service", "公告送达", "Service by publication"),
	[EVENT_TERM_CHANGE] = OTHER("term_change", "期限补偿或延长", "Change of the term"),
	[EVENT_PCT_ENTRY] = OTHER("pct_entry", "进入国家阶段", "National phase entry"),
	[EVENT_DIVISION] = OTHER("division", "分案", "Division"),
	[EVENT_SECRECY_LIFTED] = OTHER("secrecy_lifted", "解密", "Secrecy lifted"),
	[EVENT_TWIN_FILING] = OTHER("twin_filing", "一案双申", "Twin filing"),
	[EVENT_OTHER] = OTHER("other", "其他", "Other"),
};

/* Office and code as one word, CNPB01: one sorted table. */
static const struct code_row {
	const char *code;
	enum event_kind kind;
} code_rows[] = {
#include "patent/event_codes.inc"
};

static const struct word_row {
	const char *pattern;
	enum event_kind kind;
} word_rows[] = {
#include "patent/event_words.inc"
};

static int compare_code(const void *key, const void *row)
{
	return strcmp(key, ((const struct code_row *)row)->code);
}

static enum event_kind kind_of_code(struct str office, struct str code)
{
	char text[16];
	size_t size = 2;
	const struct code_row *row;

	if (office.size != 2)
		office = STR("CN");
	if (code.size == 0 || code.size > 8)
		return EVENT_UNKNOWN;
	memcpy(text, office.data, 2);
	for (size_t i = 0; i < code.size; i++)
		if (code.data[i] != ' ')
			text[size++] = code.data[i] >= 'a' && code.data[i] <= 'z'
					       ? (char)(code.data[i] - 32)
					       : code.data[i];
	text[size] = 0;
	row = bsearch(text, code_rows, COUNT(code_rows), sizeof(code_rows[0]), compare_code);
	return row ? row->kind : EVENT_UNKNOWN;
}

static enum event_kind kind_of_text(struct str text)
{
	struct words words;

	words_fold(text, &words);
	for (size_t i = 0; words.size && i < COUNT(word_rows); i++)
		if (words_fit((struct str){ words.text, words.size }, str_of(word_rows[i].pattern)))
			return word_rows[i].kind;
	return EVENT_UNKNOWN;
}

enum event_kind event_kind_of(struct str office, struct str code, struct str text)
{
	enum event_kind kind = kind_of_code(office, code);

	return kind == EVENT_UNKNOWN ? kind_of_text(text) : kind;
}

enum event_kind event_kind_find(struct str name)
{
	for (unsigned kind = 0; kind < EVENT_KIND_COUNT; kind++)
		if (str_equal_cstr(name, event_infos[kind].name))
			return (enum event_kind)kind;
	return EVENT_UNKNOWN;
}
