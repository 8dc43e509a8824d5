#include "api/topic_record.h"
#include "api/record_call.h"

#include <string.h>

static bool begin(struct call *call, struct record_call *records, struct error *error)
{
	if (!record_call_begin(call, records, error))
		return false;
	records->type = record_type_find("topic");
	return true;
}

static void apply(struct record_call *records, struct record *topic,
		  const struct topic_texts *texts)
{
	const struct {
		const char *field, *text;
	} values[] = { { "name", texts->name },
		       { "purpose", texts->purpose },
		       { "field", texts->field },
		       { "query", texts->query } };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (values[i].text)
			record_apply(&records->store, topic, str_of(values[i].field),
				     str_of(values[i].text), &records->errors);
}

/* A name that is taken is a conflict, as it always was for topics. */
static bool refuse(struct record_call *records, const struct topic_texts *texts,
		   struct error *error)
{
	for (size_t i = 0; i < records->errors.count; i++)
		if (strcmp(records->errors.items[i].key, "record.taken") == 0 && texts->name)
			return error_set(error, ERROR_CONFLICT, "library.topic_exists", "%s",
					 texts->name);
	return record_call_refuse(records);
}

bool topic_record_save(struct call *call, const struct topic_texts *texts, int64_t *id_io,
		       struct error *error)
{
	struct record_call records;
	struct record *topic;
	bool done;

	if (!begin(call, &records, error))
		return false;
	topic = record_new(&records.store, records.type);
	if (!db_begin(call->db, error) ||
	    (*id_io && !record_find(&records.store, records.type, *id_io, &topic, error)))
		return false;
	apply(&records, topic, texts);
	if (*id_io)
		done = record_call_check(&records, topic, error) &&
		       record_update(&records.store, topic, &records.errors, error);
	else
		done = record_call_check(&records, topic, error) &&
		       record_create(&records.store, topic, &records.errors, error);
	if (!done || !db_commit(call->db, error))
		return refuse(&records, texts, error);
	*id_io = topic->id;
	return true;
}

bool topic_record_may(struct call *call, int64_t id, const char *action, struct error *error)
{
	struct record_call records;
	struct record *topic;

	if (!begin(call, &records, error) ||
	    !record_find(&records.store, records.type, id, &topic, error))
		return false;
	return record_may_on(&records.store, topic, action) ||
	       error_set(error, ERROR_FORBIDDEN, "record.forbidden", "topic %s", action);
}
