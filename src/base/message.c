#include "base/message.h"
#include "base/strbuf.h"

#include <string.h>

static const struct message messages[] = {
#include "base/messages/base.inc"
#include "base/messages/db.inc"
#include "base/messages/record.inc"
#include "base/messages/types.inc"
#include "base/messages/chain.inc"
#include "base/messages/http.inc"
#include "base/messages/auth.inc"
#include "base/messages/patent.inc"
#include "base/messages/rule.inc"
#include "base/messages/text.inc"
#include "base/messages/import.inc"
#include "base/messages/draft.inc"
#include "base/messages/index.inc"
#include "base/messages/query.inc"
#include "base/messages/graph.inc"
#include "base/messages/analyse.inc"
#include "base/messages/library.inc"
#include "base/messages/indexing.inc"
#include "base/messages/report.inc"
#include "base/messages/demo.inc"
#include "base/messages/job.inc"
#include "base/messages/backup.inc"
#include "base/messages/answer.inc"
#include "base/messages/api.inc"
#include "base/messages/cli.inc"
};

const struct message *message_list(size_t *count_out)
{
	*count_out = sizeof(messages) / sizeof(messages[0]);
	return messages;
}

/* A linear look: messages are formatted once, at the edge. */
const struct message *message_find(const char *key)
{
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		if (strcmp(messages[i].key, key) == 0)
			return &messages[i];
	return NULL;
}

static void add_filled(struct strbuf *text, const char *pattern, const struct error *error)
{
	while (*pattern) {
		if (strncmp(pattern, "{}", 2) == 0) {
			strbuf_add_cstr(text, error->detail);
			pattern += 2;
		} else if (strncmp(pattern, "{at}", 4) == 0) {
			strbuf_addf(text, "%lld", (long long)error->at);
			pattern += 4;
		} else if (strncmp(pattern, "{hint}", 6) == 0) {
			strbuf_add_cstr(text, error->hint);
			pattern += 6;
		} else {
			strbuf_add_byte(text, *pattern++);
		}
	}
}

const char *message_format(struct arena *arena, const struct error *error, enum language language)
{
	const struct message *message = message_find(error->key ? error->key : "");
	struct strbuf text = STRBUF_INIT;
	const char *line;

	if (message) {
		add_filled(&text, message->text[language], error);
	} else {
		strbuf_addf(&text, "%s: %s", error->key ? error->key : "?", error->detail);
	}
	if (error->hint[0] && !(message && strstr(message->text[language], "{hint}")))
		strbuf_addf(&text,
			    language == LANGUAGE_ZH ? "（是否想写：%s）" : " (did you mean: %s)",
			    error->hint);
	line = arena_copy(arena, text.data, text.size);
	strbuf_release(&text);
	return line;
}
