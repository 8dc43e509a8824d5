#include "auth/auth_internal.h"
#include "base/utf8.h"

#include <pthread.h>
#include <sodium.h>

/* argon2id takes 64 MiB a call: more than this at a time and logging in could exhaust memory. */
enum { HASHING_MAX = 2, PASSWORD_SIZE_MAX = 256, LONG_ENOUGH = 20, KINDS_MIN = 3 };

static pthread_mutex_t gate_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_free = PTHREAD_COND_INITIALIZER;
static int hashing;

static void gate_enter(void)
{
	pthread_mutex_lock(&gate_lock);
	while (hashing == HASHING_MAX)
		pthread_cond_wait(&gate_free, &gate_lock);
	hashing++;
	pthread_mutex_unlock(&gate_lock);
}

static void gate_leave(void)
{
	pthread_mutex_lock(&gate_lock);
	hashing--;
	pthread_cond_signal(&gate_free);
	pthread_mutex_unlock(&gate_lock);
}

const char *auth_hash_password(struct arena *arena, const struct auth_settings *settings,
			       const char *password)
{
	char *hash = arena_alloc(arena, crypto_pwhash_STRBYTES);
	int done;

	gate_enter();
	done = crypto_pwhash_str_alg(hash, password, strlen(password),
				     settings->password_operations, settings->password_memory,
				     crypto_pwhash_ALG_ARGON2ID13);
	gate_leave();
	if (done != 0) /* memory cannot be had: as everywhere, the end */
		abort();
	return hash;
}

bool password_matches(struct arena *arena, const struct auth_settings *settings, const char *hash,
		      const char *password)
{
	bool is_right;

	if (strlen(password) > PASSWORD_SIZE_MAX)
		password = "";
	if (!hash) {
		/* Hashing costs what verifying does. */
		auth_hash_password(arena, settings, password);
		return false;
	}
	gate_enter();
	is_right = crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
	gate_leave();
	return is_right;
}

/* ---- Policy. */

/* What people add to a common word to please a policy is taken off before it is looked up. */
/* clang-format off */
static const char *const common_words[] = {
	"abc", "abcd", "abcdef", "admin", "administrator", "asdf", "asdfgh", "changeme",
	"chuangxin", "company", "default", "dragon", "football", "google", "guanli",
	"guanliyuan", "hello", "huawei", "iloveyou", "letmein", "login", "manager", "master",
	"mima", "monkey", "office", "pass", "passwd", "password", "patent", "pw", "pwd", "qaz",
	"qazwsx", "qazwsxedc", "qq", "qwe", "qweasd", "qweasdzxc", "qwer", "qwert", "qwerty",
	"qwertyuiop", "root", "secret", "shadow", "sichuan", "sunshine", "superman", "system",
	"taobao", "temp", "test", "tester", "user", "weixin", "welcome", "woaini", "xitong",
	"yucheng", "zaq", "zhongguo", "zhuanli", "zxc", "zxcv", "zxcvbn", "zxcvbnm",
};
/* clang-format on */

