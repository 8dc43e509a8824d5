/* The workspace of data/demo/workspace.toml: each table of the file is a record and what became of it. */
#include "demo/demo_data.h"
#include "demo/demo_internal.h"
#include "demo/demo_workspace_internal.h"
#include "types/types.h"

static const struct actor operator_actor = { .is_operator = true, .organisation_path = "/" };
static const char count_organisations[] = "SELECT COUNT(*) FROM organisation";

/* Keys of a table that are no fields of its record. */
static const char not_fields[] = ",key,in,by,each,steps,role,";

const struct demo_named *demo_find_named(const struct demo_making *making, struct str name)
{
	for (size_t i = 0; i < making->named.count; i++)
		if (str_equal(LIST_AT(&making->named, struct demo_named, i).name, name))
			return &LIST_AT(&making->named, struct demo_named, i);
	return NULL;
}

bool demo_wrong(const struct demo_making *making, struct str what, struct error *error)
{
	return error_set_at(error, ERROR_CORRUPT, "demo.vocabulary", making->table->line,
			    "workspace: %.*s", STR_ARGS(what));
}

static bool need_named(const struct demo_making *making, struct str name,
		       const struct demo_named **named_out, struct error *error)
{
	*named_out = demo_find_named(making, name);
	return *named_out != NULL || demo_wrong(making, name, error);
}

/* The expanded text of a key; empty when it is missing. */
static bool read_key(const struct demo_making *making, const char *key, struct str *text_out,
		     struct error *error)
{
	return demo_expand(making, toml_text(making->table, key), text_out, error);
}

/* ---- One record. */

/* A refused record is a mistake in the file: the first field at fault is named. */
static bool explain(const struct demo_making *making, const struct field_errors *errors,
		    struct error *error)
{
	if (errors->count == 0)
		return false;
	return demo_wrong(
		making,
		str_of(arena_printf(making->site->arena, "%s %s %s", errors->items[0].field,
				    errors->items[0].key, errors->items[0].detail)),
		error);
}

static bool value_text(const struct demo_making *making, const struct toml_value *value,
		       struct str *text_out, struct error *error)
{
	struct strbuf list = STRBUF_INIT;

	if (value->kind == TOML_STRING)
		return demo_expand(making, value->text, text_out, error);
	if (value->kind == TOML_INTEGER)
		strbuf_addf(&list, "%lld", (long long)value->integer);
	for (size_t i = 0; value->kind == TOML_ARRAY && i < value->item_count; i++) {
		strbuf_add_str(&list, value->items[i]);
		strbuf_add_byte(&list, ',');
	}
	*text_out = str_copy(making->site->arena, strbuf_str(&list));
	strbuf_release(&list);
	return true;
}

static bool set_fields(struct demo_making *making, struct record *record, struct error *error)
{
	for (size_t i = 0; i < making->table->value_count; i++) {
		const struct toml_value *value = &making->table->values[i];
		struct field_errors errors = { 0 };
		struct str text;

		if (name_is_listed(not_fields, value->key))
			continue;
		if (!value_text(making, value, &text, error))
			return false;
		if (!record_apply(&making->store, record, value->key, text, &errors))
			return explain(making, &errors, error);
	}
	return true;
}

static bool create(struct demo_making *making, struct record *record, struct error *error)
{
	struct field_errors errors = { 0 };

	if (record_create(&making->store, record, &errors, error))
		return true;
	return explain(making, &errors, error);
}

static bool act_as(struct demo_making *making, struct str login, struct error *error)
{
	const struct demo_named *person;

	if (!need_named(making, login, &person, error))
		return false;
	making->store.actor = person->actor ? person->actor : &operator_actor;
	making->auth.user_id = making->store.actor->user_id;
	return person->actor != NULL || demo_wrong(making, login, error);
}

/* "login step comment" */
static bool make_step(struct demo_making *making, struct record *record, struct str text,
		      struct error *error)
{
	struct field_errors errors = { 0 };
	struct str login, step;

	if (!demo_expand(making, text, &text, error))
		return false;
	if (!str_split(&text, STR(" "), &login) || !str_split(&text, STR(" "), &step))
		return demo_wrong(making, text, error);
	if (!act_as(making, login, error))
		return false;
	if (record_make_step(&making->store, record, step, text, &errors, error))
		return true;
	return explain(making, &errors, error);
}

static bool make_steps(struct demo_making *making, struct record *record, struct error *error)
{
	const struct toml_value *steps = toml_find(making->table, "steps");

	for (size_t i = 0; steps && i < steps->item_count; i++)
		if (!make_step(making, record, steps->items[i], error))
			return false;
	return true;
}

static struct demo_named *add_named(struct demo_making *making, struct str name, int64_t id)
{
	struct demo_named *named = list_add(&making->named);

	*named = (struct demo_named){ .name = name, .id = id };
	return named;
}

