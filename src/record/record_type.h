#ifndef RECORD_RECORD_TYPE_H
#define RECORD_RECORD_TYPE_H

#include "base/error.h"
#include "base/label.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

/*
 * A record type is a table of C: what a row holds, how it moves from state to state, and who may
 * read and change it. DDL, validation, lists, forms, Excel, history and the description for the
 * browser are read from it; docs/records.md tells how to add one. No conditions and no formulas
 * stand in these tables: what fewer than three types need is a function of that type's file.
 */
struct record;
struct record_store;

/* ---- Roles. A user has a set of them in an organisation (types/membership.c). */
enum role {
	ROLE_DIRECTOR,         /* of a centre 中心主任 */
	ROLE_IP_MANAGER,       /* 知识产权专员 */
	ROLE_RESEARCHER,       /* 研发人员 */
	ROLE_FINANCE,          /* 财务 */
	ROLE_AGENCY,           /* of a patent agency 代理机构 */
	ROLE_CITY_OFFICER,     /* 市（州）局 */
	ROLE_PROVINCE_OFFICER, /* 省局 */
	ROLE_EXPERT,           /* 评审专家 */
	ROLE_INSPECTOR,        /* 监督检查，只读 */
	ROLE_SYSTEM_ADMIN,     /* 系统管理员 */
	ROLE_SECURITY_ADMIN,   /* 安全管理员 */
	ROLE_AUDIT_ADMIN,      /* 审计管理员 */
	ROLE_COUNT
};
#define ROLE_BIT(role) (1u << (role))
#define ROLES_ADMIN                                                                                \
	(ROLE_BIT(ROLE_SYSTEM_ADMIN) | ROLE_BIT(ROLE_SECURITY_ADMIN) | ROLE_BIT(ROLE_AUDIT_ADMIN))
#define ROLES_CENTRE                                                                               \
	(ROLE_BIT(ROLE_DIRECTOR) | ROLE_BIT(ROLE_IP_MANAGER) | ROLE_BIT(ROLE_RESEARCHER) |         \
	 ROLE_BIT(ROLE_FINANCE))
#define ROLES_OFFICE (ROLE_BIT(ROLE_CITY_OFFICER) | ROLE_BIT(ROLE_PROVINCE_OFFICER))
#define ROLES_ALL    ((1u << ROLE_COUNT) - 1)

struct role_info {
	const char *name; /* "ip_manager" */
	struct label label;
};
extern const struct role_info role_infos[ROLE_COUNT];

/* ---- Fields. */
enum field_kind {
	FIELD_TEXT, /* one line */
	FIELD_LONG_TEXT,
	FIELD_INTEGER,
	FIELD_DECIMAL, /* integer of 10^-scale */
	FIELD_MONEY,   /* fen */
	FIELD_DATE,    /* YYYY-MM-DD */
	FIELD_BOOL,
	FIELD_CHOICE,      /* a value of choices[] */
	FIELD_CHOICES,     /* several: ",a,b," */
	FIELD_REF,         /* id of a record of type `ref` */
	FIELD_REFS,        /* several: ",3,17," */
	FIELD_FILE,        /* id of an attachment */
	FIELD_PUBLICATION, /* publication or application number */
	FIELD_REGION,      /* GB/T 2260 code: 51, 5101 */
	FIELD_ORGANISATION,
	FIELD_USER,
	FIELD_KIND_COUNT
};

enum field_flags {
	FIELD_REQUIRED = 1 << 0,
	FIELD_UNIQUE = 1 << 1, /* within an organisation */
	FIELD_INDEXED = 1 << 2,
	FIELD_LISTED = 1 << 3,            /* a column of the default list and of Excel */
	FIELD_FIXED = 1 << 4,             /* set on creation, never changed by hand */
	FIELD_SENSITIVE = 1 << 5,         /* encrypted at rest, masked in answers (text only) */
	FIELD_SEARCHED = 1 << 6,          /* looked through by the list's search box (text only) */
	FIELD_COMPUTED = 1 << 7,          /* set by the type's own code, never by a form */
	FIELD_UNIQUE_EVERYWHERE = 1 << 8, /* in the whole installation */
};