static char plain_letter(char c)
{
	static const char from[] = "0134578@$!", to[] = "oieastbasi";
	const char *found = c ? strchr(from, c) : NULL;

	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return found ? to[found - from] : c;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_common_word(struct str word)
{
	for (size_t i = 0; i < sizeof(common_words) / sizeof(common_words[0]); i++)
		if (str_equal_cstr(word, common_words[i]))
			return true;
	return false;
}

/* "P@ssw0rd2026!" -> "password": figures and signs at the ends go, those within are letters. */
static bool is_common(const char *password)
{
	struct str core = str_of(password);
	char plain[PASSWORD_SIZE_MAX + 1];

	while (core.size && !is_letter(core.data[0]))
		core = str_slice(core, 1, core.size);
	while (core.size && !is_letter(core.data[core.size - 1]))
		core.size--;
	for (size_t i = 0; i < core.size; i++)
		plain[i] = plain_letter(core.data[i]);
	return core.size == 0 || is_common_word((struct str){ plain, core.size });
}

static int kinds_of_characters(const char *password)
{
	bool lower = false, upper = false, figure = false, other = false;

	for (; *password; password++) {
		char c = *password;

		lower = lower || (c >= 'a' && c <= 'z');
		upper = upper || (c >= 'A' && c <= 'Z');
		figure = figure || (c >= '0' && c <= '9');
		other = other || (!is_letter(c) && !(c >= '0' && c <= '9'));
	}
	return lower + upper + figure + other;
}

/* Fewer than five different characters: "aaaaaaaaaa", "abababababab". */
static bool is_monotonous(const char *password)
{
	bool seen[256] = { false };
	int different = 0;

	for (; *password; password++) {
		unsigned char c = (unsigned char)*password;

		different += !seen[c];
		seen[c] = true;
	}
	return different < 5;
}

static bool contains_login(const char *login, const char *password)
{
	size_t length = strlen(login);
	char reversed[65];

	if (length < 3 || length > 64)
		return false;
	for (size_t i = 0; i < length; i++)
		reversed[i] = login[length - 1 - i];
	reversed[length] = '\0';
	return strcasestr(password, login) || strcasestr(password, reversed);
}

static bool refuse(struct error *error, const char *key, int number)
{
	error_set(error, ERROR_INVALID, key, "%d", number);
	error->field = "password";
	return false;
}

bool auth_check_password(const struct auth_settings *settings, const char *login,
			 const char *password, struct error *error)
{
	struct str s = str_of(password);
	size_t length = utf8_is_valid(s) ? utf8_count(s) : 0;

	if (s.size > PASSWORD_SIZE_MAX)
		return refuse(error, "auth.password_long", PASSWORD_SIZE_MAX);
	if (length < (size_t)settings->password_length_min)
		return refuse(error, "auth.password_short", settings->password_length_min);
	if (kinds_of_characters(password) < KINDS_MIN && length < LONG_ENOUGH)
		return refuse(error, "auth.password_simple", LONG_ENOUGH);
	if (contains_login(login, password))
		return refuse(error, "auth.password_login", 0);
	/* A word that is common is one when little else stands around it. */
	if (is_monotonous(password) || (length < LONG_ENOUGH && is_common(password)))
		return refuse(error, "auth.password_common", 0);
	return true;
}

const char *auth_make_password(struct arena *arena)
{
	/* Without what is read wrong: 0 O o 1 l I. 16 of 32 letters are 80 bits. */
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	char *password = arena_alloc(arena, 21);
	size_t size = 0;

	for (int i = 0; i < 16; i++) {
		if (i > 0 && i % 4 == 0)
			password[size++] = '-';
		password[size++] = letters[randombytes_uniform(32)];
	}
	password[size++] = (char)('A' + (int)randombytes_uniform(8));
	return password;
}

/* ---- The owner's own change. */

struct change {
	const struct auth_identity *identity;
	const char *hash;
	const char **cookie_out;
};

static bool note_failure(struct auth *auth, void *context, struct error *error)
{
	const struct auth_identity *identity = context;

	return guard_fail(auth, identity->login, error) &&
	       event_add(auth, identity->account_id, identity->login, "wrong_old_password", error);
}

static bool store_change(struct auth *auth, void *context, struct error *error)
{
	const struct change *change = context;
	const struct auth_identity *identity = change->identity;

	return db_execute(auth->db,
			  "UPDATE account SET password = $1, password_at = $2, must_change = 0 "
			  "WHERE id = $3",
			  DB_WITH(DB_CSTR(change->hash), DB_INT(auth->now_ms),
				  DB_INT(identity->account_id)),
			  error) &&
	       db_execute(auth->db,
			  "DELETE FROM account_session WHERE account_id = $1 AND id <> $2",
			  DB_WITH(DB_INT(identity->account_id), DB_INT(identity->session_id)),
			  error) &&
	       auth_rotate_session(auth, identity, change->cookie_out, error) &&
	       guard_clear(auth, identity->login, error) &&
	       auth_note(auth, "account.change_password",
			 account_subject(auth, identity->account_id), NULL, error);
}

bool auth_change_password(struct auth *auth, const struct auth_identity *identity,
			  const char *old_password, const char *new_password,
			  const char **cookie_out, struct error *error)
{
	struct change change = { identity, NULL, cookie_out };
	struct account *account;
	int retry_after;

	if (!auth_need_session(identity, error) ||
	    !guard_check(auth, identity->login, &retry_after, error) ||
	    !account_load(auth, identity->account_id, &account, error))
		return false;
	if (!password_matches(auth->arena, auth->settings, account ? account->password : NULL,
			      old_password)) {
		if (!auth_in_transaction(auth, note_failure, (void *)(uintptr_t)identity, error))
			return false;
		return error_set_field(error, "old_password", "auth.wrong_old");
	}
	if (!auth_check_password(auth->settings, identity->login, new_password, error))
		return false;
	if (strcmp(old_password, new_password) == 0)
		return error_set_field(error, "password", "auth.password_same");
	change.hash = auth_hash_password(auth->arena, auth->settings, new_password);
	return auth_in_transaction(auth, store_change, &change, error);
}
