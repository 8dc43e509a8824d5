#ifndef BACKUP_BACKUP_H
#define BACKUP_BACKUP_H

#include "base/error.h"

/*
 * A data folder as one file and back: a zstd-compressed tar that any tar reads, with the database,
 * all files, the configuration and the key of the sensitive values, and as its last member
 * MANIFEST with the SHA-256 of each. The index is left out: it is derived from the database.
 *
 * A backup is taken while the folder is in use. The database is copied as it stands at one moment;
 * contents of files are never changed once written and their rows come after them, so every file
 * the copy names is there, as long as nothing removes files meanwhile.
 */

struct backup_summary {
	int64_t files, bytes; /* members and their content, the manifest aside */
	int64_t size;         /* of the backup */
};

typedef void backup_progress_fn(void *context, int64_t done,
				int64_t total); /* bytes; total may grow */

struct backup_options {
	const char *data_folder;
	const char *database;         /* the setting: "" for DATA/yucheng.db */
	const char *path;             /* of the backup; must not exist: "backup.exists" */
	bool files_only;              /* without the database, which pg_dump saves */
	backup_progress_fn *progress; /* may be NULL */
	void *context;
};
/*
 * The file appears whole, synced, readable by its owner only, or not at all. A PostgreSQL database
 * without files_only is "backup.postgresql".
 */
bool backup_write(const struct backup_options *options, struct backup_summary *summary_out,
		  struct error *error) MUST_CHECK;

/* Reads all of it and compares every checksum. Changes nothing. */
bool backup_check(const char *path, struct backup_summary *summary_out,
		  struct error *error) MUST_CHECK;
/*
 * The data folder must be missing or empty: "backup.not_empty". It is filled beside its place and
 * renamed after every checksum was right, so that it is there whole or not at all.
 */
bool backup_restore(const char *path, const char *data_folder, struct backup_summary *summary_out,
		    struct error *error) MUST_CHECK;

#endif
