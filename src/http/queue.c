#include "base/memory.h"
#include "http/http_internal.h"

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct exchange **items;
	size_t room, first, count;
	bool is_closed;
};

struct queue *queue_create(size_t room)
{
	struct queue *queue = memory_alloc_zeroed(1, sizeof(*queue));

	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->filled, NULL);
	queue->room = room;
	queue->items = memory_alloc_zeroed(room, sizeof(struct exchange *));
	return queue;
}

void queue_destroy(struct queue *queue)
{
	if (!queue)
		return;
	pthread_mutex_destroy(&queue->lock);
	pthread_cond_destroy(&queue->filled);
	memory_free(queue->items);
	memory_free(queue);
}

bool queue_put(struct queue *queue, struct exchange *exchange)
{
	bool is_taken;

	pthread_mutex_lock(&queue->lock);
	is_taken = !queue->is_closed && queue->count < queue->room;
	if (is_taken) {
		queue->items[(queue->first + queue->count++) % queue->room] = exchange;
		pthread_cond_signal(&queue->filled);
	}
	pthread_mutex_unlock(&queue->lock);
	return is_taken;
}

struct exchange *queue_take(struct queue *queue)
{
	struct exchange *exchange = NULL;

	pthread_mutex_lock(&queue->lock);
	while (queue->count == 0 && !queue->is_closed)
		pthread_cond_wait(&queue->filled, &queue->lock);
	if (queue->count > 0) {
		exchange = queue->items[queue->first];
		queue->first = (queue->first + 1) % queue->room;
		queue->count--;
	}
	pthread_mutex_unlock(&queue->lock);
	return exchange;
}

void queue_close(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->is_closed = true;
	pthread_cond_broadcast(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
}

size_t queue_count(struct queue *queue)
{
	size_t count;

	pthread_mutex_lock(&queue->lock);
	count = queue->count;
	pthread_mutex_unlock(&queue->lock);
	return count;
}
