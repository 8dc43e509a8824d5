#include "rule/clause.h"

static const struct clause clauses[] = {
#include "rule/clauses.inc"
};

static const struct rule_set rule_sets[] = {
	{ "lint", "2.5-d 2.5-e", { "申请文件撰写检查规则", "Drafting checks" } },
	{ "evaluation", "2.5-b", { "申请前评估表", "Sheet of the evaluation before filing" } },
	{ "value", "2.6-c", { "专利价值评估表", "Sheet of a patent's value" } },
	{ "grades", "2.5-e", { "专利分级标准", "Grades of patents" } },
	{ "high_value", "1-b 1-f 1-h", { "高价值发明专利判定", "Test of high-value inventions" } },
	{ "deadlines", "2.5-d", { "期限规则", "Periods" } },
	{ "notices", "2.5-d", { "官方通知书表", "Official notices" } },
	{ "fees", "2.5-d", { "官费与年费标准", "Official fees and annuities" } },
	{ "case_states", "2.5-d", { "案件状态机", "States of a case" } },
};

const struct clause *clause_list(size_t *count_out)
{
	*count_out = sizeof(clauses) / sizeof(clauses[0]);
	return clauses;
}

const struct clause *clause_find(struct str id)
{
	for (size_t i = 0; i < sizeof(clauses) / sizeof(clauses[0]); i++)
		if (str_equal_cstr(id, clauses[i].id))
			return &clauses[i];
	return NULL;
}

const struct rule_set *rule_set_list(size_t *count_out)
{
	*count_out = sizeof(rule_sets) / sizeof(rule_sets[0]);
	return rule_sets;
}
