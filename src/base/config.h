#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "base/arena.h"
#include "base/error.h"

/*
 * The settings of one installation, from the file yucheng.conf in its data folder: one
 * `key = value` a line, # begins a comment line, a value may stand in double quotes. What the
 * file does not name keeps its default; an unknown name or a wrong value is an error with its
 * line. Read once at start and shared by all threads, never changed after that.
 */
struct config {
	const char *database; /* "": DATA/yucheng.db; else postgresql://… */

	const char *listen;                    /* address:port */
	const char *tls_certificate, *tls_key; /* PEM files, both or none ("") */
	const char *trusted_proxy;             /* its X-Forwarded-For is believed; "": none's */
	int64_t workers;                       /* threads that answer requests */
	int64_t queue_max;                     /* requests waiting for one of them */
	int64_t connections_max, connections_per_address;
	int64_t upload_max_mib;
	int64_t request_timeout_seconds; /* from the whole header to the answer */

	int64_t job_workers; /* threads of `serve` that run jobs; 0: `yucheng work` does */
	int64_t report_timeout_seconds, report_memory_max_mib; /* of the making of one report */
	bool request_log;                                      /* a line for each request */

	int64_t session_idle_minutes, session_max_hours, sessions_per_user;
	int64_t password_length_min;
	int64_t lockout_failures;  /* wrong passwords in a row until the account waits */
	int64_t lockout_minutes;   /* the first wait; it doubles with each further one */
	const char *second_factor; /* roles that must have one, by commas; "all", "none" */
	bool audit_sm3;            /* chain the audit log by SM3 instead of SHA-256 */
};

#define CONFIG_NAME "yucheng.conf"

struct config config_default(void);
/* DATA/yucheng.conf over the defaults; no such file: the defaults. Texts live in the arena. */
bool config_read(struct arena *arena, const char *data_folder, struct config *config_out,
		 struct error *error) MUST_CHECK;

/* The settings one by one, as they are in force. False behind the last. */
enum config_kind { CONFIG_TEXT, CONFIG_NUMBER, CONFIG_BOOL };
struct config_value {
	const char *name;
	enum config_kind kind;
	const char *text; /* CONFIG_TEXT */
	int64_t number;   /* CONFIG_NUMBER; CONFIG_BOOL: 0 and 1 */
};
bool config_value_at(const struct config *config, size_t i, struct config_value *value_out);

#endif
