#include "record_fixture.h"
#include "record/describe.h"
#include "schema/schema.h"

#include <unistd.h>

static const struct choice kinds[] = {
	{ "plain", { "普通", "Plain" } },
	{ "rare", { "罕见", "Rare" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice tags[] = {
	{ "red", { "红", "Red" } },
	{ "blue", { "蓝", "Blue" } },
	{ "green", { "绿", "Green" } },
	{ NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[THING_TITLE] = { .name = "title",
			  .max = 30,
			  .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_SEARCHED | FIELD_LISTED,
			  .label = { "名称", "Title" } },
	[THING_AMOUNT] = { .name = "amount",
			   .kind = FIELD_MONEY,
			   .min = 0,
			   .max = 100000000,
			   .flags = FIELD_LISTED,
			   .label = { "金额", "Amount" } },
	[THING_DUE_ON] = { .name = "due_on", .kind = FIELD_DATE, .label = { "期限", "Due on" } },
	[THING_OWNER] = { .name = "owner_id", .kind = FIELD_USER, .label = { "责任人", "Owner" } },
	[THING_HELPERS] = { .name = "helpers",
			    .kind = FIELD_REFS,
			    .ref = "user",
			    .label = { "配合人员", "Helpers" } },
	[THING_KIND] = { .name = "kind",
			 .kind = FIELD_CHOICE,
			 .choices = kinds,
			 .flags = FIELD_LISTED,
			 .label = { "类别", "Kind" } },
	[THING_TAGS] = { .name = "tags",
			 .kind = FIELD_CHOICES,
			 .choices = tags,
			 .label = { "标签", "Tags" } },
	[THING_OTHER] = { .name = "other_id",
			  .kind = FIELD_REF,
			  .ref = "thing",
			  .label = { "关联", "Other" } },
	[THING_PHONE] = { .name = "phone",
			  .flags = FIELD_SENSITIVE,
			  .max = 20,
			  .label = { "电话", "Phone" } },
	[THING_NOTE] = { .name = "note",
			 .kind = FIELD_LONG_TEXT,
			 .flags = FIELD_SEARCHED,
			 .label = { "说明", "Note" } },
	[THING_WEIGHT] = { .name = "weight",
			   .kind = FIELD_DECIMAL,
			   .scale = 3,
			   .min = -5000,
			   .max = 5000,
			   .label = { "权重", "Weight" } },
	[THING_IS_GOOD] = { .name = "is_good",
			    .kind = FIELD_BOOL,
			    .label = { "是否合格", "Good" } },
	[THING_CODE] = { .name = "code",
			 .flags = FIELD_FIXED | FIELD_UNIQUE_EVERYWHERE,
			 .max = 10,
			 .label = { "编号", "Code" } },
	[THING_COUNT] = { .name = "count",
			  .kind = FIELD_INTEGER,
			  .flags = FIELD_COMPUTED,
			  .label = { "保存次数", "Saves" } },
	[THING_REGION] = { .name = "region", .kind = FIELD_REGION, .label = { "区划", "Region" } },
	[THING_NUMBER] = { .name = "number",
			   .kind = FIELD_PUBLICATION,
			   .label = { "文献号", "Number" } },
	[THING_FILE] = { .name = "file", .kind = FIELD_FILE, .label = { "文件", "File" } },
};

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },
	{ "open", { "进行中", "Open" } },
	{ "closed", { "已结束", "Closed" } },
	{ NULL, { NULL, NULL } },
};

static bool has_amount(const struct record *thing, struct record_store *store, struct error *error)
{
	(void)store;
	if (!record_is_set(thing, THING_AMOUNT))
		return error_set_field(error, "amount", "record.required");
	return true;
}

static const struct transition transitions[] = {
	{ .name = "open", .from = "draft", .to = "open", .label = { "提交", "Open" } },
	{ .name = "close",
	  .from = "open",
	  .to = "closed",
	  .label = { "结束", "Close" },
	  .guard = has_amount,
	  .is_task = true },
	{ .name = "return",
	  .from = "open",
	  .to = "draft",
	  .label = { "退回", "Return" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = NULL },
};

/* A researcher has his own, a manager his centre's, a city officer what is no draft below him; an
   expert what he owns, without amount and whose it is; an inspector everything closed; a director
   his centre's, amount and note when it is closed. */
static const struct grant grants[] = {
	{ .roles = ROLE_BIT(ROLE_RESEARCHER), .action = "read", .scope = SCOPE_OWN },
	{ .roles = ROLE_BIT(ROLE_RESEARCHER),
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "helpers" },
	{ .roles = ROLE_BIT(ROLE_IP_MANAGER), .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_OFFICE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",open,closed," },
	{ .roles = ROLE_BIT(ROLE_EXPERT),
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "owner_id",
	  .states = ",open,",
	  .hides = ",organisation_id,amount,note," },
	{ .roles = ROLE_BIT(ROLE_INSPECTOR),
	  .action = "read",
	  .scope = SCOPE_ALL,
	  .states = ",closed," },
	{ .roles = ROLE_BIT(ROLE_DIRECTOR),
	  .action = "read",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",closed," },
	{ .roles = ROLE_BIT(ROLE_DIRECTOR),
	  .action = "read",
	  .scope = SCOPE_ORGANISATION,
	  .hides = ",amount,note," },
	{ .roles = ROLE_BIT(ROLE_RESEARCHER) | ROLE_BIT(ROLE_IP_MANAGER),
	  .action = "create",
	  .scope = SCOPE_ORGANISATION },
	{ .roles = ROLE_BIT(ROLE_RESEARCHER),
	  .action = "update",
	  .scope = SCOPE_OWN,
	  .states = ",draft," },
	{ .roles = ROLE_BIT(ROLE_IP_MANAGER),
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,open," },
	{ .roles = ROLE_BIT(ROLE_IP_MANAGER),
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = ROLE_BIT(ROLE_RESEARCHER), .action = "open", .scope = SCOPE_OWN },
	{ .roles = ROLE_BIT(ROLE_IP_MANAGER), .action = "open", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLE_BIT(ROLE_CITY_OFFICER), .action = "close", .scope = SCOPE_BELOW },
	{ .roles = ROLE_BIT(ROLE_CITY_OFFICER), .action = "return", .scope = SCOPE_BELOW },
	{ .roles = ROLE_BIT(ROLE_IP_MANAGER), .action = "unmask", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on", .days_before = { 7, 30 }, .states = ",draft,open," },
	{ .field = NULL },
};

static bool count_saves(struct record *thing, struct record_store *store, struct error *error)
{
	(void)store;
	(void)error;
	record_set_integer(thing, THING_COUNT, record_integer(thing, THING_COUNT) + 1);
	return true;
}

/* Two rules across fields. */
static bool is_consistent(const struct record *thing, struct record_store *store,
			  struct error *error)
{
	(void)store;
	if (strcmp(record_text(thing, THING_KIND), "rare") == 0 &&
	    !record_is_set(thing, THING_NOTE))
		return error_set_field(error, "note", "record.required");
	return true;
}

const struct record_type thing_type = {
	.name = "thing",
	.group = "test",
	.label = { "事物", "Thing" },
	.fields = fields,
	.field_count = THING_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = is_consistent,
	.before_save = count_saves,
};

/* In place of types/registry.c. */
const struct record_type *const record_types[] = { &organisation_type, &user_type, &membership_type,
						   &thing_type, NULL };

const char *fixture_target(size_t i)
{
	if (i == 0)
		return "test_record.sqlite";
	return i == 1 ? getenv("YUCHENG_POSTGRESQL") : NULL;
}

static void open_database(struct world *world, const char *target)
{
	struct strbuf ddl = STRBUF_INIT;
	struct migration migration = { .number = 100000 };
	struct error error;
	struct str script;

	if (strncmp(target, "postgres", 8) != 0)
		for (size_t i = 0; i < 3; i++) {
			static const char *const ends[] = { "", "-wal", "-shm" };
			char path[80];

			snprintf(path, sizeof(path), "%s%s", target, ends[i]);
			unlink(path);
		}
	assert_true(db_open(target, &world->db, &error));
	if (strncmp(target, "postgres", 8) == 0)
		assert_true(db_script(world->db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public",
				      &error));
	assert_true(schema_migrate(world->db, &error));
	record_write_ddl(&thing_type, &ddl);
	script = strbuf_str(&ddl);
	migration.script = &script;
	assert_true(db_migrate(world->db, &migration, 1, &error));
	strbuf_release(&ddl);
}

static bool count_audit(struct record_store *store, const struct record_audit *line,
			struct error *error)
{
	struct world *world = store->audit_context;

	(void)error;
	world->audit_count++;
	snprintf(world->audit_last, sizeof(world->audit_last), "%s %s %lld", line->action,
		 line->type, (long long)line->id);
	return true;
}

static void add_organisation(struct world *world, const char *name, const char *kind,
			     int64_t parent)
{
	struct record *organisation = record_new(&world->store, &organisation_type);
	struct field_errors errors = { .count = 0 };
	struct error error;

	record_set_text(&world->store, organisation, ORGANISATION_NAME, str_of(name));
	record_set_text(&world->store, organisation, ORGANISATION_KIND, str_of(kind));
	if (strcmp(kind, "centre") == 0)
		record_set_text(&world->store, organisation, ORGANISATION_HOST, STR("university"));
	if (parent)
		record_set_integer(organisation, ORGANISATION_PARENT, parent);
	if (!record_create(&world->store, organisation, &errors, &error))
		fail_msg("%s %s %s", error.key, error.detail,
			 errors.count ? errors.items[0].field : "");
}

static void add_user(struct world *world, const char *login, int64_t organisation)
{
	struct record *user = record_new(&world->store, &user_type);
	struct field_errors errors = { .count = 0 };
	struct error error;

	user->organisation_id = organisation;
	record_set_text(&world->store, user, USER_LOGIN, str_of(login));
	record_set_text(&world->store, user, USER_NAME, str_of(login));
	if (!record_create(&world->store, user, &errors, &error))
		fail_msg("%s %s", error.key, error.detail);
}

void world_open(struct world *world, const char *target)
{
	static const struct {
		const char *name, *kind;
		int64_t parent;
	} organisations[ORGANISATION_COUNT] = {
		{ "示例省局", "province_bureau", 0 },
		{ "示例甲市局", "city_bureau", PROVINCE },
		{ "示例乙市局", "city_bureau", PROVINCE },
		{ "示例中心一", "centre", CITY_A },
		{ "示例中心二", "centre", CITY_A },
		{ "示例中心三", "centre", CITY_B },
	};
	char login[24];

	*world = (struct world){ .arena = arena_create(1 << 16) };
	open_database(world, target);
	memset(world->key.bytes, 7, sizeof(world->key.bytes));
	world->store = (struct record_store){ .db = world->db,
					      .arena = world->arena,
					      .now_ms = 1767225600000,
					      .today = date_of(2026, 1, 1),
					      .key = &world->key,
					      .audit = count_audit,
					      .audit_context = world };
	world_be_operator(world);
	for (size_t i = 0; i < ORGANISATION_COUNT; i++)
		add_organisation(world, organisations[i].name, organisations[i].kind,
				 organisations[i].parent);
	for (int i = 0; i < 18; i++) { /* three in each organisation: 1 and 7 and 13 in the first */
		snprintf(login, sizeof(login), "user%d", i + 1);
		add_user(world, login, i % ORGANISATION_COUNT + 1);
	}
}

void world_close(struct world *world)
{
	arena_destroy(world->arena);
	db_close(world->db);
}

static const char *const paths[] = {
	"/", "/1/", "/1/2/", "/1/3/", "/1/2/4/", "/1/2/5/", "/1/3/6/"
};

static struct actor *new_actor(struct world *world)
{
	struct actor *actor = arena_new(world->arena, struct actor);

	actor->request_id = "request";
	world->store.actor = actor;
	return actor;
}

void world_be(struct world *world, unsigned roles, int64_t organisation, int64_t user)
{
	struct actor *actor = new_actor(world);

	actor->user_id = user;
	actor->organisation_id = organisation;
	actor->organisation_path = paths[organisation];
	actor->roles = roles;
}

void world_be_operator(struct world *world)
{
	struct actor *actor = new_actor(world);

	actor->organisation_path = "/";
	actor->is_operator = true;
}

int64_t world_add(struct world *world, const char *title, struct error *error)
{
	struct record *thing = record_new(&world->store, &thing_type);
	struct field_errors errors = { .count = 0 };

	record_set_text(&world->store, thing, THING_TITLE, str_of(title));
	return record_create(&world->store, thing, &errors, error) ? thing->id : 0;
}

bool world_step(struct world *world, int64_t id, const char *step, struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct record *thing;

	return record_find(&world->store, &thing_type, id, &thing, error) &&
	       record_make_step(&world->store, thing, str_of(step), STR("说明"), &errors, error);
}

bool world_sees(struct world *world, int64_t id)
{
	struct record *thing;
	struct error error;

	if (record_find(&world->store, &thing_type, id, &thing, &error))
		return true;
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	return false;
}