/* Who makes the record: somebody of its organisation, or the console for it. */
static bool begin_record(struct demo_making *making, struct record *record, struct error *error)
{
	const struct demo_named *owner;
	struct str by;

	if (!read_key(making, "by", &by, error))
		return false;
	if (by.size)
		return act_as(making, by, error);
	making->store.actor = &operator_actor;
	if (!need_named(making, toml_text(making->table, "in"), &owner, error))
		return false;
	record->organisation_id = owner->id;
	return true;
}

static bool make_record(struct demo_making *making, const struct record_type *type,
			struct error *error)
{
	struct record *record = record_new(&making->store, type);
	struct str key;

	if (!begin_record(making, record, error) || !set_fields(making, record, error) ||
	    !create(making, record, error) || !make_steps(making, record, error) ||
	    !read_key(making, "key", &key, error))
		return false;
	making->records++;
	if (key.size)
		add_named(making, key, record->id);
	return true;
}

/* ---- Organisations, people and topics. */

static bool make_organisation(struct demo_making *making, struct error *error)
{
	struct record *organisation = record_new(&making->store, &organisation_type);
	struct demo_named *named;

	if (!set_fields(making, organisation, error) || !create(making, organisation, error))
		return false;
	making->organisations++;
	named = add_named(making, toml_text(making->table, "key"), organisation->id);
	named->short_name = str_of(record_text(organisation, ORGANISATION_SHORT_NAME));
	named->field_of_work = str_of(record_text(organisation, ORGANISATION_FIELD_OF_WORK));
	named->path = record_text(organisation, ORGANISATION_PATH);
	return true;
}

static const struct role_info *find_role(struct str name, unsigned *bit_out)
{
	for (int role = 0; role < ROLE_COUNT; role++)
		if (str_equal_cstr(name, role_infos[role].name)) {
			*bit_out = ROLE_BIT(role);
			return &role_infos[role];
		}
	return NULL;
}

static bool make_membership(struct demo_making *making, int64_t organisation_id, int64_t user_id,
			    const struct role_info *role, struct error *error)
{
	struct record *membership = record_new(&making->store, &membership_type);
	struct field_errors errors = { 0 };

	membership->organisation_id = organisation_id;
	record_set_integer(membership, MEMBERSHIP_USER, user_id);
	record_set_text(&making->store, membership, MEMBERSHIP_ROLES,
			str_of(arena_printf(making->site->arena, ",%s,", role->name)));
	record_set_text(&making->store, membership, MEMBERSHIP_REASON, STR("示例工作区"));
	return create(making, membership, error) &&
	       record_make_step(&making->store, membership, STR("grant"), STR_EMPTY, &errors,
				error);
}

static bool make_account(struct demo_making *making, int64_t user_id, struct error *error)
{
	const struct demo_account *account = &LIST_AT(&making->accounts, struct demo_account,
						      making->made);
	int64_t id;

	return auth_create_account(&making->auth, user_id, account->login,
				   making->hashes[making->made++], &id, error);
}

static void remember_person(struct demo_making *making, const struct record *user,
			    const struct demo_named *organisation, const struct role_info *role,
			    unsigned bit)
{
	struct actor *actor = arena_new(making->site->arena, struct actor);
	struct demo_account *account = &LIST_AT(&making->accounts, struct demo_account,
						making->made);

	account->name = record_text(user, USER_NAME);
	account->role = role->name;
	account->role_label = role->label.zh;
	account->organisation = str_to_cstr(making->site->arena, organisation->short_name);
	*actor = (struct actor){ .user_id = user->id,
				 .organisation_id = organisation->id,
				 .roles = bit,
				 .organisation_path = organisation->path };
	add_named(making, toml_text(making->table, "login"), user->id)->actor = actor;
}

static bool make_person(struct demo_making *making, struct error *error)
{
	struct record *user = record_new(&making->store, &user_type);
	const struct role_info *role;
	const struct demo_named *organisation;
	int64_t organisation_id;
	unsigned bit;

	role = find_role(toml_text(making->table, "role"), &bit);
	if (!role)
		return demo_wrong(making, STR("role"), error);
	if (!need_named(making, toml_text(making->table, "in"), &organisation, error))
		return false;
	organisation_id = user->organisation_id = organisation->id;
	if (!set_fields(making, user, error) || !create(making, user, error))
		return false;
	remember_person(making, user, organisation, role, bit);
	return make_membership(making, organisation_id, user->id, role, error) &&
	       make_account(making, user->id, error);
}

static bool find_demo_topic(const struct demo *demo, struct str name, struct demo_topic *topic_out)
{
	for (size_t i = 0; i < demo_topic_count(demo); i++) {
		demo_topic(demo, i, topic_out);
		if (str_equal(topic_out->name, name))
			return true;
	}
	return false;
}

