#ifndef PATENT_STATUS_H
#define PATENT_STATUS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/label.h"
#include "patent/event.h"
#include "patent/number.h"
#include "patent/publication.h"

/*
 * The legal status of one application on a given day, from its events, from the words its sources
 * use, or from the kinds of its publications, in this order of trust. The words are rows of
 * data/status_words.csv.
 */
enum status {
	STATUS_UNKNOWN,        /* 未识别 */
	STATUS_PUBLISHED,      /* 公布待审 */
	STATUS_EXAMINATION,    /* 实审中 */
	STATUS_PENDING,        /* 审中：公布或实审，来源未区分 */
	STATUS_IN_FORCE,       /* 有效 */
	STATUS_GRACE,          /* 滞纳期：有效 */
	STATUS_PARTLY_INVALID, /* 部分无效，其余有效 */
	STATUS_GRANTED,        /* 已授权，其后情况不明 */
	STATUS_LAID_OPEN,      /* 已公布，其后情况不明 */
	STATUS_REJECTED,
	STATUS_WITHDRAWN,
	STATUS_DEEMED_WITHDRAWN,
	STATUS_ABANDONED,
	STATUS_LAPSED, /* 未缴年费终止 */
	STATUS_EXPIRED,
	STATUS_INVALIDATED,
	STATUS_DEAD, /* 失效：来源未说明原因 */
	STATUS_COUNT
};

enum status_group {
	STATUS_GROUP_UNKNOWN,
	STATUS_GROUP_PENDING,
	STATUS_GROUP_ACTIVE,
	STATUS_GROUP_DEAD,
	STATUS_GROUP_COUNT
};

struct status_info {
	const char *name; /* "in_force": stable */
	struct label label;
	enum status_group group;
	bool is_reversible; /* a right to restore, to reexamination or to pay late may remain */
};
extern const struct status_info status_infos[STATUS_COUNT];

struct status_group_info {
	const char *name; /* pending active dead unknown */
	struct label label;
};
extern const struct status_group_info status_group_infos[STATUS_GROUP_COUNT];

enum status status_find(struct str name); /* by status_info.name; STATUS_UNKNOWN */

/*
 * Meaning of a source's words; of several parted by | ; , 、 the first that is known.
 * STATUS_UNKNOWN for what no row fits: list it, do not guess.
 */
enum status status_of_word(struct str word);

enum status_basis {
	STATUS_BASIS_NONE,
	STATUS_BASIS_EVENT, /* of the kind, on the day in since */
	STATUS_BASIS_WORD,  /* of a source */
	STATUS_BASIS_TERM,  /* the term has run out by as_of */
	STATUS_BASIS_DATE,  /* a lapse or grant date given by the source */
	STATUS_BASIS_KIND   /* the kinds of the publications alone */
};

struct status_result {
	enum status status;
	enum status_group group;
	date since; /* DATE_NONE: not known */
	enum status_basis basis;
	enum event_kind event; /* with STATUS_BASIS_EVENT */
	struct str word;       /* with STATUS_BASIS_WORD, as the source wrote it */
	date expiry;           /* last day of the term, computed or given; DATE_NONE: not known */
	const struct str *unknown; /* words and events nobody could read, for listing */
	size_t unknown_count;
};

struct status_event {
	date on; /* DATE_NONE sorts first */
	enum event_kind kind;
};

struct status_input {
	const struct status_event *events;
	size_t event_count;
	struct str word; /* the newest of a source, or empty */
	enum patent_type type;
	struct str office;       /* terms are computed for CN; others take the dates given */
	enum number_stage stage; /* highest among the publications */
	date filing, grant, lapse, expiry; /* given by sources, or DATE_NONE */
	date as_of;                        /* what happened later is not looked at */
};

/*
 * Events in date order, each moving the status; a restoration takes back the last end. Where the
 * source's word knows of a later stage of life (pending, active, dead) than the events, which
 * exports often cut short, the word stands. Then a lapse date given, then the end of the term. A
 * grant or a publication known by kind or date alone gives STATUS_GRANTED or STATUS_LAID_OPEN.
 * unknown is left empty. At most STATUS_EVENTS_MAX events are looked at, the first ones given.
 */
enum { STATUS_EVENTS_MAX = 1024 };
struct status_result status_of(const struct status_input *input);

/* The same for the publications of one application, in their effective views. */
struct status_result status_of_publications(struct arena *arena,
					    struct publication *const *effective, size_t count,
					    date as_of);

/*
 * Last day of the term in China, not rolled to a working day: the anniversary of filing (Patent Law
 * article 42 in the versions of 1984, 1992 and 2020). Invention 20 years (filed before 1993 15,
 * but 20 when that reached 2001-12-11); utility model and design 10, design filed from 2021-06-01
 * 15; both when filed before 1993 8 (5 and one renewal of 3). Adjustments and extensions are not
 * in it. DATE_NONE when type or filing date is not known.
 */
date status_term_end(enum patent_type type, date filing);

#endif
