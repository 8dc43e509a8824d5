#include "base/message.h"
#include "base/strbuf.h"

#include <errno.h>
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

/* The system's own words, which error_set_errno() puts behind the detail, in Chinese. */
static const struct {
	int number;
	const char *zh;
} causes[] = {
	{ ENOENT, "没有这个文件或目录" },
	{ EACCES, "没有权限" },
	{ EPERM, "系统不允许此操作" },
	{ ENOSPC, "磁盘空间不足" },
	{ EDQUOT, "超出磁盘配额" },
	{ EROFS, "文件系统只读" },
	{ EISDIR, "是目录，不是文件" },
	{ ENOTDIR, "路径中有一段不是目录" },
	{ EEXIST, "已经存在" },
	{ ENOTEMPTY, "目录不为空" },
	{ EMFILE, "打开的文件过多" },
	{ ENFILE, "系统中打开的文件过多" },
	{ EFBIG, "文件过大" },
	{ ENAMETOOLONG, "文件名过长" },
	{ ELOOP, "符号链接层数过多" },
	{ EXDEV, "不在同一文件系统" },
	{ ETXTBSY, "文件正在被使用" },
	{ EBUSY, "正在被使用" },
	{ EAGAIN, "资源暂时不足" },
	{ ENOMEM, "内存不足" },
	{ EIO, "设备读写错误" },
	{ EPIPE, "接收输出的程序已经结束" },
	{ EADDRINUSE, "地址已被占用" },
	{ EADDRNOTAVAIL, "本机没有这个地址" },
};

static void add_detail(struct strbuf *text, const char *detail, enum language language)
{
	struct str rest = str_of(detail);

	for (size_t i = 0; language == LANGUAGE_ZH && i < sizeof(causes) / sizeof(causes[0]); i++) {
		struct str cause = str_of(strerror(causes[i].number));

		if (rest.size > cause.size + 2 && str_ends_with(rest, cause) &&
		    memcmp(rest.data + rest.size - cause.size - 2, ": ", 2) == 0) {
			strbuf_add_str(text, str_slice(rest, 0, rest.size - cause.size - 2));
			strbuf_addf(text, "（%s）", causes[i].zh);
			return;
		}
	}
	strbuf_add_str(text, rest);
}

static void add_filled(struct strbuf *text, const char *pattern, const struct error *error,
		       enum language language)
{
	while (*pattern) {
		if (strncmp(pattern, "{}", 2) == 0) {
			add_detail(text, error->detail, language);
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
		add_filled(&text, message->text[language], error, language);
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