/* The same documents as the bureau's topic of the name: its log is how they came in. */
static bool copy_topic(struct demo_making *making, const struct demo_topic *wanted,
		       int64_t organisation_id, int64_t *id_out, struct error *error)
{
	struct library *library = making->site->library;
	struct arena *arena = making->site->arena;
	struct topic_log_line *lines;
	struct topic first, own;
	size_t count;
	bool is_new;

	if (!library_topic_find(library, arena, wanted->name, &first, error) ||
	    !library_topic_log(library, arena, first.id, &lines, &count, error))
		return false;
	library_use_organisation(library, organisation_id);
	if (!demo_put_topic(library, arena, wanted, making->site->today, &is_new, error) ||
	    !library_topic_find(library, arena, wanted->name, &own, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!library_topic_log_add(library, own.id, &lines[i], error))
			return false;
	*id_out = own.id;
	return true;
}

static bool make_topic(struct demo_making *making, struct error *error)
{
	struct library *library = making->site->library;
	const struct demo_named *owner, *province;
	struct demo_topic wanted;
	int64_t id;
	bool done;

	if (!need_named(making, toml_text(making->table, "in"), &owner, error) ||
	    !need_named(making, STR("province"), &province, error))
		return false;
	if (!find_demo_topic(making->demo, toml_text(making->table, "name"), &wanted))
		return demo_wrong(making, STR("name"), error);
	library_use_organisation(library, province->id);
	done = copy_topic(making, &wanted, owner->id, &id, error);
	library_use_organisation(library, province->id);
	if (done)
		add_named(making, toml_text(making->table, "key"), id);
	making->records += done;
	return done;
}

/* ---- The whole file. */

static bool make_typed(struct demo_making *making, struct error *error)
{
	const char *name = str_to_cstr(making->site->arena, making->table->name);
	const struct record_type *type = record_type_find(name);
	int64_t last = toml_integer(making->table, "each", 0);

	if (!type)
		return demo_wrong(making, making->table->name, error);
	if (last == 0)
		return make_record(making, type, error);
	for (making->number = 1; making->number <= last; making->number++)
		if (!make_record(making, type, error))
			return false;
	making->number = 0;
	return true;
}

static bool make_table(struct demo_making *making, struct error *error)
{
	static const struct {
		const char *name;
		bool (*make)(struct demo_making *making, struct error *error);
	} special[] = {
		{ "organisation", make_organisation },
		{ "person", make_person },
		{ "topic", make_topic },
	};

	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (str_equal_cstr(making->table->name, special[i].name)) {
			making->store.actor = &operator_actor;
			making->auth.user_id = 0;
			return special[i].make(making, error);
		}
	return make_typed(making, error);
}

/* Slow on purpose, so before the transaction. */
static void make_passwords(struct demo_making *making, const struct toml *toml)
{
	struct arena *arena = making->site->arena;
	const char **hashes = arena_array(arena, const char *, toml->table_count + 1);

	for (size_t i = 0; i < toml->table_count; i++) {
		struct demo_account *account;

		if (!str_equal_cstr(toml->tables[i].name, "person"))
			continue;
		account = list_add(&making->accounts);
		account->login = str_to_cstr(arena, toml_text(&toml->tables[i], "login"));
		account->password = auth_make_password(arena);
		hashes[making->accounts.count - 1] = auth_hash_password(
			arena, making->site->settings, account->password);
	}
	making->hashes = hashes;
}

static bool make_all(struct demo_making *making, const struct toml *toml, struct error *error)
{
	struct db *db = making->store.db;

	if (!db_begin(db, error))
		return false;
	for (size_t i = 1; i < toml->table_count; i++) {
		making->table = &toml->tables[i];
		if (!make_table(making, error)) {
			db_rollback(db);
			return false;
		}
	}
	return db_commit(db, error);
}

static struct demo_making begin_making(const struct demo *demo, const struct demo_site *site)
{
	struct db *db = library_database(site->library);

	return (struct demo_making){
		.demo = demo,
		.site = site,
		.store = { .db = db,
			   .arena = site->arena,
			   .now_ms = site->now_ms,
			   .today = site->today,
			   .key = site->key,
			   .audit = auth_record_audit,
			   .audit_context = site->settings },
		.auth = { .db = db,
			  .arena = site->arena,
			  .settings = site->settings,
			  .key = site->key,
			  .now_ms = site->now_ms },
		.named = LIST_OF(struct demo_named),
		.accounts = LIST_OF(struct demo_account),
	};
}

bool demo_make_workspace(const struct demo *demo, const struct demo_site *site,
			 struct demo_workspace *workspace_out, struct error *error)
{
	struct demo_making making = begin_making(demo, site);
	struct toml toml;
	int64_t there;

	*workspace_out = (struct demo_workspace){ 0 };
	if (!db_execute_returning(making.store.db, count_organisations, DB_WITHOUT, &there, error))
		return false;
	if (there > 0)
		return true;
	if (!toml_parse(site->arena, demo_data_workspace, &toml, error))
		return false;
	make_passwords(&making, &toml);
	workspace_out->is_made = make_all(&making, &toml, error);
	list_release(&making.named);
	workspace_out->accounts = list_to_arena(&making.accounts, site->arena,
						&workspace_out->account_count);
	workspace_out->organisations = making.organisations;
	workspace_out->records = making.records;
	return workspace_out->is_made;
}
