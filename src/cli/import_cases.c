/* After an import: what it brings for patent cases. */
#include "api/case_updates.h"
#include "auth/auth.h"
#include "base/clock.h"
#include "base/config.h"
#include "cli/import.h"
#include "library/library.h"
#include "record/record.h"

/* Of cases the documents belong to; no sensitive value is touched, so that no key is needed. */
bool import_propose_updates(struct context *context, struct error *error)
{
	static const struct actor operator_actor = { .is_operator = true,
						     .organisation_path = "/" };
	struct auth_settings settings;
	struct record_store store = { .arena = context->arena,
				      .actor = &operator_actor,
				      .now_ms = clock_utc_ms(),
				      .today = context->today,
				      .audit = auth_record_audit,
				      .audit_context = &settings };
	struct library *library;
	struct config config;
	int64_t made;
	bool done;

	if (!config_read(context->arena, context->data_folder, &config, error) ||
	    !auth_read_settings(&config, &settings, error) ||
	    !library_open(context->data_folder, false, &library, error))
		return false;
	store.db = library_database(library);
	done = case_updates_follow(library, &store, &made, error);
	library_close(library);
	if (done && made > 0 && !context->quiet && !context->json)
		printf(context->language == LANGUAGE_ZH ? "案件更新建议 %lld 项，待确认\n"
							: "%lld updates of cases proposed\n",
		       (long long)made);
	return done;
}
