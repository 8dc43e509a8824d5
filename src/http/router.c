#include "base/memory.h"
#include "http/http_internal.h"

/* A tree of path parts. A literal part goes before a {name}, with a way back. */
struct node {
	char *part;           /* NULL: a {name} */
	struct list children; /* struct node * */
	struct node *named;
	struct list routes; /* const struct route *: one a method */
};

struct router {
	struct node root;
};

static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };

static bool is_method(const char *method)
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(methods[i], method) == 0)
			return true;
	return false;
}

static void node_init(struct node *node)
{
	node->children = LIST_OF(struct node *);
	node->routes = LIST_OF(const struct route *);
}

static struct node *node_create(struct str part)
{
	struct node *node = memory_alloc_zeroed(1, sizeof(*node));

	node_init(node);
	if (part.size) {
		node->part = memory_alloc(part.size + 1);
		memcpy(node->part, part.data, part.size);
		node->part[part.size] = '\0';
	}
	return node;
}

static void node_release(struct node *node)
{
	for (size_t i = 0; i < node->children.count; i++) {
		struct node *child = LIST_AT(&node->children, struct node *, i);

		node_release(child);
		memory_free(child);
	}
	if (node->named) {
		node_release(node->named);
		memory_free(node->named);
	}
	list_release(&node->children);
	list_release(&node->routes);
	memory_free(node->part);
}

static struct node *find_child(const struct node *node, struct str part)
{
	for (size_t i = 0; i < node->children.count; i++) {
		struct node *child = LIST_AT(&node->children, struct node *, i);

		if (str_equal_cstr(part, child->part))
			return child;
	}
	return NULL;
}

static struct node *add_part(struct node *node, struct str part)
{
	struct node *child;

	if (str_starts_with(part, STR("{"))) {
		if (!node->named)
			node->named = node_create(STR_EMPTY);
		return node->named;
	}
	child = find_child(node, part);
	if (!child) {
		child = node_create(part);
		*(struct node **)list_add(&node->children) = child;
	}
	return child;
}

static const struct route *find_method(const struct node *node, const char *method)
{
	for (size_t i = 0; i < node->routes.count; i++) {
		const struct route *route = LIST_AT(&node->routes, const struct route *, i);

		if (strcmp(route->method, method) == 0)
			return route;
	}
	return NULL;
}

static bool add_route(struct router *router, const struct route *route, struct error *error)
{
	struct node *node = &router->root;
	struct str rest = str_slice(str_of(route->path), 1, SIZE_MAX), part;
	size_t names = 0;
	bool is_inline = route->flags & ROUTE_INLINE;

	if (!route->permission || !route->permission[0] || !route->handler ||
	    !is_method(route->method) || route->path[0] != '/' || route->body_max < 0 ||
	    (is_inline && strcmp(route->permission, PUBLIC) != 0))
		return error_set(error, ERROR_INVALID, "http.route", "%s %s", route->method,
				 route->path);
	while (rest.size && str_split(&rest, STR("/"), &part)) {
		names += str_starts_with(part, STR("{"));
		node = add_part(node, part);
	}
	if (names > ROUTE_PARTS_MAX || find_method(node, route->method))
		return error_set(error, ERROR_INVALID, "http.route", "%s %s", route->method,
				 route->path);
	*(const struct route **)list_add(&node->routes) = route;
	return true;
}

struct router *router_create(const struct route *routes, struct error *error)
{
	struct router *router = memory_alloc_zeroed(1, sizeof(*router));

	node_init(&router->root);
	for (; routes->method; routes++)
		if (!add_route(router, routes, error)) {
			router_destroy(router);
			return NULL;
		}
	return router;
}

void router_destroy(struct router *router)
{
	if (!router)
		return;
	node_release(&router->root);
	memory_free(router);
}

static void note_methods(const struct node *node, struct router_match *match)
{
	for (size_t i = 0; i < node->routes.count; i++) {
		const struct route *route = LIST_AT(&node->routes, const struct route *, i);
		size_t used = strlen(match->allow);

		if (strstr(match->allow, route->method))
			continue;
		match->path_exists = true;
		snprintf(match->allow + used, sizeof(match->allow) - used, "%s%s%s",
			 used ? ", " : "", route->method,
			 strcmp(route->method, "GET") == 0 ? ", HEAD" : "");
	}
}

/* Depth is bounded by TARGET_PARTS_MAX. */
static bool find(const struct node *node, const char *method, const struct target *target,
		 size_t at, struct router_match *match)
{
	struct node *child;

	if (at == target->part_count) {
		match->route = find_method(node, method);
		note_methods(node, match);
		return match->route != NULL;
	}
	child = find_child(node, str_of(target->parts[at]));
	if (child && find(child, method, target, at + 1, match))
		return true;
	if (!node->named || match->value_count == ROUTE_PARTS_MAX)
		return false;
	match->values[match->value_count++] = target->parts[at];
	if (find(node->named, method, target, at + 1, match))
		return true;
	match->value_count--;
	return false;
}

void router_find(const struct router *router, const char *method, const struct target *target,
		 struct router_match *match_out)
{
	*match_out = (struct router_match){ .route = NULL };
	find(&router->root, strcmp(method, "HEAD") == 0 ? "GET" : method, target, 0, match_out);
}