struct choice {
	const char *value; /* stored; NULL ends the list */
	struct label label;
};

struct field {
	const char *name;
	enum field_kind kind;
	unsigned flags;
	struct label label;
	struct label help;            /* below the input; may be empty */
	const struct choice *choices; /* FIELD_CHOICE, FIELD_CHOICES */
	const char *ref;              /* FIELD_REF, FIELD_REFS: name of the other type */
	int64_t min, max;             /* numbers: range when max > min; texts: max runes (0: 200,
					 long text 20,000) */
	unsigned scale;               /* FIELD_DECIMAL: digits behind the point */
	struct label section;         /* group of the form; empty: the first one */
};

/* ---- Workflow. */
typedef bool guard_fn(const struct record *record, struct record_store *store, struct error *error);
typedef bool effect_fn(struct record *record, struct record_store *store, struct error *error);

struct transition {
	const char *name; /* NULL ends the list; also the action asked of grants[] */
	const char *from, *to;
	struct label label;
	guard_fn *guard;    /* may this record make the step now? or NULL */
	effect_fn *effect;  /* what else happens, in the same transaction, or NULL */
	bool is_task;       /* whoever may make it finds the record among the 待办 */
	bool wants_comment; /* the step is refused without a comment (return, reject) */
};

/* ---- Who may do what. A row is allowed when any grant allows it. */
enum scope {
	SCOPE_OWN,      /* rows the actor created */
	SCOPE_ASSIGNED, /* rows whose field `field` names the actor, or the actor's organisation */
	SCOPE_ORGANISATION, /* rows of the actor's organisation */
	SCOPE_BELOW,        /* rows of that organisation and those below it */
	SCOPE_ALL           /* every row: public facts */
};

struct grant {
	unsigned roles;     /* ROLE_BIT()s; 0 ends the list */
	const char *action; /* read create update delete unmask, or a step's name */
	enum scope scope;
	const char *states; /* ",submitted,approved,": only in these; NULL: in all */
	const char *field;  /* SCOPE_ASSIGNED: a FIELD_USER, FIELD_ORGANISATION or several users */
	/* Of a read grant: ",applicant,organisation_id,": fields it does not show, as a blind review
	   wants them; organisation_id takes the names of who created and changed the row along. */
	const char *hides;
};

struct reminder {
	const char *field;  /* FIELD_DATE; NULL ends the list */
	int days_before[4]; /* 0 ends */
	const char *states; /* only in these; NULL: in all */
	/* Roles whose task the record becomes, with or without a step of theirs: when it is overdue in
	   one of the states above, or DUE_RED in one that says nobody has taken it up. 0: none. */
	unsigned escalates;
	const char *idle_states; /* ",open," */
};

struct record_type {
	const char *name;   /* table and address: "annual_task" */
	const char *clause; /* of the policy: "2.1-b"; several by blanks; NULL: none */
	const char *group;  /* menu: people navigation ... */
	struct label label;
	const struct field *fields;
	size_t field_count;
	const struct choice *states; /* the first is the initial one */
	const struct transition *transitions;
	const struct grant *grants;
	const struct reminder *reminders; /* or NULL */
	const char *title_field;          /* what a reference to the record shows */
	const char *list_sort;            /* "-updated_at" */
	bool has_attachments;
	guard_fn *validate;      /* rules across fields, or NULL */
	effect_fn *before_save;  /* computed fields, or NULL; before validation */
	effect_fn *after_create; /* the row has its id; what it changes is stored, or NULL */
	effect_fn *
		after_update; /* the changed row is stored: what other rows derive from it, or NULL */
};

extern const struct record_type *const record_types[];        /* NULL ends; types/registry.c */
const struct record_type *record_type_find(const char *name); /* or NULL */
/* The type whose rows the field refers to; users and organisations included. NULL: no reference. */
const struct record_type *type_of_reference(const struct field *field);
/* The field's place, or SIZE_MAX. */
size_t record_field_find(const struct record_type *type, struct str name);
const struct choice *choice_find(const struct choice *choices, struct str value); /* or NULL */
/* Is the name in ",a,b,"? NULL lists nothing. */
bool name_is_listed(const char *list, struct str name);

#endif
